import type { Kernel } from './kernel/kernel.js';
import { gatesOf, type Shape } from './kernel/layout.js';

/**
 * Floating-point operations of learning one symbol, at least: a multiplication and an addition per weight forward, twice
 * that backward. The first layer's input weights cost nothing, for a symbol is looked up there, not multiplied.
 */
export function flopsPerSymbol({ cell, vocabulary: V, hidden: H, layers: L }: Shape): number {
  const recurrent = (2 * L - 1) * gatesOf[cell] * H * H;
  return 6 * (recurrent + H * V);
}

const BATCH = { batch: 8, steps: 16 };
/** Hidden units of the networks that are timed: the largest one that this kernel learns quickly tells most. */
const TIMED = [64, 128, 256];
const QUICK_MS = 8;
const REPEATS = 3;

/**
 * How fast a kernel learns on this machine, in floating-point operations a millisecond of the clock given: the best of
 * a few steps of networks of growing size. Takes some 20 milliseconds.
 */
export function measureSpeed(kernel: Kernel, now: () => number): number {
  let fastest = 0;
  for (const hidden of TIMED) {
    const shape: Shape = { cell: 'lstm', vocabulary: 64, hidden, layers: 1 };
    const trainer = kernel.createTrainer(shape, BATCH);
    const ids = new Int32Array(BATCH.batch * BATCH.steps);
    let quickest = Infinity;
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const before = now();
      trainer.backpropagate(ids, ids, { rate: 0, weightRate: 0, seed: 0, step: 0 });
      trainer.update({ learningRate: 0, clip: 1, step: 1 });
      quickest = Math.min(quickest, Math.max(1e-3, now() - before));
    }
    fastest = Math.max(fastest, (flopsPerSymbol(shape) * ids.length) / quickest);
    if (quickest > QUICK_MS) break;
  }
  return fastest;
}
