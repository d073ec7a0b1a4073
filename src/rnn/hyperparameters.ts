import { gatesOf, type Cell } from './kernel/layout.js';

export interface Hyperparameters {
  readonly cell: Cell;
  /** Units in each layer. */
  readonly hidden: number;
  readonly layers: number;
  /** Largest share of each layer's output that may be zeroed while training, 0 to below 1. */
  readonly dropout: number;
  /** Largest share of the recurrent weights that may be, likewise. */
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

export interface Budget {
  readonly milliseconds: number;
  /** Floating-point operations of learning that the kernel does in a millisecond. */
  readonly flopsPerMs: number;
  /** Threads that share the rows of a batch. */
  readonly threads: number;
}

/** Symbols to learn from for each weight: fewer leave a network unfinished, more would have taught a larger one more. */
const SYMBOLS_PER_WEIGHT = 12;
/** Weights for each symbol of the text, at most: beyond this dropout cannot keep a network from learning it by heart. */
const WEIGHTS_PER_SYMBOL = 4;
/** Few rows make many updates, which teach most in a given time; a thread needs some to be fast. */
const ROWS_PER_THREAD = 8;
const MAX_BATCH = 64;
const MIN_HIDDEN = 32;
const MAX_HIDDEN = 1024;
/** Units are counted in whole vectors of the widest kernel. */
const HIDDEN_STEP = 16;

/**
 * Completes the hyper-parameters given, by rules that docs/experiments.md measured for the LSTM: two layers, as large as
 * the time can finish (the more operations a budget holds, the larger the network and the longer its learning, both by
 * the square root) and as the text can fill; many updates of few rows; and the more often the text is read, the more may
 * be left out at random.
 * @param symbols length of the training text
 */
export function chooseHyperparameters(
  symbols: number,
  budget: Budget,
  given: Partial<Hyperparameters> = {},
): Hyperparameters {
  const { cell = 'lstm', layers = 2 } = given;
  // Learning from D symbols with P weights takes 6 P D operations, and D is to be SYMBOLS_PER_WEIGHT times P.
  const operations = budget.milliseconds * budget.flopsPerMs;
  const weights = Math.min(Math.sqrt(operations / (6 * SYMBOLS_PER_WEIGHT)), WEIGHTS_PER_SYMBOL * symbols);
  const perUnit = (2 * layers - 1) * gatesOf[cell];
  const { hidden = wholeVectors(Math.sqrt(weights / perUnit)) } = given;
  const passes = operations / (6 * perUnit * hidden * hidden) / symbols;
  const dropout = Math.min(0.5, Math.max(0, 0.1 * Math.log2(passes / 2)));
  // The gates bear a high rate; the vanilla cell, whose state is all product, does not.
  const highest = cell === 'rnn' ? 0.001 : 0.004;
  return {
    cell,
    hidden,
    layers,
    dropout,
    weightDropout: 0.6 * dropout,
    batch: Math.min(MAX_BATCH, ROWS_PER_THREAD * budget.threads),
    steps: 64,
    learningRate: highest * Math.min(1, Math.sqrt(256 / hidden)),
    clip: 1,
    ...given,
  };
}

function wholeVectors(hidden: number): number {
  return Math.min(MAX_HIDDEN, Math.max(MIN_HIDDEN, Math.round(hidden / HIDDEN_STEP) * HIDDEN_STEP));
}

/** What a network was sized for. */
export interface SizedFor {
  readonly characters: number;
  readonly milliseconds: number;
}

/** So many times the text or the time that a network was sized for deserves a larger one. */
const OUTGROWN = 4;

/** Whether training should rather start from nothing than go on with a network of that size. */
export function isOutgrown(sized: SizedFor, now: SizedFor): boolean {
  return now.characters > OUTGROWN * sized.characters || now.milliseconds > OUTGROWN * sized.milliseconds;
}
