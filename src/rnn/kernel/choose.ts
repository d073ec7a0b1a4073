import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCompiledKernel } from './compiled.js';
import { createJsKernel } from './js.js';
import type { Kernel } from './kernel.js';
import { loadNativeBuilds } from './native.js';

export const engines = ['native', 'wasm', 'js'] as const;
export type Engine = (typeof engines)[number];

export interface Choice {
  readonly kernel: Kernel;
  /** Why it is this one, for people; undefined when it is the best there is. */
  readonly reason: string | undefined;
}

/** All cores but one, which stays free for the connection to Discord. */
export const defaultThreads = Math.max(1, availableParallelism() - 1);

/**
 * The fastest kernel that works on this machine, or the one that is wanted.
 * @throws Error when the wanted one does not work here; the message says why
 */
export function chooseKernel(wanted: Engine | undefined, threads = defaultThreads): Choice {
  if (wanted === 'js') return { kernel: createJsKernel(), reason: 'ENGINE=js asks for it' };
  try {
    const [best] = loadNativeBuilds(ADDON);
    return { kernel: createCompiledKernel(best, threads), reason: undefined };
  } catch (error) {
    const reason = `the native kernel does not load (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`;
    if (wanted === 'native') throw new Error(`${reason}: run npm install with a C++ compiler on the machine`);
    return { kernel: createJsKernel(), reason };
  }
}

const ROOT = packageRoot(dirname(fileURLToPath(import.meta.url)));
const ADDON = join(ROOT, 'build/Release/charlatan.node');

/** What is not compiled from TypeScript is found from the package's root, wherever this code runs. */
function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}
