export const cells = ['lstm', 'gru', 'rnn'] as const;
export type Cell = (typeof cells)[number];

/** What decides the size of every tensor. */
export interface Shape {
  readonly cell: Cell;
  /** Symbols in the vocabulary. */
  readonly vocabulary: number;
  /** Units in each layer. */
  readonly hidden: number;
  readonly layers: number;
  /** Classes of a classifier, whose head stands in the place of the output layer; absent in a language model. */
  readonly classes?: number;
}

/** A named window into the flat buffer of parameters. */
export interface Tensor {
  readonly name: string;
  /** Row-major. */
  readonly shape: readonly number[];
  /** In elements, from the start of the buffer. */
  readonly offset: number;
  readonly size: number;
}

export interface Layout {
  readonly shape: Shape;
  readonly tensors: readonly Tensor[];
  /** Elements in the whole buffer. */
  readonly size: number;
}

/** Offsets of one layer's tensors; `candidateBias` is the GRU's, and -1 in other cells. */
export interface LayerOffsets {
  readonly inputWeights: number;
  readonly hiddenWeights: number;
  readonly bias: number;
  readonly candidateBias: number;
}

export interface Offsets {
  readonly layers: readonly LayerOffsets[];
  readonly outputWeights: number;
  readonly outputBias: number;
}

/** Pre-activations per hidden unit. */
export const gatesOf: Readonly<Record<Cell, number>> = { lstm: 4, gru: 3, rnn: 1 };

/** Vectors of state a layer carries: the LSTM has its cell beside the hidden state. */
const statesOf: Readonly<Record<Cell, number>> = { lstm: 2, gru: 1, rnn: 1 };

/**
 * Every tensor of the network, in the order of the flat buffer. Weights are (inputs, outputs), so that the first
 * layer's input weights are an embedding: one row per symbol.
 */
export function layoutOf(shape: Shape): Layout {
  // V vocabulary, H hidden, G gates
  const { vocabulary: V, hidden: H } = shape;
  const G = gatesOf[shape.cell];
  const tensors: Tensor[] = [];
  let offset = 0;
  const add = (name: string, ...dimensions: number[]) => {
    const size = dimensions.reduce((product, dimension) => product * dimension, 1);
    tensors.push({ name, shape: dimensions, offset, size });
    offset += size;
  };
  for (let layer = 0; layer < shape.layers; layer++) {
    add(`layer${layer}.W_xh`, layer === 0 ? V : H, G * H);
    add(`layer${layer}.W_hh`, H, G * H);
    add(`layer${layer}.b`, G * H);
    if (shape.cell === 'gru') add(`layer${layer}.b_hn`, H);
  }
  if (shape.classes === undefined) {
    add('W_hy', H, V);
    add('b_y', V);
  } else {
    add('W_pc', 3 * H, shape.classes);
    add('b_c', shape.classes);
  }
  return { shape, tensors, size: offset };
}

/** The offsets alone, for a kernel's inner loops. */
export function offsetsOf(layout: Layout): Offsets {
  const at = (name: string) => layout.tensors.find((tensor) => tensor.name === name)?.offset ?? -1;
  return {
    layers: Array.from({ length: layout.shape.layers }, (_, layer) => ({
      inputWeights: at(`layer${layer}.W_xh`),
      hiddenWeights: at(`layer${layer}.W_hh`),
      bias: at(`layer${layer}.b`),
      candidateBias: at(`layer${layer}.b_hn`),
    })),
    outputWeights: at(layout.shape.classes === undefined ? 'W_hy' : 'W_pc'),
    outputBias: at(layout.shape.classes === undefined ? 'b_y' : 'b_c'),
  };
}

/** Elements of the state that B streams carry: (L, S, B, H). */
export function stateSize({ cell, layers, hidden }: Shape, batch: number): number {
  return layers * statesOf[cell] * batch * hidden;
}

/** Where one stream's vectors stand in the state (L, S, B, H): [start, end) of each. */
export function rowsOfState({ cell, layers, hidden }: Shape, batch: number, row: number): [number, number][] {
  return Array.from({ length: layers * statesOf[cell] }, (_, vector) => {
    const start = (vector * batch + row) * hidden;
    return [start, start + hidden];
  });
}
