import type { Hyperparameters, SizedFor } from './hyperparameters.js';
import type { Shape } from './kernel/layout.js';
import type { Trainer } from './kernel/kernel.js';
import type { Setback } from './training-options.js';
import { CheckpointError, decodeTensors, encodeTensors } from './safetensors.js';

/** The numbers a run carries from step to step: with the tensors beside them, all that decides how it goes on. */
export interface Run {
  readonly shape: Shape;
  readonly hyperparameters: Hyperparameters;
  readonly seed: number;
  /** What the network's size was chosen for. */
  readonly sizedFor: SizedFor;
  /** Checksum of the text, so that a run is not resumed on another one. */
  readonly text: string;
  /** Updates done. */
  step: number;
  /** Updates since Adam's moments were last emptied. */
  adamStep: number;
  /** Symbols learned from. */
  symbols: number;
  elapsedMs: number;
  positions: number[];
  /** Running mean of the training loss, nats per symbol. Absent while no step had a finite loss. */
  trainNats?: number;
  /** Held-out nats per character: the last score and the best. Absent before the first. */
  lastScore?: number;
  bestScore?: number;
  /** Symbols of the held-out text that a score reads; 0 until the speed is known. */
  scored: number;
  /** The next score is due when this share of the budget, or this many symbols, are used up. */
  nextScoreFraction: number;
  nextScoreSymbols: number;
  /** Scores in a row that were no better than the best. */
  disappointments: number;
  /** Times the run went back to its best parameters, to go on with a smaller step. */
  setbacks: number;
  setback?: Setback;
}

const FORMAT = 'charlatan-training-2';

type Tensors = Pick<Trainer, 'parameters' | 'mean' | 'variance' | 'state'> & { best: Float32Array };

/** The whole run as safetensors bytes; a run restored from them goes on exactly as this one. */
export function encodeRun(
  run: Run,
  { parameters, mean, variance, state, best }: Tensors,
): Uint8Array<ArrayBuffer> {
  return encodeTensors({
    metadata: { format: FORMAT, run: JSON.stringify(run) },
    tensors: Object.entries({ parameters, mean, variance, state, best }).map(([name, values]) => ({
      name,
      shape: [values.length],
      values,
    })),
  });
}

/** The numbers of a saved run, and a function that loads its tensors into buffers of the same sizes. */
export function decodeRun(bytes: Uint8Array): { run: Run; load: (into: Tensors) => void } {
  const { metadata, tensors } = decodeTensors(bytes);
  if (metadata.format !== FORMAT) throw new CheckpointError('this file is not an interrupted training');
  // The checksum has passed: what follows was written by encodeRun.
  const run = JSON.parse(metadata.run) as Run;
  const load = ({ parameters, mean, variance, state, best }: Tensors) => {
    for (const [name, values] of Object.entries({ parameters, mean, variance, state, best })) {
      const saved = tensors.find((tensor) => tensor.name === name)?.values;
      if (saved?.length !== values.length) {
        throw new CheckpointError(`the interrupted training does not fit this text: ${name} differs in size`);
      }
      values.set(saved);
    }
  };
  return { run, load };
}
