import type { Layout, Shape } from './layout.js';

/** Storage at the boundary: Float32 in production, Float64 where gradients are checked. */
export type Floats = Float32Array | Float64Array;

// Letters used by every kernel: B batch rows, T steps, H hidden, V vocabulary, L layers,
// S vectors of state a layer carries (2 for an LSTM: hidden and cell; 1 otherwise), C classes.

/** A target that costs nothing: padding at the end of a row. */
export const NO_TARGET = -1;

/** How much a kernel reads at once: B rows of T steps. Buffers are made once, for exactly this size. */
export interface BatchSize {
  readonly batch: number;
  readonly steps: number;
}

/**
 * Inverted dropout, on what each layer hands upward and on its recurrent weights (DropConnect, Wan et al. 2013, as in
 * Merity et al. 2018: one mask for all time steps). A mask is a pure function of (seed, step, what it is for, element),
 * so that it needs no memory, no order and no shared dice.
 */
export interface Dropout {
  /** Share of outputs zeroed, 0 to below 1. */
  readonly rate: number;
  /** Share of recurrent weights zeroed, 0 to below 1. */
  readonly weightRate: number;
  readonly seed: number;
  readonly step: number;
}

/** One step of Adam with the gradient clipped to a global norm. */
export interface Update {
  readonly learningRate: number;
  /** Largest global L2 norm of the gradient. */
  readonly clip: number;
  /** Number of this update, from 1, for Adam's bias correction. */
  readonly step: number;
  /** Parameters from the front of the buffer that stay as they are; their gradients do not count. Default 0. */
  readonly frozen?: number;
}

/**
 * Everything that learning keeps. The arrays are live views of the kernel's memory: write to them to load a model, read
 * them to save one.
 */
export interface Learner<F extends Floats = Float32Array> extends BatchSize {
  readonly layout: Layout;
  readonly parameters: F; // (layout.size)
  readonly gradients: F; // (layout.size)
  readonly mean: F; // (layout.size), Adam's first moment
  readonly variance: F; // (layout.size), Adam's second moment

  /** Clips the gradients and takes one Adam step. Returns the gradient's norm before clipping. */
  update(update: Update): number;
}

/** One-to-one: learns to predict each symbol of a text from those before it. */
export interface Trainer<F extends Floats = Float32Array> extends Learner<F> {
  readonly state: F; // (L, S, B, H), carried from one call to the next

  /**
   * Truncated backpropagation through time: reads on from the carried state, leaves the state after the last step
   * and the gradients of the loss.
   * @param inputs ids (B, T), row-major
   * @param targets ids (B, T), the symbol after each input, or NO_TARGET
   * @returns mean loss in nats over the targets that count
   */
  backpropagate(inputs: Int32Array, targets: Int32Array, dropout: Dropout): number;

  /** Forgets what a row has read. */
  reset(row: number): void;
}

/** Texts to classify: row b's symbols are ids[b * steps] and on, as many as lengths[b], at least one. */
export interface Texts {
  readonly ids: Int32Array; // (B, steps)
  readonly lengths: Int32Array; // (B)
  /** At most the steps that the classifier was made for: a batch of short texts costs little. */
  readonly steps: number;
}

/**
 * Many-to-one: reads whole texts from nothing and puts each into one of C classes, by a softmax over what the top layer
 * said, pooled: its mean over the text, its maximum, and its last (Howard and Ruder 2018). The shape has `classes`.
 */
export interface Classifier<F extends Floats = Float32Array> extends Learner<F> {
  /**
   * The gradients of the loss. Dropout is that of Trainer, but what the head has pooled is thinned, not the top layer.
   * @param labels (B), from 0, or NO_TARGET
   * @returns mean loss in nats over the texts that have a label
   */
  backpropagate(texts: Texts, labels: Int32Array, dropout: Dropout): number;
  /** Takes the parameters as they are now over for `classify`. */
  load(): void;
  /** Probabilities (B, C), valid until the next call. */
  classify(texts: Texts): F;
}

/** Reads text without learning from it. */
export interface Evaluator<F extends Floats = Float32Array> extends BatchSize {
  readonly state: F; // (L, S, B, H)
  /** Copies a model in: (layout.size). */
  load(parameters: F): void;
  /** Like Trainer.backpropagate without the gradients. Returns the summed loss in nats. */
  evaluate(inputs: Int32Array, targets: Int32Array): number;
  reset(row: number): void;
}

/** Reads up to B streams one symbol at a time, for sampling. A stream's numbers are the same bits whoever is beside it. */
export interface Stepper<F extends Floats = Float32Array> {
  readonly batch: number;
  readonly state: F; // (L, S, B, H)
  /** ids (R), R <= B -> logits (R, V) of the first R streams' next symbols, valid until the next call. */
  step(ids: Int32Array): F;
  reset(row: number): void;
}

/**
 * The numeric core behind the network. Flat buffers and shapes as numbers go in and out, and nothing is allocated
 * after creation, so that the same boundary holds for TypeScript, C++ behind Node-API and WebAssembly.
 */
export interface Kernel<F extends Floats = Float32Array> {
  /** Short name for reports: `js`, `native avx512`, `wasm relaxed`. */
  readonly engine: string;
  readonly threads: number;
  createTrainer(shape: Shape, size: BatchSize): Trainer<F>;
  /** @throws RangeError when the shape has no classes */
  createClassifier(shape: Shape, size: BatchSize): Classifier<F>;
  createEvaluator(shape: Shape, size: BatchSize): Evaluator<F>;
  createStepper(shape: Shape, parameters: F, batch: number): Stepper<F>;
}
