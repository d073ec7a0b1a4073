import { NO_TARGET } from './kernel.js';

/**
 * Softmax and cross-entropy, summed over the rows that have a target.
 * @param logits (N, V), N = T·B rows with time outermost
 * @param targets (B, T), or NO_TARGET
 * @returns nats
 */
export function forwardLoss(
  logits: Float64Array,
  targets: Int32Array,
  batch: number,
  steps: number,
  vocabulary: number,
): number {
  let nats = 0;
  for (let t = 0; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      const target = targets[b * steps + t];
      if (target === NO_TARGET) continue;
      const row = (t * batch + b) * vocabulary;
      let highest = -Infinity;
      for (let v = 0; v < vocabulary; v++) highest = Math.max(highest, logits[row + v]);
      let sum = 0;
      for (let v = 0; v < vocabulary; v++) sum += Math.exp(logits[row + v] - highest);
      nats += highest + Math.log(sum) - logits[row + target];
    }
  }
  return nats;
}

/** Turns the logits into their gradients, in place: `scale` times (probability - 1 at the target). */
export function backwardLoss(
  logits: Float64Array,
  targets: Int32Array,
  batch: number,
  steps: number,
  vocabulary: number,
  scale: number,
): void {
  for (let t = 0; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      const target = targets[b * steps + t];
      const row = (t * batch + b) * vocabulary;
      if (target === NO_TARGET) {
        logits.fill(0, row, row + vocabulary);
        continue;
      }
      let highest = -Infinity;
      for (let v = 0; v < vocabulary; v++) highest = Math.max(highest, logits[row + v]);
      let sum = 0;
      for (let v = 0; v < vocabulary; v++) sum += logits[row + v] = Math.exp(logits[row + v] - highest);
      for (let v = 0; v < vocabulary; v++) logits[row + v] *= scale / sum;
      logits[row + target] -= scale;
    }
  }
}
