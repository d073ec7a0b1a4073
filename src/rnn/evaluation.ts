import type { Checkpoint } from './checkpoint.js';
import type { Evaluator, Kernel } from './kernel/kernel.js';
import { NO_TARGET } from './kernel/kernel.js';
import { BEGIN, type Symbols } from './symbols.js';

/** Symbols an evaluator reads per call; a matter of speed alone. */
export const EVALUATION_STEPS = 64;

export interface Evaluation {
  /** Minus log2 of the probability of the whole text, divided by its characters. */
  readonly bitsPerCharacter: number;
  /** Minus log2 of the probability of the whole text. */
  readonly bits: number;
  /** Code points of the text as given, before normalization. */
  readonly characters: number;
}

/**
 * How well a model predicts a text, from its first character on: the network starts from nothing, having read only
 * the symbol BEGIN. Characters that the vocabulary lacks are paid for byte by byte.
 * @throws RangeError when the text is empty, for then there is nothing to divide by
 */
export function evaluate(kernel: Kernel, checkpoint: Checkpoint, text: string): Evaluation {
  const characters = [...text].length;
  if (characters === 0) throw new RangeError('an empty text has no bits per character');
  const evaluator = kernel.createEvaluator(checkpoint.shape, { batch: 1, steps: EVALUATION_STEPS });
  evaluator.load(checkpoint.parameters);
  let nats = 0;
  for (const part of score(evaluator, checkpoint.vocabulary.encode(text))) nats += part;
  const bits = nats / Math.LN2;
  return { bitsPerCharacter: bits / characters, bits, characters };
}

/** Reads symbols from a fresh state as one stream; yields the nats of one sequence after the other. */
export function* score(evaluator: Evaluator, symbols: Symbols): Generator<number, void> {
  const { steps } = evaluator;
  const inputs = new Int32Array(steps);
  const targets = new Int32Array(steps);
  evaluator.reset(0);
  for (let start = 0; start < symbols.length; start += steps) {
    const length = Math.min(steps, symbols.length - start);
    for (let t = 0; t < length; t++) {
      inputs[t] = start + t === 0 ? BEGIN : symbols[start + t - 1];
      targets[t] = symbols[start + t];
    }
    inputs.fill(BEGIN, length);
    targets.fill(NO_TARGET, length);
    yield evaluator.evaluate(inputs, targets);
  }
}
