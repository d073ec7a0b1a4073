import type { Shape } from '../src/rnn/kernel/layout.js';
import type { BatchSize } from '../src/rnn/kernel/kernel.js';
import { flopsPerSymbol } from '../src/rnn/speed.js';

/** One training step that engines are compared by. */
export interface Workload {
  readonly name: string;
  readonly shape: Shape;
  readonly size: BatchSize;
}

/** Small and deep, large and shallow, and between: what a bot trains in minutes and in hours. */
export const workloads: readonly Workload[] = [
  lstm('W1', { layers: 2, hidden: 128, batch: 50, steps: 50, vocabulary: 65 }),
  lstm('W2', { layers: 1, hidden: 512, batch: 64, steps: 64, vocabulary: 128 }),
  lstm('W3', { layers: 2, hidden: 256, batch: 32, steps: 128, vocabulary: 128 }),
];

function lstm(
  name: string,
  { layers, hidden, vocabulary, batch, steps }: Omit<Shape, 'cell'> & BatchSize,
): Workload {
  return { name, shape: { cell: 'lstm', vocabulary, hidden, layers }, size: { batch, steps } };
}

export function describeWorkload({ name, shape, size }: Workload): string {
  const { layers, hidden, vocabulary } = shape;
  const flops = (flopsPerSymbol(shape) / 1e6).toFixed(2);
  return (
    `${name}: ${layers} x LSTM ${hidden}, batch ${size.batch}, steps ${size.steps}, ` +
    `vocabulary ${vocabulary}: ${flops} Mflop a character`
  );
}
