import { mix } from '../random.js';
import { backwardOf, forwardOf, type CellGradients, type CellStep } from './js-cells.js';
import { gemm } from './js-gemm.js';
import type { BatchSize, Dropout } from './kernel.js';
import { gatesOf, layoutOf, offsetsOf, type Shape } from './layout.js';

// B batch, T steps, N = T·B rows with time outermost, H hidden, G gates, V vocabulary.

/** One layer's memory. Step t reads hidden[t] and writes hidden[t + 1]; hidden[0] is the carried state. */
export interface Layer extends CellStep {
  /** (N, H): what the next layer reads; the hidden states themselves where there is no dropout. */
  readonly output: Float64Array;
  /** (N, H): gradient of what the next layer read. */
  readonly gradient: Float64Array;
}

/** A network's weights, activations and gradients in double precision, made once for one size of batch. */
export interface Network {
  readonly weights: Float64Array; // (layout.size)
  readonly gradients: Float64Array; // (layout.size)
  readonly logits: Float64Array; // (N, V)
  readonly layers: readonly Layer[];
  /** ids (B, T) -> logits, from the state in hidden[0] and cellState[0]. Dropout thins `weights` in place. */
  forward(ids: Int32Array, dropout: Dropout): void;
  /** The same after `logits` became their gradients (a classifier: after the top layer's `gradient` is there): overwrites `gradients`. */
  backward(ids: Int32Array, dropout: Dropout): void;
}

export const noDropout: Dropout = { rate: 0, weightRate: 0, seed: 0, step: 0 };

const nothing = new Float64Array(0);

