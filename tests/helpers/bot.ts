import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

export interface BotProcess {
  /** Everything that was logged so far. */
  log(): string;
  /** Resolves when the log contains a text; fails with the log when the bot ends before. */
  logged(text: string): Promise<void>;
  /** Sends a signal and resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  exited: Promise<number | null>;
}

/** Starts the built bot as its own process, with these settings and no others. */
export function startBot(settings: Record<string, string>): BotProcess {
  const bot = spawn(process.execPath, [MAIN], {
    // Not the repository: a developer's own .env must not reach the tests.
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  bot.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = once(bot, 'exit').then(([code]) => code as number | null);
  return {
    log: () => log,
    logged: (text) => waitFor(bot, text, () => log, exited),
    stop: (signal = 'SIGTERM') => {
      bot.kill(signal);
      return exited;
    },
    exited,
  };
}

async function waitFor(
  bot: ChildProcess & { stderr: NodeJS.ReadableStream },
  text: string,
  log: () => string,
  exited: Promise<number | null>,
): Promise<void> {
  const ended = exited.then((code) => {
    throw new Error(`the bot ended (${code}) before it logged "${text}":\n${log()}`);
  });
  ended.catch(() => {});
  while (!log().includes(text)) await Promise.race([once(bot.stderr, 'data'), ended]);
}
