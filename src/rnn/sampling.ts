import type { Checkpoint } from './checkpoint.js';
import { isCompletingJamo } from './hangul.js';
import type { Kernel } from './kernel/kernel.js';
import { roll, type Dice } from './random.js';

import { FIRST_CHARACTER, BEGIN, HALVES } from './symbols.js';

export interface SamplingOptions {
  readonly kernel: Kernel;
  readonly checkpoint: Checkpoint;
  /** Text to continue: any string. Empty means from nothing. */
  readonly prompt: string;
  /** Below 1 the likely becomes likelier, above 1 the unlikely does. More than 0; 0.1 to 2 are sensible. Default 1. */
  readonly temperature?: number;
  /** The same seed, model and prompt give the same text. */
  readonly seed: number;
  /**
   * Symbols that must not come, by their code point. Hangul is asked about by jamo, and a character that the vocabulary
   * lacks is spelled in bytes, so not known in advance; ASCII is never spelled.
   */
  readonly never?: (codePoint: number) => boolean;
}

/**
 * Continues a text for ever, a piece at a time; the caller counts and stops. A piece is one or a few whole code
 * points; a mark comes as one of its own (`isMark` tells).
 * @throws RangeError when the temperature is not a positive number
 */
export function* sample(options: SamplingOptions): Generator<string, never> {
  const { kernel, checkpoint, prompt, temperature = 1, seed, never = () => false } = options;
  if (!(temperature > 0 && temperature < Infinity))
    throw new RangeError('temperature must be a positive number');
  const { vocabulary, shape, parameters } = checkpoint;
  const stepper = kernel.createStepper(shape, parameters, 1);
  const allowed = allowedSymbols(vocabulary.codePoints, never);
  const dice: Dice = { state: seed >>> 0 };
  const decoder = vocabulary.decoder();

  const id = new Int32Array(1);
  const read = (symbol: number) => {
    id[0] = symbol;
    return stepper.step(id);
  };
  let logits = read(BEGIN);
  for (const symbol of vocabulary.encode(prompt)) logits = read(symbol);

  // The prompt is already written, so its last syllable cannot take another jamo.
  const afterPrompt = allowedSymbols(vocabulary.codePoints, (c) => never(c) || isCompletingJamo(c));
  for (let first = true; ; first = false) {
    const symbol = draw(logits, first ? afterPrompt : allowed, temperature, dice);
    const piece = decoder.push(symbol);
    if (piece !== '') yield piece;
    logits = read(symbol);
  }
}

/** Ids that may be drawn: not BEGIN, nor what `never` names, nor the high half of an ASCII byte. */
function allowedSymbols(codePoints: readonly number[], never: (codePoint: number) => boolean): Int32Array {
  const ids: number[] = [];
  for (let half = HALVES / 2; half < BEGIN; half++) ids.push(half);
  codePoints.forEach((codePoint, index) => {
    if (!never(codePoint)) ids.push(FIRST_CHARACTER + index);
  });
  return Int32Array.from(ids);
}

/** One of the allowed symbols, with probability proportional to exp(logit / temperature). */
function draw(logits: Float32Array, allowed: Int32Array, temperature: number, dice: Dice): number {
  let highest = -Infinity;
  for (const symbol of allowed) highest = Math.max(highest, logits[symbol]);
  let total = 0;
  for (const symbol of allowed) total += Math.exp((logits[symbol] - highest) / temperature);
  let left = roll(dice) * total;
  for (const symbol of allowed) {
    left -= Math.exp((logits[symbol] - highest) / temperature);
    if (left < 0) return symbol;
  }
  // Rounding may leave a crumb: it belongs to the last.
  return allowed[allowed.length - 1];
}
