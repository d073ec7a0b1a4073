import { describe, expect, test } from 'vitest';
import { createJsKernel64 } from '../../src/rnn/kernel/js.js';
import { NO_TARGET, type Dropout } from '../../src/rnn/kernel/kernel.js';
import { cells, type Shape } from '../../src/rnn/kernel/layout.js';
import { hash } from '../../src/rnn/random.js';

/** Reproducible numbers in (-1, 1). */
const noise = (...name: number[]) => hash(...name) / 2 ** 31 - 1;

const sizes = [
  { layers: 1, hidden: 1, batch: 1, steps: 3, vocabulary: 3 },
  { layers: 1, hidden: 5, batch: 3, steps: 4, vocabulary: 7 },
  { layers: 2, hidden: 6, batch: 5, steps: 3, vocabulary: 5 },
  { layers: 3, hidden: 3, batch: 2, steps: 5, vocabulary: 4 },
];

const none: Dropout = { rate: 0, weightRate: 0, seed: 0, step: 0 };
const third: Dropout = { rate: 1 / 3, weightRate: 1 / 4, seed: 7, step: 3 };

/** A trainer with random parameters and a state that has read something, and a batch for it. */
function setUp(shape: Shape, batch: number, steps: number) {
  const trainer = createJsKernel64().createTrainer(shape, { batch, steps });
  trainer.parameters.forEach((_, index) => (trainer.parameters[index] = 0.6 * noise(1, index)));
  const carried = trainer.state.map((_, index) => 0.8 * noise(2, index));
  const ids = (name: number) =>
    Int32Array.from({ length: batch * steps }, (_, index) => hash(name, index) % shape.vocabulary);
  const inputs = ids(3);
  const targets = ids(4);
  targets[targets.length - 1] = NO_TARGET;
  const lossAt = (dropout: Dropout) => {
    trainer.state.set(carried);
    return trainer.backpropagate(inputs, targets, dropout);
  };
  return { trainer, lossAt };
}

describe.each(cells)('the gradients of the %s', (cell) => {
  test.each(sizes)(
    '$layers layers, H $hidden, B $batch, T $steps, V $vocabulary agree with finite differences',
    ({ batch, steps, ...rest }) => {
      const { trainer, lossAt } = setUp({ cell, ...rest }, batch, steps);
      for (const dropout of [none, third]) {
        lossAt(dropout);
        const analytic = trainer.gradients.slice();
        for (const { name, offset, size } of trainer.layout.tensors) {
          // Relative to the tensor's largest gradient: a difference of losses near 1 resolves no less than 1e-16 / h.
          const window = analytic.subarray(offset, offset + size);
          const scale = window.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
          for (let index = offset; index < offset + size; index++) {
            const numeric = centralDifference(trainer.parameters, index, () => lossAt(dropout));
            expect(Math.abs(numeric - analytic[index]) / scale, `${name}[${index - offset}]`).toBeLessThan(
              1e-6,
            );
          }
        }
      }
    },
  );
});

describe.each(cells)('the gradients of a %s classifier', (cell) => {
  test.each([1, 2])('with %d layers agree with finite differences', (layers) => {
    const shape: Shape = { cell, layers, hidden: 4, vocabulary: 6, classes: 3 };
    const classifier = createJsKernel64().createClassifier(shape, { batch: 4, steps: 6 });
    classifier.parameters.forEach((_, index) => (classifier.parameters[index] = 0.6 * noise(1, index)));
    const texts = {
      ids: Int32Array.from({ length: 20 }, (_, index) => hash(3, index) % 6),
      lengths: Int32Array.of(5, 1, 3, 2),
      steps: 5, // one less than the classifier could read
    };
    const labels = Int32Array.of(2, 0, NO_TARGET, 1);
    for (const dropout of [none, third]) {
      const loss = () => classifier.backpropagate(texts, labels, dropout);
      loss();
      const analytic = classifier.gradients.slice();
      const scale = analytic.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      analytic.forEach((value, index) => {
        const numeric = centralDifference(classifier.parameters, index, loss);
        expect(Math.abs(numeric - value) / scale, `parameter ${index}`).toBeLessThan(1e-6);
      });
    }
  });
});

/** (f(x + h) - f(x - h)) / 2h, refined once by Richardson's extrapolation. */
function centralDifference(parameters: Float64Array, index: number, loss: () => number): number {
  const value = parameters[index];
  const slope = (h: number) => {
    parameters[index] = value + h;
    const above = loss();
    parameters[index] = value - h;
    const below = loss();
    parameters[index] = value;
    return (above - below) / (2 * h);
  };
  return (4 * slope(1e-4) - slope(2e-4)) / 3;
}
