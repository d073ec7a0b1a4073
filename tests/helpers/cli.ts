import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';

// The built CLI in a process of its own, as people run it. `npm test` builds first.
export const cli = resolve(process.env.CHARLATAN_CLI ?? 'dist/src/cli.js');

export const isCliBuilt = existsSync(cli);

export interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the CLI on an input; `interruptAt` sends SIGINT when stderr says so. */
export function runCli(
  args: string[],
  interruptAt?: RegExp,
  env: Record<string, string> = {},
  input = '',
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [cli, ...args], {
      // Not the repository: a developer's own .env must not reach the tests.
      cwd: tmpdir(),
      env: { ...process.env, ...env },
    });
    // A command that fails early does not wait for its input.
    child.stdin.on('error', () => {}).end(input);
    const outcome: Outcome = { code: null, out: '', err: '' };
    let interrupted = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (outcome.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      outcome.err += text;
      if (interrupted || !interruptAt?.test(outcome.err)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    child.on('error', fail).on('close', (code) => done({ ...outcome, code }));
  });
}
