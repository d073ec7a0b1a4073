import { roll, type Dice } from './random.js';
import { BEGIN, FIRST_CHARACTER, HALVES } from './symbols.js';

/** Ids that may be drawn: not BEGIN, nor what `never` names, nor the high half of an ASCII byte. */
export function allowedSymbols(
  codePoints: readonly number[],
  never: (codePoint: number) => boolean,
): Int32Array {
  const ids: number[] = [];
  for (let half = HALVES / 2; half < BEGIN; half++) ids.push(half);
  codePoints.forEach((codePoint, index) => {
    if (!never(codePoint)) ids.push(FIRST_CHARACTER + index);
  });
  return Int32Array.from(ids);
}

/**
 * One of the allowed symbols, with probability proportional to exp(logit / temperature).
 * @param weights room to work in, at least as long as `allowed`
 */
export function draw(
  logits: Float32Array,
  allowed: Int32Array,
  temperature: number,
  dice: Dice,
  weights: Float64Array,
): number {
  const count = allowed.length;
  let highest = -Infinity;
  for (let i = 0; i < count; i++) highest = Math.max(highest, logits[allowed[i]]);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = Math.exp((logits[allowed[i]] - highest) / temperature);
    weights[i] = weight;
    total += weight;
  }
  let left = roll(dice) * total;
  for (let i = 0; i < count; i++) {
    left -= weights[i];
    if (left < 0) return allowed[i];
  }
  // Rounding may leave a crumb: it belongs to the last.
  return allowed[count - 1];
}
