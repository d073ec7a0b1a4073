import { createNetwork, noDropout, type Network } from './js-network.js';
import { backwardLoss, forwardLoss } from './js-output.js';
import { backwardHead, createHead, forwardHead } from './js-head.js';
import {
  NO_TARGET,
  type Classifier,
  type Dropout,
  type Evaluator,
  type Floats,
  type Kernel,
  type Learner,
  type Stepper,
  type Texts,
  type Trainer,
  type Update,
} from './kernel.js';
import { layoutOf, rowsOfState, stateSize, type Shape } from './layout.js';

const BETA1 = 0.9;
const BETA2 = 0.99;
const EPSILON = 1e-8;

/**
 * The reference kernel: plain TypeScript, one thread. It computes in double precision and rounds to the storage
 * type only where numbers are kept between calls.
 */
export function createJsKernel(): Kernel {
  return kernelOn((length) => new Float32Array(length));
}

/** The same code over Float64 storage, in which gradients can be checked by finite differences. */
export function createJsKernel64(): Kernel<Float64Array> {
  return kernelOn((length) => new Float64Array(length));
}

function kernelOn<F extends Floats>(allocate: (length: number) => F): Kernel<F> {
  return {
    engine: 'js',
    threads: 1,
    createTrainer: (shape, { batch, steps }) => createTrainer(allocate, shape, batch, steps),
    createClassifier: (shape, { batch, steps }) => createClassifier(allocate, shape, batch, steps),
    createEvaluator: (shape, { batch, steps }) => createEvaluator(allocate, shape, batch, steps),
    createStepper: (shape, parameters, batch) => createStepper(allocate, shape, parameters, batch),
  };
}

function createTrainer<F extends Floats>(
  allocate: (length: number) => F,
  shape: Shape,
  batch: number,
  steps: number,
): Trainer<F> {
  const { network, learner } = createLearner(allocate, shape, batch, steps);
  const { parameters, gradients } = learner;
  const state = allocate(stateSize(shape, batch));
  return {
    ...learner,
    state,
    backpropagate(inputs, targets, dropout) {
      const counted = countTargets(targets);
      network.weights.set(parameters);
      enterState(network, state);
      network.forward(inputs, dropout);
      leaveState(network, state);
      const nats = forwardLoss(network.logits, targets, batch, steps, shape.vocabulary);
      backwardLoss(network.logits, targets, batch, steps, shape.vocabulary, 1 / counted);
      network.backward(inputs, dropout);
      gradients.set(network.gradients);
      return nats / counted;
    },
    reset: (row) => clearRow(state, shape, batch, row),
  };
}

function createLearner<F extends Floats>(
  allocate: (length: number) => F,
  shape: Shape,
  batch: number,
  steps: number,
): { network: Network; learner: Learner<F> } {
  const layout = layoutOf(shape);
  const network = createNetwork(shape, { batch, steps }, true);
  const parameters = allocate(layout.size);
  const gradients = allocate(layout.size);
  const mean = allocate(layout.size);
  const variance = allocate(layout.size);
  const update: Learner['update'] = (update) => takeStep(network, { parameters, mean, variance }, update);
  return { network, learner: { batch, steps, layout, parameters, gradients, mean, variance, update } };
}

/** Targets that count, at least one. */
function countTargets(targets: Int32Array): number {
  let counted = 0;
  for (const target of targets) if (target !== NO_TARGET) counted += 1;
  return Math.max(1, counted);
}

function createClassifier<F extends Floats>(
  allocate: (length: number) => F,
  shape: Shape,
  batch: number,
  steps: number,
): Classifier<F> {
  if (shape.classes === undefined) throw new RangeError('a classifier needs a shape with classes');
  const { network, learner } = createLearner(allocate, shape, batch, steps);
  const { layout, parameters, gradients } = learner;
  const head = createHead(layout, batch);
  const probabilities = allocate(batch * shape.classes);
  const ids = new Int32Array(batch * steps);
  /** Reads the texts, padded to all steps: what follows a text's end changes nothing. */
  const read = (texts: Texts, dropout: Dropout) => {
    for (let row = 0; row < batch; row++) {
      ids.set(texts.ids.subarray(row * texts.steps, (row + 1) * texts.steps), row * steps);
    }
    for (const { hidden, cellState, batch, hiddenSize } of network.layers) {
      hidden.fill(0, 0, batch * hiddenSize);
      cellState.fill(0, 0, batch * hiddenSize);
    }
    network.forward(ids, dropout);
  };
  return {
    ...learner,
    backpropagate(texts, labels, dropout) {
      const counted = countTargets(labels);
      network.weights.set(parameters);
      read(texts, dropout);
      const nats = forwardHead(head, network, layout, texts.lengths, labels, dropout);
      backwardHead(head, network, layout, texts.lengths, labels, dropout, 1 / counted);
      network.backward(ids, dropout);
      gradients.set(network.gradients);
      return nats / counted;
    },
    load: () => network.weights.set(parameters),
    classify(texts) {
      read(texts, noDropout);
      forwardHead(head, network, layout, texts.lengths, undefined, noDropout);
      probabilities.set(head.probabilities);
      return probabilities;
    },
  };
}

