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
 * One of the allowed symbols, with probability proportional to exp(logit / temperature), drawn from the nucleus alone:
 * the fewest symbols that together have the share `topP` (Holtzman et al. 2020, The Curious Case of Neural Text
 * Degeneration, section 3.1).
 * @param topP above 0; 1 is all of them
 * @param room to work in, at least twice as long as `allowed`
 */
export function draw(
  logits: Float32Array,
  allowed: Int32Array,
  { temperature, topP }: { temperature: number; topP: number },
  dice: Dice,
  room: Float64Array,
): number {
  const count = allowed.length;
  const weights = room;
  let highest = -Infinity;
  for (let i = 0; i < count; i++) highest = Math.max(highest, logits[allowed[i]]);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = Math.exp((logits[allowed[i]] - highest) / temperature);
    weights[i] = weight;
    total += weight;
  }
  if (topP < 1) total = cutToNucleus(weights, count, total, topP);
  let left = roll(dice) * total;
  let last = 0;
  for (let i = 0; i < count; i++) {
    if (weights[i] === 0) continue;
    left -= weights[i];
    if (left < 0) return allowed[i];
    last = i;
  }
  // Rounding may leave a crumb: it belongs to the last.
  return allowed[last];
}

/**
 * Sets the weights outside of the nucleus to 0; of equals, the first stay. What follows the weights is room to sort in.
 * @returns the sum of those that stay
 */
function cutToNucleus(weights: Float64Array, count: number, total: number, topP: number): number {
  const wanted = topP * total;
  // All that are lighter than this weigh less than what is to go, even together: so few are left to sort.
  const light = (total - wanted) / count;
  let heavy = 0;
  for (let i = 0; i < count; i++) if (weights[i] >= light) weights[count + heavy++] = weights[i];
  const sorted = weights.subarray(count, count + heavy).sort();
  let kept = 0;
  let least = 0;
  let equals = 0;
  for (let i = heavy - 1; i >= 0 && kept < wanted; i--) {
    kept += sorted[i];
    equals = sorted[i] === least ? equals + 1 : 1;
    least = sorted[i];
  }
  for (let i = 0; i < count; i++) {
    if (weights[i] < least || (weights[i] === least && equals-- <= 0)) weights[i] = 0;
  }
  return kept;
}
