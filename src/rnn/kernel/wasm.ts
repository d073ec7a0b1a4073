import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import {
  outputSize,
  packDimensions,
  type Build,
  type BufferSizes,
  type CompiledNetwork,
  type Dimensions,
} from './compiled.js';
import type { Texts } from './kernel.js';
import { WebAssembly, type Memory, type Module } from './webassembly.js';

/** What cpp/wasm.cc exports; pointers are byte offsets into the memory. */
interface Exports {
  readonly memory: Memory;
  readonly __heap_base: { readonly value: number };
  dimensionsAt(): number;
  bytes(): number;
  create(
    memory: number,
    parameters: number,
    gradients: number,
    mean: number,
    variance: number,
    state: number,
  ): void;
  load(): void;
  backpropagate(
    inputs: number,
    targets: number,
    rate: number,
    weightRate: number,
    seed: number,
    step: number,
  ): number;
  evaluate(inputs: number, targets: number): number;
  update(learningRate: number, clip: number, step: number, frozen: number): number;
  learnClasses(
    ids: number,
    lengths: number,
    steps: number,
    labels: number,
    rate: number,
    weightRate: number,
    seed: number,
    step: number,
  ): number;
  classify(ids: number, lengths: number, steps: number, probabilities: number): void;
  step(ids: number, rows: number, logits: number): void;
}

/** The C library of a module without one. */
const imports = { env: { log: Math.log, pow: Math.pow } };
const PAGE = 65_536;
const ALIGNMENT = 64;

/**
 * Every WebAssembly build of the kernel that this engine can run, the best first.
 * @throws Error when the modules are missing or the engine has no SIMD
 */
export function loadWasmBuilds(folder: string): Build[] {
  const relaxed = readFileSync(join(folder, 'relaxed.wasm'));
  const plain = readFileSync(join(folder, 'plain.wasm'));
  // Node 20 has fused multiply-add behind a flag; asking for the flag elsewhere would be answered with a complaint.
  if (!WebAssembly.validate(relaxed)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  const builds = [buildOf('wasm plain', plain)];
  if (WebAssembly.validate(relaxed)) builds.unshift(buildOf('wasm relaxed', relaxed));
  return builds;
}

function buildOf(engine: string, bytes: Uint8Array): Build {
  const module = new WebAssembly.Module(bytes);
  return { engine, create: (dimensions, sizes) => createNetwork(module, dimensions, sizes) };
}

/** @throws RangeError when a network of this size does not fit in memory, as for a typed array */
function createNetwork(module: Module, dimensions: Dimensions, sizes: BufferSizes): CompiledNetwork {
  const kernel = new WebAssembly.Instance(module, imports).exports as Exports;
  const packed = packDimensions({ ...dimensions, threads: 1 });
  new Int32Array(kernel.memory.buffer, kernel.dimensionsAt(), packed.length).set(packed);

  // The network itself, then the buffers, one after the other; the memory grows once, so that no view ever moves.
  let end = kernel.__heap_base.value;
  const take = (bytes: number) => {
    const at = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    end = at + bytes;
    return at;
  };
  const { batch, steps } = dimensions;
  const memory = take(kernel.bytes());
  const numbers = [sizes.parameters, sizes.gradients, sizes.mean, sizes.variance, sizes.state];
  const [parameters, gradients, mean, variance, state] = numbers.map((length) => take(4 * length));
  const [inputs, targets, lengths] = [batch * steps, batch * steps, batch].map((length) => take(4 * length));
  const outputs = take(4 * outputSize(dimensions));
  kernel.memory.grow(Math.max(0, Math.ceil((end - kernel.memory.buffer.byteLength) / PAGE)));
  kernel.create(memory, parameters, gradients, mean, variance, state);

  const { buffer } = kernel.memory;
  const floats = (at: number, length: number) => new Float32Array(buffer, at, length);
  /** Copies numbers in, and returns where they are now. */
  const enter = (from: Int32Array, at: number) => {
    new Int32Array(buffer, at, from.length).set(from);
    return at;
  };
  const enterTexts = ({ ids, lengths: each, steps: read }: Texts) =>
    [enter(ids, inputs), enter(each, lengths), read] as const;
  const result = floats(outputs, outputSize(dimensions));
  return {
    buffers: {
      parameters: floats(parameters, sizes.parameters),
      gradients: floats(gradients, sizes.gradients),
      mean: floats(mean, sizes.mean),
      variance: floats(variance, sizes.variance),
      state: floats(state, sizes.state),
    },
    load: kernel.load,
    backpropagate: (from, to, ...dropout) =>
      kernel.backpropagate(enter(from, inputs), enter(to, targets), ...dropout),
    evaluate: (from, to) => kernel.evaluate(enter(from, inputs), enter(to, targets)),
    update: kernel.update,
    learnClasses: (texts, labels, ...dropout) =>
      kernel.learnClasses(...enterTexts(texts), enter(labels, targets), ...dropout),
    classify(texts) {
      kernel.classify(...enterTexts(texts), outputs);
      return result;
    },
    step(ids) {
      kernel.step(enter(ids, inputs), ids.length, outputs);
      return result;
    },
  };
}
