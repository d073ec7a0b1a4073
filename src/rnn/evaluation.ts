import type { Checkpoint } from './checkpoint.js';
import type { Evaluator, Kernel } from './kernel/kernel.js';
import { NO_TARGET } from './kernel/kernel.js';
import { BEGIN, type Symbols } from './symbols.js';

/** Symbols an evaluator reads per call; a matter of speed alone. */
const EVALUATION_STEPS = 64;

/** Parts of a text read at once where speed counts more than the few symbols that each part's start costs. */
export const SCORING_SIZE = { batch: 16, steps: EVALUATION_STEPS };

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
  const bits = bitsOf(kernel, checkpoint, checkpoint.vocabulary.encode(text));
  return { bitsPerCharacter: bits / characters, bits, characters };
}

/** Minus log2 of the probability of a text that was encoded with the model's vocabulary. */
export function bitsOf(kernel: Kernel, { shape, parameters }: Checkpoint, symbols: Symbols): number {
  const evaluator = kernel.createEvaluator(shape, { batch: 1, steps: EVALUATION_STEPS });
  evaluator.load(parameters);
  let nats = 0;
  for (const part of score(evaluator, symbols)) nats += part;
  return nats / Math.LN2;
}

/** Symbols that a row reads before those it is asked about, so that it knows where it is. */
const LEAD = 128;

/**
 * Predicts a text, cut into as many equal parts as the evaluator has rows, all read at once; yields the nats of one
 * step of all of them after the other. One row reads the text exactly as `evaluate` counts it. With several, all but
 * the first know only the LEAD symbols before their part.
 */
export function* score(evaluator: Evaluator, symbols: Symbols): Generator<number, void> {
  const { batch, steps } = evaluator;
  const inputs = new Int32Array(batch * steps);
  const targets = new Int32Array(batch * steps);
  const part = Math.ceil(symbols.length / batch);
  const starts = Array.from({ length: batch }, (_, row) => Math.max(0, row * part - LEAD));
  for (let row = 0; row < batch; row++) evaluator.reset(row);
  for (let read = 0; read < part + (batch > 1 ? LEAD : 0); read += steps) {
    for (let row = 0; row < batch; row++) {
      const end = Math.min(symbols.length, (row + 1) * part);
      for (let t = 0; t < steps; t++) {
        const position = starts[row] + read + t;
        const isAsked = position >= row * part && position < end;
        inputs[row * steps + t] = position > starts[row] && position < end ? symbols[position - 1] : BEGIN;
        targets[row * steps + t] = isAsked ? symbols[position] : NO_TARGET;
      }
    }
    yield evaluator.evaluate(inputs, targets);
  }
}
