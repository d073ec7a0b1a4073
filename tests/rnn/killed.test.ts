import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';

const script = resolve(import.meta.dirname, '../helpers/kill-me.mjs');

/** Runs the training in a process of its own, which dies after so many lines, and tells what it had printed. */
async function run(stateFile: string, killAfter?: number): Promise<string[]> {
  const args = [script, stateFile, ...(killAfter === undefined ? [] : [String(killAfter)])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  return lines;
}

test('a training killed twice goes on from its last state with the same loss curve as one left in peace', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'charlatan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const whole = await run(join(folder, 'whole'));
  expect(whole.at(-1)).toBe('"done"');
  expect(whole.length).toBeGreaterThan(80);

  const state = join(folder, 'killed');
  const parts = [await run(state, 30), await run(state, 45), await run(state)];
  expect(parts[0].at(-1)).not.toBe('"done"');
  expect(parts[1].at(-1)).not.toBe('"done"');
  const [first] = parts[1];
  expect(whole.indexOf(first)).toBeGreaterThan(20); // it did not start over
  for (const part of parts) expect(whole.join('\n')).toContain(part.join('\n'));
  expect(parts[2].at(-1)).toBe('"done"');
});
