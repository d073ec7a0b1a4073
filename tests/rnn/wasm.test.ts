import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCompiledKernel } from '../../src/rnn/kernel/compiled.js';
import { wasmBuilds } from '../helpers/builds.js';

const kernel = resolve(import.meta.dirname, '../../src/rnn/kernel');
/** Other versions give other bytes. */
const PINNED = '19.1.7';
const found = spawnSync('clang++-19', ['-dumpversion'], { encoding: 'utf8' }).stdout?.trim();

describe('the WebAssembly kernel', () => {
  test.skipIf(found !== PINNED)(`is what its source gives (skips without clang++-19 ${PINNED})`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'charlatan-wasm-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    execFileSync('sh', [join(kernel, 'cpp/build-wasm.sh'), folder]);
    for (const name of ['plain.wasm', 'relaxed.wasm']) {
      const same = readFileSync(join(folder, name)).equals(readFileSync(join(kernel, 'wasm', name)));
      expect(same, `${name}: run npm run build:wasm and commit what it writes`).toBe(true);
    }
  });

  test('has both variants, the one with fused multiply-add first', () => {
    expect(wasmBuilds.map(({ engine }) => engine)).toEqual(['wasm relaxed', 'wasm plain']);
  });

  test.each(wasmBuilds)('$engine: a network too large for memory is a RangeError, as for arrays', (build) => {
    // 8 layers of 2 · 4096 · 4 · 4096 weights are 4.3 GB, all that 32 bits can address.
    const shape = { cell: 'lstm', vocabulary: 3, hidden: 4096, layers: 8 } as const;
    expect(() => createCompiledKernel(build, 1).createTrainer(shape, { batch: 1, steps: 1 })).toThrow(
      RangeError,
    );
  });
});
