import { describe, expect, test } from 'vitest';
import { createCompiledKernel } from '../../src/rnn/kernel/compiled.js';
import { createJsKernel } from '../../src/rnn/kernel/js.js';
import { NO_TARGET, type Kernel, type Dropout } from '../../src/rnn/kernel/kernel.js';
import { cells, layoutOf, type Shape } from '../../src/rnn/kernel/layout.js';
import { builds } from '../helpers/builds.js';
import { hash } from '../../src/rnn/random.js';

/** Reproducible numbers in (-1, 1). */
const noise = (...name: number[]) => hash(...name) / 2 ** 31 - 1;

const reference = createJsKernel();
/** Relative to an array's largest value: single precision has 7 digits, and the vanilla cell amplifies what it lacks. */
const TOLERANCE = 3e-5;

const shapes = [
  { layers: 1, hidden: 1, batch: 1, steps: 1, vocabulary: 3 },
  { layers: 1, hidden: 37, batch: 1, steps: 5, vocabulary: 65 },
  { layers: 2, hidden: 16, batch: 7, steps: 4, vocabulary: 3 },
  { layers: 3, hidden: 37, batch: 5, steps: 6, vocabulary: 130 },
  { layers: 1, hidden: 8, batch: 3, steps: 2, vocabulary: 4000 },
  { layers: 2, hidden: 130, batch: 13, steps: 3, vocabulary: 64 },
];
const none: Dropout = { rate: 0, weightRate: 0, seed: 0, step: 0 };
const some: Dropout = { rate: 0.3, weightRate: 0.4, seed: 7, step: 3 };

/** One step of learning and a score, from a beginning that is the same for every kernel. */
function learn(kernel: Kernel, shape: Shape, size: { batch: number; steps: number }, dropout: Dropout) {
  const { batch, steps } = size;
  const trainer = kernel.createTrainer(shape, size);
  trainer.parameters.forEach((_, index) => (trainer.parameters[index] = 0.5 * noise(1, index)));
  trainer.mean.forEach((_, index) => (trainer.mean[index] = 0.01 * noise(5, index)));
  trainer.variance.fill(0.01);
  trainer.state.forEach((_, index) => (trainer.state[index] = 0.8 * noise(2, index)));
  trainer.reset(batch - 1);
  const ids = (name: number) =>
    Int32Array.from({ length: batch * steps }, (_, index) => hash(name, index) % shape.vocabulary);
  const inputs = ids(3);
  const targets = ids(4);
  if (targets.length > 1) targets[0] = NO_TARGET;
  const loss = trainer.backpropagate(inputs, targets, dropout);
  const gradients = trainer.gradients.slice();
  const norm = trainer.update({ learningRate: 0.01, clip: 0.5, step: 2 });
  const evaluator = kernel.createEvaluator(shape, size);
  evaluator.load(trainer.parameters);
  const nats = evaluator.evaluate(inputs, targets);
  return {
    numbers: { loss, norm, nats },
    arrays: { gradients, ...pick(trainer), read: evaluator.state.slice() },
  };
}

function pick({ parameters, mean, variance, state }: ReturnType<Kernel['createTrainer']>) {
  return { parameters, mean, variance, state };
}