export function createNetwork(shape: Shape, size: BatchSize, learns: boolean): Network {
  const { cell, vocabulary: V, hidden: H } = shape;
  const { batch: B, steps: T } = size;
  const N = T * B;
  const width = gatesOf[cell] * H;
  const layout = layoutOf(shape);
  const offsets = offsetsOf(layout);
  const weights = new Float64Array(layout.size);
  const gradients = new Float64Array(learns ? layout.size : 0);
  // A classifier has its head (js-head.ts) in the place of the output layer.
  const isClassifier = shape.classes !== undefined;
  const logits = new Float64Array(isClassifier ? 0 : N * V);
  const forwardCell = forwardOf[cell];
  const backwardCell = backwardOf[cell];

  const layers = offsets.layers.map(({ candidateBias }): Layer => {
    const gates = new Float64Array(N * width);
    return {
      batch: B,
      hiddenSize: H,
      gates,
      recurrent: cell === 'gru' ? new Float64Array(N * width) : gates,
      hidden: new Float64Array((T + 1) * B * H),
      cellState: cell === 'lstm' ? new Float64Array((T + 1) * B * H) : nothing,
      candidateBias: cell === 'gru' ? weights.subarray(candidateBias, candidateBias + H) : nothing,
      output: new Float64Array(learns ? N * H : 0),
      gradient: new Float64Array(learns ? N * H : 0),
    };
  });
  const carried = offsets.layers.map(({ candidateBias }): CellGradients => ({
    hidden: new Float64Array(learns ? B * H : 0),
    cellState: new Float64Array(learns ? B * H : 0),
    candidateBias: learns && cell === 'gru' ? gradients.subarray(candidateBias, candidateBias + H) : nothing,
  }));

  /** Whether what layer l hands upward is thinned; a classifier thins what its head has pooled instead. */
  const isDropped = (l: number, { rate }: Dropout) => rate > 0 && !(isClassifier && l === layers.length - 1);

  /** What layer l hands upward: a buffer, and where the first step begins in it. */
  const outputOf = (l: number, dropout: Dropout): [Float64Array, number] =>
    isDropped(l, dropout) ? [layers[l].output, 0] : [layers[l].hidden, B * H];

  /** Thins every layer's recurrent weights, or their gradients. */
  const thin = (values: Float64Array, dropout: Dropout) => {
    if (dropout.weightRate === 0) return;
    offsets.layers.forEach(({ hiddenWeights }, l) => {
      const window = values.subarray(hiddenWeights, hiddenWeights + H * width);
      drop(window, dropout.weightRate, dropout, layers.length + l);
    });
  };

  const forward: Network['forward'] = (ids, dropout) => {
    thin(weights, dropout);
    layers.forEach((layer, l) => {
      const { inputWeights, hiddenWeights, bias } = offsets.layers[l];
      const { gates, recurrent, hidden, output } = layer;
      fillRows(gates, weights, bias, N, width);
      if (l === 0) {
        for (let t = 0; t < T; t++) {
          for (let b = 0; b < B; b++) {
            addRow(gates, (t * B + b) * width, weights, inputWeights + ids[b * T + t] * width, width);
          }
        }
      } else {
        const [input, start] = outputOf(l - 1, dropout);
        gemm(N, width, H, input, start, H, 1, weights, inputWeights, width, 1, gates, 0, width);
      }
      if (recurrent !== gates) recurrent.fill(0);
      for (let t = 0; t < T; t++) {
        gemm(
          B,
          width,
          H,
          hidden,
          t * B * H,
          H,
          1,
          weights,
          hiddenWeights,
          width,
          1,
          recurrent,
          t * B * width,
          width,
        );
        forwardCell(layer, t);
      }
      if (isDropped(l, dropout)) {
        output.set(hidden.subarray(B * H));
        drop(output, dropout.rate, dropout, l);
      }
    });
    if (isClassifier) return;
    const [input, start] = outputOf(layers.length - 1, dropout);
    fillRows(logits, weights, offsets.outputBias, N, V);
    gemm(N, V, H, input, start, H, 1, weights, offsets.outputWeights, V, 1, logits, 0, V);
  };

  const backwardLogits = (dropout: Dropout) => {
    const top = layers[layers.length - 1];
    const [input, start] = outputOf(layers.length - 1, dropout);
    addColumns(gradients, offsets.outputBias, logits, N, V);
    gemm(H, V, N, input, start, 1, H, logits, 0, V, 1, gradients, offsets.outputWeights, V);
    top.gradient.fill(0);
    gemm(N, H, V, logits, 0, V, 1, weights, offsets.outputWeights, 1, V, top.gradient, 0, H);
  };

  const backward: Network['backward'] = (ids, dropout) => {
    gradients.fill(0, 0, isClassifier ? offsets.outputWeights : gradients.length);
    if (!isClassifier) backwardLogits(dropout);
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l];
      const { inputWeights, hiddenWeights, bias } = offsets.layers[l];
      const { gates, recurrent, hidden, gradient } = layer;
      if (isDropped(l, dropout)) drop(gradient, dropout.rate, dropout, l);
      const before = carried[l];
      before.hidden.fill(0);
      before.cellState.fill(0);
      for (let t = T - 1; t >= 0; t--) {
        addRow(before.hidden, 0, gradient, t * B * H, B * H);
        backwardCell(layer, t, before);
        gemm(
          B,
          H,
          width,
          recurrent,
          t * B * width,
          width,
          1,
          weights,
          hiddenWeights,
          1,
          width,
          before.hidden,
          0,
          H,
        );
      }
      addColumns(gradients, bias, gates, N, width);
      gemm(H, width, N, hidden, 0, 1, H, recurrent, 0, width, 1, gradients, hiddenWeights, width);
      if (l === 0) {
        for (let t = 0; t < T; t++) {
          for (let b = 0; b < B; b++) {
            addRow(gradients, inputWeights + ids[b * T + t] * width, gates, (t * B + b) * width, width);
          }
        }
      } else {
        const below = layers[l - 1];
        const [input, start] = outputOf(l - 1, dropout);
        gemm(H, width, N, input, start, 1, H, gates, 0, width, 1, gradients, inputWeights, width);
        below.gradient.fill(0);
        gemm(N, H, width, gates, 0, width, 1, weights, inputWeights, 1, width, below.gradient, 0, H);
      }
    }
    thin(gradients, dropout);
  };

  return { weights, gradients, logits, layers, forward, backward };
}

/** Zeroes a share of the values and scales the rest up, so that their mean stays. Its own backward. */
export function drop(values: Float64Array, rate: number, { seed, step }: Dropout, name: number): void {
  const key = mix(mix(mix(seed) ^ step) ^ name);
  const threshold = rate * 2 ** 32;
  const scale = 1 / (1 - rate);
  for (let index = 0; index < values.length; index++) {
    values[index] = mix(key ^ index) < threshold ? 0 : values[index] * scale;
  }
}

/** Every row becomes the bias. */
function fillRows(rows: Float64Array, bias: Float64Array, offset: number, N: number, width: number): void {
  for (let n = 0; n < N; n++) for (let j = 0; j < width; j++) rows[n * width + j] = bias[offset + j];
}

/** A bias's gradient: the sum over all rows. */
function addColumns(bias: Float64Array, offset: number, rows: Float64Array, N: number, width: number): void {
  for (let n = 0; n < N; n++) for (let j = 0; j < width; j++) bias[offset + j] += rows[n * width + j];
}

function addRow(
  to: Float64Array,
  toOffset: number,
  from: Float64Array,
  fromOffset: number,
  width: number,
): void {
  for (let j = 0; j < width; j++) to[toOffset + j] += from[fromOffset + j];
}
