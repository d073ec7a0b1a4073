import type { Cell } from './kernel/layout.js';

export interface Hyperparameters {
  readonly cell: Cell;
  /** Units in each layer. */
  readonly hidden: number;
  readonly layers: number;
  /** Share of each layer's output zeroed while training, 0 to below 1. */
  readonly dropout: number;
  /** Rows read at once. */
  readonly batch: number;
  /** Symbols of each row between two updates: how far back the gradient reaches. */
  readonly steps: number;
  /** Adam's peak rate. */
  readonly learningRate: number;
  /** Largest global L2 norm of a gradient. */
  readonly clip: number;
}

/**
 * Hyper-parameters for this much text and time, measured with the plain TypeScript kernel on English prose: a larger
 * network is worth its slowness only where there is time to train it, and text to fill it.
 * @param symbols length of the training text
 * @param budgetMs time for training, in milliseconds
 */
export function chooseHyperparameters(symbols: number, budgetMs: number): Hyperparameters {
  const minutes = budgetMs / 60_000;
  const byTime = minutes < 3 ? 128 : minutes < 20 ? 192 : 256;
  const byText = symbols < 5_000 ? 48 : symbols < 50_000 ? 96 : Infinity;
  return {
    cell: 'lstm',
    hidden: Math.min(byTime, byText),
    layers: 1,
    dropout: symbols < 500_000 ? 0.2 : 0,
    batch: 8,
    steps: 64,
    learningRate: 6e-3,
    clip: 1,
  };
}