describe.each(builds)('$engine', (build) => {
  test.each(cells.flatMap((cell) => shapes.map((shape) => ({ cell, ...shape }))))(
    '$cell, $layers layers, H $hidden, B $batch, T $steps, V $vocabulary: what the reference computes',
    ({ batch, steps, ...shape }) => {
      for (const dropout of [none, some]) {
        const expected = learn(reference, shape, { batch, steps }, dropout);
        for (const threads of build.engine.startsWith('native') ? [1, 3] : [1]) {
          const actual = learn(createCompiledKernel(build, threads), shape, { batch, steps }, dropout);
          for (const name of ['loss', 'norm', 'nats'] as const) {
            const wanted = expected.numbers[name];
            expect(Math.abs(actual.numbers[name] - wanted), name).toBeLessThan(
              TOLERANCE * Math.max(1, wanted),
            );
          }
          for (const name of ['gradients', 'parameters', 'mean', 'variance', 'state', 'read'] as const) {
            const wanted = expected.arrays[name];
            const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
            const worst = actual.arrays[name].reduce(
              (most, value, index) => Math.max(most, Math.abs(value - wanted[index])),
              0,
            );
            expect(worst, name).toBeLessThanOrEqual(TOLERANCE * largest);
          }
        }
      }
    },
  );

  test.each(cells)(
    '%s: steps any number of streams as the reference does, and leaves the others alone',
    (cell) => {
      const shape: Shape = { cell, vocabulary: 70, hidden: 37, layers: 2 };
      const parameters = new Float32Array(layoutOf(shape).size).map((_, index) => 0.5 * noise(5, index));
      const kernels = [reference, createCompiledKernel(build, 2)];
      const [expected, actual] = kernels.map((kernel) => {
        const stepper = kernel.createStepper(shape, parameters, 4);
        const outputs: number[] = [];
        for (const ids of [[1, 2, 3, 4], [5], [6, 7, 8], [9, 10, 11, 12]]) {
          outputs.push(...stepper.step(Int32Array.from(ids)).subarray(0, ids.length * shape.vocabulary));
        }
        return [...outputs, ...stepper.state];
      });
      actual.forEach((value, index) => expect(Math.abs(value - expected[index])).toBeLessThan(1e-4));
    },
  );

  test.each(cells)('%s: classifies, and learns to, as the reference does', (cell) => {
    const shape: Shape = { cell, vocabulary: 70, hidden: 37, layers: 2, classes: 5 };
    const size = { batch: 7, steps: 12 };
    for (const [threads, frozen] of [
      [1, 0],
      [build.engine.startsWith('native') ? 3 : 1, 1000],
    ]) {
      const [expected, actual] = [reference, createCompiledKernel(build, threads)].map((kernel) => {
        const classifier = kernel.createClassifier(shape, size);
        classifier.parameters.forEach((_, index) => (classifier.parameters[index] = 0.3 * noise(1, index)));
        const texts = {
          ids: Int32Array.from({ length: 7 * 9 }, (_, index) => hash(3, index) % 70),
          lengths: Int32Array.of(9, 1, 3, 4, 9, 2, 7),
          steps: 9,
        };
        const labels = Int32Array.of(0, 1, NO_TARGET, 4, 3, 2, 0);
        const loss = classifier.backpropagate(texts, labels, some);
        const gradients = classifier.gradients.slice();
        const norm = classifier.update({ learningRate: 0.01, clip: 0.5, step: 1, frozen });
        classifier.parameters.forEach((_, index) => (classifier.parameters[index] = 0.3 * noise(1, index)));
        classifier.load();
        const probabilities = [...classifier.classify(texts)];
        return { losses: [loss, norm], gradients: [...gradients], probabilities };
      });
      for (const name of ['losses', 'gradients', 'probabilities'] as const) {
        const largest = expected[name].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        actual[name].forEach((value, index) => {
          expect(Math.abs(value - expected[name][index]), name).toBeLessThan(TOLERANCE * largest);
        });
      }
    }
  });

  test('leaves frozen parameters as they are', () => {
    const shape: Shape = { cell: 'lstm', vocabulary: 9, hidden: 20, layers: 1, classes: 2 };
    const classifier = createCompiledKernel(build, 1).createClassifier(shape, { batch: 1, steps: 4 });
    const texts = { ids: Int32Array.of(1, 2, 3, 4), lengths: Int32Array.of(4), steps: 4 };
    const frozen = classifier.layout.tensors[3].offset; // all but the head
    classifier.parameters.forEach((_, index) => (classifier.parameters[index] = noise(1, index)));
    const before = classifier.parameters.slice();
    classifier.backpropagate(texts, Int32Array.of(1), none);
    classifier.update({ learningRate: 0.1, clip: 1, step: 1, frozen });
    expect(classifier.parameters.subarray(0, frozen)).toEqual(before.subarray(0, frozen));
    expect(classifier.parameters.subarray(frozen)).not.toEqual(before.subarray(frozen));
  });

  test.each(cells)('%s: a stream comes to the same numbers, bit by bit, in whatever company', (cell) => {
    // More hidden units than the kernel sums up at once.
    const shape: Shape = { cell, vocabulary: 70, hidden: 150, layers: 2 };
    const parameters = new Float32Array(layoutOf(shape).size).map((_, index) => 0.3 * noise(5, index));
    const kernel = createCompiledKernel(build, 1);
    const symbol = (step: number, row: number) => hash(step, row) % shape.vocabulary;
    const steps = [0, 1, 2];
    const together = (rows: number) => {
      const stepper = kernel.createStepper(shape, parameters, 16);
      return steps.map((step) =>
        stepper.step(Int32Array.from({ length: rows }, (_, row) => symbol(step, row))).slice(),
      );
    };
    const all = together(16);
    for (let rows = 1; rows < 16; rows++) {
      const size = rows * shape.vocabulary;
      expect(together(rows).map((logits) => [...logits.subarray(0, size)])).toEqual(
        all.map((logits) => [...logits.subarray(0, size)]),
      );
    }
  });
});
