import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createCompiledKernel, type Build } from '../src/rnn/kernel/compiled.js';
import { createJsKernel } from '../src/rnn/kernel/js.js';
import type { Kernel } from '../src/rnn/kernel/kernel.js';
import { loadNativeBuilds } from '../src/rnn/kernel/native.js';
import { loadWasmBuilds } from '../src/rnn/kernel/wasm.js';
import { ROOT } from '../src/rnn/kernel/root.js';

/** Threads to measure: one core, and the whole machine. */
export const threadCounts = [...new Set([1, availableParallelism()])];

/** Every engine that runs on this machine, the fastest first; builds that share no memory have one thread. */
export function kernels(builds: readonly Build[]): Kernel[] {
  return [
    ...builds.flatMap((build) =>
      (build.engine.startsWith('native') ? threadCounts : [1]).map((threads) =>
        createCompiledKernel(build, threads),
      ),
    ),
    createJsKernel(),
  ];
}

/** Every build of the C++ kernel that loads; says which do not. */
export function loadBuilds(say: (line: string) => void): Build[] {
  const loaders = [
    () => loadNativeBuilds(join(ROOT, 'build/Release/charlatan.node')),
    () => loadWasmBuilds(join(ROOT, 'src/rnn/kernel/wasm')),
  ];
  return loaders.flatMap((load) => {
    try {
      return load();
    } catch (error) {
      say(`left out: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      return [];
    }
  });
}
