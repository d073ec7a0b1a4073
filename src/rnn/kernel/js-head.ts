import { drop, type Network } from './js-network.js';
import { NO_TARGET, type Dropout } from './kernel.js';
import { offsetsOf, type Layout } from './layout.js';

// The classifier's head. B batch, H hidden, C classes; pooled (B, 3, H): mean, maximum and last of the top layer.

/** What the head keeps between forward and backward. */
export interface Head {
  readonly pooled: Float64Array; // (B, 3, H), after dropout
  readonly highest: Int32Array; // (B, H), the step of the maximum
  readonly probabilities: Float64Array; // (B, C)
}

export function createHead({ shape }: Layout, batch: number): Head {
  const { hidden, classes = 0 } = shape;
  return {
    pooled: new Float64Array(batch * 3 * hidden),
    highest: new Int32Array(batch * hidden),
    probabilities: new Float64Array(batch * classes),
  };
}

/** Pools what the network's top layer said and leaves the classes' probabilities. Returns the summed loss in nats. */
export function forwardHead(
  head: Head,
  network: Network,
  layout: Layout,
  lengths: Int32Array,
  labels: Int32Array | undefined,
  dropout: Dropout,
): number {
  const { hidden: H, classes: C = 0, layers: L } = layout.shape;
  const { outputWeights, outputBias } = offsetsOf(layout);
  const { pooled, highest, probabilities } = head;
  const { hidden, batch: B } = network.layers[L - 1];
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < H; j++) {
      let total = 0;
      let where = 0;
      const at = (t: number) => hidden[((t + 1) * B + b) * H + j];
      for (let t = 0; t < lengths[b]; t++) {
        total += at(t);
        if (at(t) > at(where)) where = t;
      }
      pooled[b * 3 * H + j] = total / lengths[b];
      pooled[(b * 3 + 1) * H + j] = at(where);
      pooled[(b * 3 + 2) * H + j] = at(lengths[b] - 1);
      highest[b * H + j] = where;
    }
  }
  if (dropout.rate > 0) drop(pooled, dropout.rate, dropout, 2 * L);

  let nats = 0;
  for (let b = 0; b < B; b++) {
    const logits = Array.from({ length: C }, (_, c) => {
      let sum = network.weights[outputBias + c];
      for (let i = 0; i < 3 * H; i++)
        sum += pooled[b * 3 * H + i] * network.weights[outputWeights + i * C + c];
      return sum;
    });
    const top = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
    logits.forEach((logit, c) => (probabilities[b * C + c] = Math.exp(logit - top) / total));
    const label = labels?.[b] ?? NO_TARGET;
    if (label !== NO_TARGET) nats += top + Math.log(total) - logits[label];
  }
  return nats;
}

/** Leaves the gradients of the head's parameters and of what the top layer said; `scale` is one over the labels that count. */
export function backwardHead(
  head: Head,
  network: Network,
  layout: Layout,
  lengths: Int32Array,
  labels: Int32Array,
  dropout: Dropout,
  scale: number,
): void {
  const { hidden: H, classes: C = 0, layers: L } = layout.shape;
  const { outputWeights, outputBias } = offsetsOf(layout);
  const { pooled, highest, probabilities } = head;
  const { gradient, batch: B } = network.layers[L - 1];
  network.gradients.fill(0, outputWeights);
  gradient.fill(0);
  const dPooled = new Float64Array(pooled.length);
  for (let b = 0; b < B; b++) {
    if (labels[b] === NO_TARGET) continue;
    for (let c = 0; c < C; c++) {
      const d = scale * (probabilities[b * C + c] - (c === labels[b] ? 1 : 0));
      network.gradients[outputBias + c] += d;
      for (let i = 0; i < 3 * H; i++) {
        network.gradients[outputWeights + i * C + c] += pooled[b * 3 * H + i] * d;
        dPooled[b * 3 * H + i] += network.weights[outputWeights + i * C + c] * d;
      }
    }
  }
  if (dropout.rate > 0) drop(dPooled, dropout.rate, dropout, 2 * L);
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < H; j++) {
      const add = (t: number, value: number) => (gradient[(t * B + b) * H + j] += value);
      for (let t = 0; t < lengths[b]; t++) add(t, dPooled[b * 3 * H + j] / lengths[b]);
      add(highest[b * H + j], dPooled[(b * 3 + 1) * H + j]);
      add(lengths[b] - 1, dPooled[(b * 3 + 2) * H + j]);
    }
  }
}
