import { sizedFor } from './checkpoint.js';
import { crc32 } from './checksum.js';
import { chooseHyperparameters, type Hyperparameters, type SizedFor } from './hyperparameters.js';
import type { Trainer } from './kernel/kernel.js';
import type { Shape } from './kernel/layout.js';
import { CheckpointError, decodeTensors, encodeTensors } from './safetensors.js';
import { measureSpeed } from './speed.js';
import type { Symbols } from './symbols.js';
import type { Setback, TrainingOptions } from './training-options.js';

/** The numbers a run carries from step to step: with the tensors beside them, all that decides how it goes on. */
export interface Run {
  readonly shape: Shape;
  readonly hyperparameters: Hyperparameters;
  readonly seed: number;
  /** What the network's size was chosen for. */
  readonly sizedFor: SizedFor;
  /** Checksum of the text, and of the model it starts from, so that a run is not resumed on another one. */
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
  /** How much of the most dropout there may be is in force, 0 to 1. */
  dropoutShare: number;
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

/** A run that has not begun: its network is sized, its text noted. */
export function startRun(options: TrainingOptions): Run {
  const { kernel, train: text, vocabulary, budgetMs, seed, from } = options;
  const given = { ...options.hyperparameters, ...(from && pickSize(from.shape)) };
  const budget = {
    milliseconds: budgetMs,
    flopsPerMs: measureSpeed(kernel, options.now),
    threads: kernel.threads,
  };
  const hyperparameters = chooseHyperparameters(text.length, budget, given);
  const { cell, hidden, layers } = hyperparameters;
  const shape: Shape = { cell, vocabulary: vocabulary.size, hidden, layers };
  return {
    shape,
    hyperparameters,
    seed,
    sizedFor: (from && sizedFor(from)) ?? {
      characters: options.trainCharacters ?? text.length,
      milliseconds: budgetMs,
    },
    text: fingerprint(options),
    step: 0,
    adamStep: 0,
    symbols: 0,
    elapsedMs: 0,
    positions: [],
    scored: 0,
    nextScoreFraction: 0,
    nextScoreSymbols: 0,
    dropoutShare: 0,
    disappointments: 0,
    setbacks: 0,
  };
}

function pickSize({ cell, hidden, layers }: Shape): Pick<Shape, 'cell' | 'hidden' | 'layers'> {
  return { cell, hidden, layers };
}

/** Of the texts and of the model it starts from, so that a run is not resumed on others. */
export function fingerprint({ train, valid, from }: TrainingOptions): string {
  const bytes = (values: Symbols | Float32Array) =>
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const texts = crc32(bytes(valid), crc32(bytes(train)));
  return (from === undefined ? texts : crc32(bytes(from.parameters), texts)).toString(16);
}
