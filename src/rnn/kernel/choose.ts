import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createCompiledKernel } from './compiled.js';
import { createJsKernel } from './js.js';
import type { Kernel } from './kernel.js';
import { loadNativeBuilds } from './native.js';
import { ROOT } from './root.js';
import { loadWasmBuilds } from './wasm.js';

/** The fastest first. */
export const engines = ['native', 'wasm', 'js'] as const;
export type Engine = (typeof engines)[number];

export interface Choice {
  readonly kernel: Kernel;
  /** Why it is this one, for people; undefined when it is the best there is. */
  readonly reason: string | undefined;
}

/** The engine that is wanted does not work here; the message says why. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly engine: Engine,
    reason: string,
  ) {
    super(reason);
  }
}

/** All cores but one, which stays free for the connection to Discord. */
export const defaultThreads = Math.max(1, availableParallelism() - 1);

/**
 * The fastest kernel that works on this machine, or the one that is wanted.
 * @throws EngineError when the wanted one does not work here
 */
export function chooseKernel(wanted: Engine | undefined, threads = defaultThreads): Choice {
  if (wanted !== undefined) {
    try {
      return { kernel: open(wanted, threads), reason: `ENGINE=${wanted} asks for it` };
    } catch (error) {
      throw new EngineError(wanted, reasonOf(error));
    }
  }
  const failures: string[] = [];
  for (const engine of ['native', 'wasm'] as const) {
    try {
      return { kernel: open(engine, threads), reason: failures[0] };
    } catch (error) {
      failures.push(`the ${engine} kernel does not load (${reasonOf(error)})`);
    }
  }
  return { kernel: open('js', threads), reason: failures.join(' and ') };
}

/** A choice in one line, for a log. */
export function describeChoice({ kernel, reason }: Choice): string {
  return `engine ${kernel.engine}${reason === undefined ? '' : `, because ${reason}`}`;
}

function open(engine: Engine, threads: number): Kernel {
  switch (engine) {
    case 'native':
      if (!existsSync(ADDON)) throw new Error('it is not built, and npm run build:native shows why');
      return createCompiledKernel(loadNativeBuilds(ADDON)[0], threads);
    case 'wasm':
      return createCompiledKernel(loadWasmBuilds(MODULES)[0], 1);
    case 'js':
      return createJsKernel();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}

const ADDON = join(ROOT, 'build/Release/charlatan.node');
const MODULES = join(ROOT, 'src/rnn/kernel/wasm');
