import { createRequire } from 'node:module';
import { outputSize, packDimensions, type Build } from './compiled.js';

/** The functions of cpp/addon.cc. */
interface Addon {
  /** Builds that this processor can run, the best first. */
  engines(): string[];
  create(
    engine: number,
    dimensions: Int32Array,
    parameters: Float32Array,
    gradients: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    state: Float32Array,
  ): unknown;
  load(network: unknown): void;
  backpropagate(
    network: unknown,
    inputs: Int32Array,
    targets: Int32Array,
    rate: number,
    weightRate: number,
    seed: number,
    step: number,
  ): number;
  evaluate(network: unknown, inputs: Int32Array, targets: Int32Array): number;
  update(network: unknown, learningRate: number, clip: number, step: number, frozen: number): number;
  learnClasses(
    network: unknown,
    ids: Int32Array,
    lengths: Int32Array,
    steps: number,
    labels: Int32Array,
    rate: number,
    weightRate: number,
    seed: number,
    step: number,
  ): number;
  classify(
    network: unknown,
    ids: Int32Array,
    lengths: Int32Array,
    steps: number,
    probabilities: Float32Array,
  ): void;
  step(network: unknown, ids: Int32Array, rows: number, logits: Float32Array): void;
}

/**
 * Every native build of the kernel that this processor can run, the best first.
 * @throws Error when the addon was not built or does not load
 */
export function loadNativeBuilds(path: string): Build[] {
  const addon = createRequire(import.meta.url)(path) as Addon;
  return addon.engines().map((name, index) => ({
    engine: `native ${name}`,
    create: (dimensions, sizes) => {
      const buffers = {
        parameters: new Float32Array(sizes.parameters),
        gradients: new Float32Array(sizes.gradients),
        mean: new Float32Array(sizes.mean),
        variance: new Float32Array(sizes.variance),
        state: new Float32Array(sizes.state),
      };
      const { parameters, gradients, mean, variance, state } = buffers;
      const network = addon.create(
        index,
        packDimensions(dimensions),
        parameters,
        gradients,
        mean,
        variance,
        state,
      );
      const outputs = new Float32Array(outputSize(dimensions));
      return {
        buffers,
        load: () => addon.load(network),
        backpropagate: (inputs, targets, rate, weightRate, seed, step) =>
          addon.backpropagate(network, inputs, targets, rate, weightRate, seed, step),
        evaluate: (inputs, targets) => addon.evaluate(network, inputs, targets),
        update: (learningRate, clip, step, frozen) => addon.update(network, learningRate, clip, step, frozen),
        learnClasses: ({ ids, lengths, steps }, labels, rate, weightRate, seed, step) =>
          addon.learnClasses(network, ids, lengths, steps, labels, rate, weightRate, seed, step),
        classify({ ids, lengths, steps }) {
          addon.classify(network, ids, lengths, steps, outputs);
          return outputs;
        },
        step(ids) {
          addon.step(network, ids, ids.length, outputs);
          return outputs;
        },
      };
    },
  }));
}
