import type { Kernel } from '../src/rnn/kernel/kernel.js';
import { hash } from '../src/rnn/random.js';
import { medianMs } from './measure.js';
import type { Workload } from './workloads.js';

/** Characters a second of the whole training step: forward, backward, clip, Adam. */
export function trainingSpeed(kernel: Kernel, { shape, size }: Workload, seconds: number): number {
  const characters = size.batch * size.steps;
  const trainer = kernel.createTrainer(shape, size);
  const bound = 1 / Math.sqrt(shape.hidden);
  trainer.parameters.forEach((_, index) => {
    trainer.parameters[index] = bound * (hash(1, index) / 2 ** 31 - 1);
  });
  // A text that can be learned, as PyTorch's is: each symbol says what comes next.
  const inputs = new Int32Array(characters).map((_, index) => hash(2, index) % shape.vocabulary);
  const targets = inputs.map((symbol) => (7 * symbol + 1) % shape.vocabulary);
  let step = 0;
  const ms = medianMs(() => {
    step += 1;
    trainer.backpropagate(inputs, targets, { rate: 0, weightRate: 0, seed: 1, step });
    trainer.update({ learningRate: 2e-3, clip: 1, step });
  }, seconds);
  return characters / (ms / 1000);
}