/**
 * Clips the network's gradients and takes one step of Adam (Kingma and Ba 2015), leaving the frozen parameters out.
 * Returns the norm before clipping.
 */
function takeStep(
  { gradients, weights }: Network,
  { parameters, mean, variance }: Record<'parameters' | 'mean' | 'variance', Floats>,
  { learningRate, clip, step, frozen = 0 }: Update,
): number {
  let squares = 0;
  for (let index = frozen; index < gradients.length; index++) squares += gradients[index] * gradients[index];
  const norm = Math.sqrt(squares);
  if (!Number.isFinite(norm)) return norm;
  const scale = norm > clip ? clip / norm : 1;
  const rate = learningRate / (1 - BETA1 ** step);
  const correction = 1 / (1 - BETA2 ** step);
  weights.set(parameters);
  for (let index = frozen; index < gradients.length; index++) {
    const gradient = gradients[index] * scale;
    const m = BETA1 * mean[index] + (1 - BETA1) * gradient;
    const v = BETA2 * variance[index] + (1 - BETA2) * gradient * gradient;
    mean[index] = m;
    variance[index] = v;
    weights[index] -= (rate * m) / (Math.sqrt(v * correction) + EPSILON);
  }
  parameters.set(weights);
  return norm;
}

function createEvaluator<F extends Floats>(
  allocate: (length: number) => F,
  shape: Shape,
  batch: number,
  steps: number,
): Evaluator<F> {
  const network = createNetwork(shape, { batch, steps }, false);
  const state = allocate(stateSize(shape, batch));
  return {
    batch,
    steps,
    state,
    load: (parameters) => network.weights.set(parameters),
    evaluate(inputs, targets) {
      enterState(network, state);
      network.forward(inputs, noDropout);
      leaveState(network, state);
      return forwardLoss(network.logits, targets, batch, steps, shape.vocabulary);
    },
    reset: (row) => clearRow(state, shape, batch, row),
  };
}

function createStepper<F extends Floats>(
  allocate: (length: number) => F,
  shape: Shape,
  parameters: F,
  batch: number,
): Stepper<F> {
  const { vocabulary: V, hidden: H } = shape;
  // Streams are read one by one: what a stream costs and computes does not depend on who else is there.
  const network = createNetwork(shape, { batch: 1, steps: 1 }, false);
  const state = allocate(stateSize(shape, batch));
  const one = allocate(stateSize(shape, 1));
  const places = Array.from({ length: batch }, (_, row) => rowsOfState(shape, batch, row));
  const logits = allocate(batch * V);
  network.weights.set(parameters);
  return {
    batch,
    state,
    step(ids) {
      for (let row = 0; row < ids.length; row++) {
        places[row].forEach(([start, end], vector) => one.set(state.subarray(start, end), vector * H));
        enterState(network, one);
        network.forward(ids.subarray(row, row + 1), noDropout);
        leaveState(network, one);
        places[row].forEach(([start], vector) =>
          state.set(one.subarray(vector * H, (vector + 1) * H), start),
        );
        logits.set(network.logits, row * V);
      }
      return logits;
    },
    reset: (row) => clearRow(state, shape, batch, row),
  };
}

// The carried state is (L, S, B, H): each layer's hidden state, then the LSTM's cell.

function enterState({ layers }: Network, state: Floats): void {
  let at = 0;
  for (const { batch, hiddenSize, hidden, cellState } of layers) {
    const size = batch * hiddenSize;
    hidden.set(state.subarray(at, at + size));
    at += size;
    if (cellState.length === 0) continue;
    cellState.set(state.subarray(at, at + size));
    at += size;
  }
}

function leaveState({ layers }: Network, state: Floats): void {
  let at = 0;
  for (const { batch, hiddenSize, hidden, cellState } of layers) {
    const size = batch * hiddenSize;
    state.set(hidden.subarray(hidden.length - size), at);
    at += size;
    if (cellState.length === 0) continue;
    state.set(cellState.subarray(cellState.length - size), at);
    at += size;
  }
}

function clearRow(state: Floats, shape: Shape, batch: number, row: number): void {
  for (const [start, end] of rowsOfState(shape, batch, row)) state.fill(0, start, end);
}
