import process from 'node:process';
import {
  type Choice,
  chooseKernel,
  describeChoice,
  type Engine,
  EngineError,
  engines,
} from '../rnn/kernel/choose.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { CliError } from './failure.js';

/** The kernel that ENGINE asks for, else the best that works here. */
export function chooseEngine(threads?: number): Choice {
  try {
    return chooseKernel(wantedEngine(), threads);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new CliError(
      `ENGINE=${error.engine} does not work here (${error.message}): leave ENGINE empty for the best engine that does`,
    );
  }
}

/** The same for a command that says nothing of engines, unless there is a reason to. */
export function openKernel(): Kernel {
  const choice = chooseEngine();
  if (choice.reason !== undefined) process.stderr.write(`${describeChoice(choice)}\n`);
  return choice.kernel;
}

function wantedEngine(): Engine | undefined {
  const wanted = process.env['ENGINE']?.trim() ?? '';
  const engine = engines.find((name) => name === wanted);
  if (wanted !== '' && engine === undefined) {
    throw new CliError(`ENGINE must be native, wasm or js, not ${wanted}: correct it or leave it empty`);
  }
  return engine;
}
