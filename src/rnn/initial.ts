import type { Checkpoint } from './checkpoint.js';
import { layoutOf, offsetsOf, type Layout } from './kernel/layout.js';
import { hash } from './random.js';
import type { Symbols } from './symbols.js';

/**
 * Fills fresh parameters. Weights are uniform within 1 / sqrt(H), as is usual for recurrent cells; an LSTM starts by
 * remembering (forget-gate bias 1, Jozefowicz et al. 2015); and the output's bias starts at the symbols' frequencies,
 * which spares the network the first hundred steps.
 * @param symbols the training text; what a classifier gets is not asked for its frequencies
 */
export function initialize(parameters: Float32Array, layout: Layout, symbols: Symbols, seed: number): void {
  const { cell, hidden: H, vocabulary: V } = layout.shape;
  const bound = 1 / Math.sqrt(H);
  for (const { name, offset, size } of layout.tensors) {
    const isBias = /(^|\.)b/.test(name);
    for (let index = offset; index < offset + size; index++) {
      parameters[index] = isBias ? 0 : bound * (hash(seed, index) / 2 ** 31 - 1);
    }
  }
  const { layers, outputWeights, outputBias } = offsetsOf(layout);
  if (cell === 'lstm') for (const { bias } of layers) parameters.fill(1, bias + H, bias + 2 * H);
  // A classifier's head has no opinion before it has learned.
  if (layout.shape.classes !== undefined) return void parameters.fill(0, outputWeights);

  // Half a sighting for symbols never seen, so that they stay possible (Krichevsky and Trofimov 1981).
  const counts = new Float64Array(V).fill(0.5);
  for (const symbol of symbols) counts[symbol] += 1;
  const total = symbols.length + V / 2;
  counts.forEach((count, symbol) => (parameters[outputBias + symbol] = Math.log(count / total)));
}

/**
 * Takes over what a smaller vocabulary's model has learned (warm start): its symbols are the first of the new ones, and
 * every tensor keeps its values in their rows and columns. What is left are the new symbols' own, as `initialize` had them.
 */
export function adopt(
  parameters: Float32Array,
  layout: Layout,
  { shape, parameters: learned }: Checkpoint,
): void {
  const before = layoutOf(shape).tensors;
  layout.tensors.forEach(({ offset, shape: dimensions }, index) => {
    const columns = dimensions.at(-1) ?? 1;
    const old = before[index];
    const oldColumns = old.shape.at(-1) ?? 1;
    for (let row = 0; row * oldColumns < old.size; row++) {
      const from = old.offset + row * oldColumns;
      parameters.set(learned.subarray(from, from + oldColumns), offset + row * columns);
    }
  });
}
