import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const cpp = resolve(import.meta.dirname, '../../src/rnn/kernel/cpp');
const kernel = ['base', 'avx2', 'avx512'].map((name) => join(cpp, `${name}.cc`));
const driver = join(import.meta.dirname, 'sanitizers.cc');
const folder = mkdtempSync(join(tmpdir(), 'charlatan-sanitizers-'));

/** Compiles with a sanitizer and runs: what it printed, or an error with what the sanitizer found. */
function run(sanitizer: string, sources: string[]): string {
  const program = join(folder, 'program');
  const flags = [
    '-std=c++20',
    '-O1',
    '-g1',
    `-fsanitize=${sanitizer}`,
    '-fno-sanitize-recover=all',
    '-pthread',
  ];
  execFileSync('g++', [...flags, '-I', cpp, '-o', program, ...sources], { stdio: 'pipe' });
  return execFileSync(program, { encoding: 'utf8', stdio: 'pipe' });
}

/** Whether there is a compiler, and a system on which the sanitizer's programs run. */
function works(sanitizer: string): boolean {
  const empty = join(folder, 'empty.cc');
  writeFileSync(empty, 'int main() {}');
  try {
    run(sanitizer, [empty]);
    return true;
  } catch {
    return false;
  }
}

describe(
  'the C++ kernel, with odd shapes, all cells, and one and three threads',
  { timeout: 300_000 },
  () => {
    afterAll(() => rmSync(folder, { recursive: true }));

    for (const [promise, sanitizer] of [
      ['reads and writes within its arrays and computes nothing undefined', 'address,undefined'],
      ['has no data races', 'thread'],
    ]) {
      test.skipIf(!works(sanitizer))(`${promise} (skips without g++ and -fsanitize=${sanitizer})`, () => {
        expect(run(sanitizer, [driver, ...kernel])).toMatch(/^(base|neon)\n/);
      });
    }
  },
);
