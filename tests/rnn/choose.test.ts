import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as choosing from '../../src/rnn/kernel/choose.js';

const root = resolve(import.meta.dirname, '../..');
const { chooseKernel, describeChoice } = choosing;

describe('the choice of a kernel', () => {
  test('is the one that is wanted, and says so', () => {
    expect(describeChoice(chooseKernel('js'))).toBe('engine js, because ENGINE=js asks for it');
    expect(describeChoice(chooseKernel('wasm'))).toMatch(
      /^engine wasm \w+, because ENGINE=wasm asks for it$/,
    );
  });

  test('counts the threads that the kernel has, not those it was offered', () => {
    expect(chooseKernel('js', 3).kernel.threads).toBe(1);
    expect(chooseKernel('wasm', 3).kernel.threads).toBe(1);
  });

  test.skipIf(!existsSync(join(root, 'build/Release/charlatan.node')))('needs no reason for the best', () => {
    const { kernel, reason } = chooseKernel(undefined, 3);
    expect(kernel).toMatchObject({ engine: expect.stringMatching(/^native \w+$/) as string, threads: 3 });
    expect(reason).toBeUndefined();
  });
});

type Choosing = Pick<typeof choosing, 'chooseKernel' | 'EngineError'>;

describe('an installation', () => {
  /** The choice in a package that has the source in TypeScript, and of the compiled kernels only what is named. */
  async function installed(...compiled: string[]): Promise<Choosing> {
    const folder = mkdtempSync(join(tmpdir(), 'charlatan-package-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    cpSync(join(root, 'src/rnn'), join(folder, 'src/rnn'), {
      recursive: true,
      filter: (path) => !path.endsWith('.wasm'),
    });
    for (const path of compiled) cpSync(join(root, path), join(folder, path), { recursive: true });
    return import(join(folder, 'src/rnn/kernel/choose.ts')) as Promise<Choosing>;
  }

  test('without a compiler runs on WebAssembly, and says why', async () => {
    const { chooseKernel } = await installed('src/rnn/kernel/wasm');
    expect(describeChoice(chooseKernel(undefined))).toMatch(
      /^engine wasm \w+, because the native kernel does not load \(it is not built, /,
    );
  });

  test('refuses an engine that is wanted and missing', async () => {
    const { chooseKernel, EngineError } = await installed();
    expect(() => chooseKernel('native')).toThrow(EngineError);
    expect(() => chooseKernel('wasm')).toThrow(EngineError);
  });

  test('with neither computes in JavaScript', async () => {
    const { chooseKernel } = await installed();
    const { kernel, reason } = chooseKernel(undefined);
    expect(kernel.engine).toBe('js');
    expect(reason).toMatch(/the native kernel does not load .* and the wasm kernel does not load /);
  });
});
