import { offsetsOf, type Layout } from './kernel/layout.js';
import { hash } from './random.js';
import type { Symbols } from './symbols.js';

/**
 * Fills fresh parameters. Weights are uniform within 1 / sqrt(H), as is usual for recurrent cells; an LSTM starts by
 * remembering (forget-gate bias 1, Jozefowicz et al. 2015); and the output's bias starts at the symbols' frequencies,
 * which spares the network the first hundred steps.
 * @param symbols the training text
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
  const { layers, outputBias } = offsetsOf(layout);
  if (cell === 'lstm') for (const { bias } of layers) parameters.fill(1, bias + H, bias + 2 * H);

  // Half a sighting for symbols never seen, so that they stay possible (Krichevsky and Trofimov 1981).
  const counts = new Float64Array(V).fill(0.5);
  for (const symbol of symbols) counts[symbol] += 1;
  const total = symbols.length + V / 2;
  counts.forEach((count, symbol) => (parameters[outputBias + symbol] = Math.log(count / total)));
}
