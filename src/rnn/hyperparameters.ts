import type { Cell } from './kernel/layout.js';

export interface Hyperparameters {
  readonly cell: Cell;
  /** Units in each layer. */
  readonly hidden: number;
  readonly layers: number;
  /** Share of each layer's output zeroed while training, 0 to below 1. */
  readonly dropout: number;
  /** Share of the recurrent weights zeroed while training, 0 to below 1. */
  readonly weightDropout: number;
  /** Rows read at once. */
  readonly batch: number;
  /** Symbols of each row between two updates: how far back the gradient reaches. */
  readonly steps: number;
  /** Adam's peak rate. */
  readonly learningRate: number;
  /** Largest global L2 norm of a gradient. */
  readonly clip: number;
}

/** Symbols that the plain TypeScript kernel learns from in a second, roughly, with the networks chosen here. */
const SYMBOLS_PER_SECOND = 5_000;

/**
 * Completes the hyper-parameters given, by rules measured with the plain TypeScript kernel on English prose: a larger
 * network is worth its slowness only where there is time to train it, and text to fill it; in a few minutes many small
 * updates at a high rate teach most; and dropout helps only a network that sees its text many times.
 * @param symbols length of the training text
 * @param budgetMs time for training, in milliseconds
 */
export function chooseHyperparameters(
  symbols: number,
  budgetMs: number,
  given: Partial<Hyperparameters> = {},
): Hyperparameters {
  const minutes = budgetMs / 60_000;
  const byTime = minutes < 3 ? 112 : minutes < 10 ? 144 : minutes < 60 ? 192 : 256;
  const byText = symbols < 5_000 ? 48 : symbols < 100_000 ? 96 : Infinity;
  const epochs = (minutes * 60 * SYMBOLS_PER_SECOND) / symbols;
  const { cell = 'lstm', hidden = Math.min(byTime, byText) } = given;
  // The gates bear a high rate; the vanilla cell, whose state is all product, does not.
  const highest = cell === 'rnn' ? 0.01 : 0.025;
  return {
    cell,
    hidden,
    layers: 1,
    dropout: epochs > 4 ? 0.2 : 0,
    weightDropout: 0,
    batch: minutes < 20 ? 8 : 16,
    steps: minutes < 3 ? 24 : minutes < 20 ? 32 : 64,
    learningRate: highest * Math.min(1, 112 / hidden),
    clip: 1,
    ...given,
  };
}
