import type { BatchSize, Classifier, Evaluator, Kernel, Learner, Stepper, Texts, Trainer } from './kernel.js';
import { cells, layoutOf, rowsOfState, stateSize, type Shape } from './layout.js';

/** What a network of the C++ kernel is made for; the fields of `Dimensions` in cpp/engine.h. */
export interface Dimensions {
  readonly shape: Shape;
  readonly batch: number;
  readonly steps: number;
  readonly threads: number;
  readonly learns: boolean;
}

/** Lengths of the buffers that a network shares with its caller; the fields of `Buffers` in cpp/engine.h. */
export type BufferSizes = Readonly<
  Record<'parameters' | 'gradients' | 'mean' | 'variance' | 'state', number>
>;

/** One network of the C++ kernel, and the buffers it shares: the functions of `Engine` in cpp/engine.h. */
export interface CompiledNetwork {
  readonly buffers: Readonly<Record<keyof BufferSizes, Float32Array>>;
  /** Takes over the parameters; `backpropagate` does so by itself. */
  load(): void;
  backpropagate(
    inputs: Int32Array,
    targets: Int32Array,
    rate: number,
    weightRate: number,
    seed: number,
    step: number,
  ): number;
  evaluate(inputs: Int32Array, targets: Int32Array): number;
  update(learningRate: number, clip: number, step: number, frozen: number): number;
  learnClasses(
    texts: Texts,
    labels: Int32Array,
    rate: number,
    weightRate: number,
    seed: number,
    step: number,
  ): number;
  classify(texts: Texts): Float32Array;
  step(ids: Int32Array): Float32Array;
}

/** A build of the C++ kernel. */
export interface Build {
  readonly engine: string;
  create(dimensions: Dimensions, sizes: BufferSizes): CompiledNetwork;
}

/** `Dimensions` as cpp/engine.h has them in memory: 32-bit integers. */
export function packDimensions({ shape, batch, steps, threads, learns }: Dimensions): Int32Array {
  const { cell, vocabulary, hidden, layers } = shape;
  return Int32Array.of(
    cells.indexOf(cell),
    vocabulary,
    hidden,
    layers,
    batch,
    steps,
    threads,
    learns ? 1 : 0,
    shape.classes ?? 0,
  );
}

/** Numbers that a network gives out in one call: a classifier's probabilities (B, C), a stepper's logits (B, V). */
export function outputSize({ shape, batch, steps, learns }: Dimensions): number {
  if (shape.classes !== undefined) return batch * shape.classes;
  return steps === 1 && !learns ? batch * shape.vocabulary : 0;
}

/** The C++ kernel behind the boundary that every kernel has. */
export function createCompiledKernel(build: Build, threads: number): Kernel {
  // A row is one thread's work: more threads than rows would only wait.
  const sized = ({ batch, steps }: BatchSize) => ({ batch, steps, threads: Math.min(threads, batch) });
  return {
    engine: build.engine,
    threads,
    createTrainer: (shape, size) => createTrainer(build, { shape, ...sized(size), learns: true }),
    createClassifier: (shape, size) => createClassifier(build, { shape, ...sized(size), learns: true }),
    createEvaluator: (shape, size) => createEvaluator(build, { shape, ...sized(size), learns: false }),
    createStepper: (shape, parameters, batch) =>
      createStepper(build, { shape, batch, steps: 1, threads: 1, learns: false }, parameters),
  };
}

function createTrainer(build: Build, dimensions: Dimensions): Trainer {
  const { shape, batch } = dimensions;
  const { network, learner } = createLearner(build, dimensions);
  const { state } = network.buffers;
  return {
    ...learner,
    state,
    backpropagate: (inputs, targets, { rate, weightRate, seed, step }) =>
      network.backpropagate(inputs, targets, rate, weightRate, seed, step),
    reset: (row) => clearRow(state, shape, batch, row),
  };
}

function createClassifier(build: Build, dimensions: Dimensions): Classifier {
  if (dimensions.shape.classes === undefined) throw new RangeError('a classifier needs a shape with classes');
  const { network, learner } = createLearner(build, dimensions);
  return {
    ...learner,
    backpropagate: (texts, labels, { rate, weightRate, seed, step }) =>
      network.learnClasses(texts, labels, rate, weightRate, seed, step),
    load: () => network.load(),
    classify: (texts) => network.classify(texts),
  };
}

function createLearner(build: Build, dimensions: Dimensions): { network: CompiledNetwork; learner: Learner } {
  const { shape, batch, steps } = dimensions;
  const layout = layoutOf(shape);
  const { size } = layout;
  const state = stateSize(shape, batch);
  const sizes = { parameters: size, gradients: size, mean: size, variance: size, state };
  const network = build.create(dimensions, sizes);
  const { parameters, gradients, mean, variance } = network.buffers;
  const update: Learner['update'] = ({ learningRate, clip, step, frozen = 0 }) =>
    network.update(learningRate, clip, step, frozen);
  return { network, learner: { batch, steps, layout, parameters, gradients, mean, variance, update } };
}

function createEvaluator(build: Build, dimensions: Dimensions): Evaluator {
  const { shape, batch, steps } = dimensions;
  const network = createReader(build, dimensions);
  const { parameters, state } = network.buffers;
  return {
    batch,
    steps,
    state,
    load(from) {
      parameters.set(from);
      network.load();
    },
    evaluate: (inputs, targets) => network.evaluate(inputs, targets),
    reset: (row) => clearRow(state, shape, batch, row),
  };
}

function createStepper(build: Build, dimensions: Dimensions, from: Float32Array): Stepper {
  const { shape, batch } = dimensions;
  const network = createReader(build, dimensions);
  const { parameters, state } = network.buffers;
  parameters.set(from);
  network.load();
  return {
    batch,
    state,
    step: (ids) => network.step(ids),
    reset: (row) => clearRow(state, shape, batch, row),
  };
}

/** A network that does not learn needs neither gradients nor moments. */
function createReader(build: Build, dimensions: Dimensions): CompiledNetwork {
  const { shape, batch } = dimensions;
  const parameters = layoutOf(shape).size;
  return build.create(dimensions, {
    parameters,
    gradients: 0,
    mean: 0,
    variance: 0,
    state: stateSize(shape, batch),
  });
}

function clearRow(state: Float32Array, shape: Shape, batch: number, row: number): void {
  for (const [start, end] of rowsOfState(shape, batch, row)) state.fill(0, start, end);
}
