import type { Checkpoint } from '../../src/rnn/checkpoint.js';
import { createJsKernel } from '../../src/rnn/kernel/js.js';
import { layoutOf, offsetsOf, type Shape } from '../../src/rnn/kernel/layout.js';
import { hash } from '../../src/rnn/random.js';
import { train, type Progress, type TrainingOptions, type TrainingResult } from '../../src/rnn/training.js';
import { BEGIN, FIRST_CHARACTER } from '../../src/rnn/symbols.js';
import { buildVocabulary, createVocabulary } from '../../src/rnn/vocabulary.js';

export const kernel = createJsKernel();

/**
 * A model with no weights: whatever it has read, 'a' has probability 1/2, 'b' 1/4, and each of the 32 half-bytes
 * 1/4 / 32 = 2^-7. So 'a' costs 1 bit, 'b' 2, and every other character 14 for each of its bytes.
 */
export function constantModel(): Checkpoint {
  const vocabulary = createVocabulary([...'ab'].map((character) => character.codePointAt(0) ?? 0));
  const shape: Shape = { cell: 'lstm', vocabulary: vocabulary.size, hidden: 3, layers: 2 };
  const layout = layoutOf(shape);
  const parameters = new Float32Array(layout.size);
  const bias = parameters.subarray(offsetsOf(layout).outputBias);
  bias.fill(-7 * Math.LN2);
  bias[BEGIN] = -100;
  bias[FIRST_CHARACTER] = -1 * Math.LN2;
  bias[FIRST_CHARACTER + 1] = -2 * Math.LN2;
  return { shape, vocabulary, parameters, metadata: {} };
}

/**
 * A model that writes the same characters round and round: its hidden units are the last symbol, one for each, and it
 * has learned by heart which comes next. All others share what is left, e^-20 each.
 */
export function loopingModel(cycle: string, others = ''): Checkpoint {
  const vocabulary = createVocabulary(
    [...cycle, ...others].map((character) => character.codePointAt(0) ?? 0),
  );
  const V = vocabulary.size;
  const shape: Shape = { cell: 'rnn', vocabulary: V, hidden: V, layers: 1 };
  const layout = layoutOf(shape);
  const { layers, outputWeights } = offsetsOf(layout);
  const parameters = new Float32Array(layout.size);
  const length = [...cycle].length;
  for (let id = 0; id < V; id++) {
    const place = id - FIRST_CHARACTER;
    const next = FIRST_CHARACTER + (place >= 0 && place < length ? (place + 1) % length : 0);
    parameters[layers[0].inputWeights + id * V + id] = 20; // tanh(20) = 1
    parameters[outputWeights + id * V + next] = 20;
  }
  return { shape, vocabulary, parameters, metadata: {} };
}

/** A small model with reproducible random weights, over the characters of a text. */
export function randomModel(text: string, overrides: Partial<Shape> = {}): Checkpoint {
  const vocabulary = buildVocabulary([text], { minCount: 1 });
  const shape: Shape = { cell: 'lstm', hidden: 5, layers: 1, ...overrides, vocabulary: vocabulary.size };
  const parameters = new Float32Array(layoutOf(shape).size).map((_, index) => hash(index) / 2 ** 31 - 1);
  return { shape, vocabulary, parameters, metadata: { note: 'quite "random"\n한글' } };
}

/** Options to learn a short text quickly: a clock that ticks 10 ms at each look, and every step reported. */
export function quickTraining(text: string, overrides: Partial<TrainingOptions> = {}): TrainingOptions {
  const vocabulary = buildVocabulary([text], { minCount: 1 });
  let time = 0;
  return {
    kernel,
    vocabulary,
    train: vocabulary.encode(text),
    valid: new Uint16Array(0),
    trainCharacters: [...text].length,
    hyperparameters: { hidden: 16, layers: 1, batch: 4, steps: 16, dropout: 0, weightDropout: 0 },
    budgetMs: Infinity,
    maxSteps: 5,
    now: () => (time += 10),
    seed: 1,
    progressMs: 0,
    ...overrides,
  };
}

/** Runs a training to its end. */
export function finish(options: TrainingOptions): { result: TrainingResult; curve: Progress[] } {
  const curve: Progress[] = [];
  const training = train(options);
  let turn = training.next();
  while (!turn.done) {
    curve.push(turn.value);
    turn = training.next();
  }
  return { result: turn.value, curve };
}

/** The first characters of an endless sample. */
export function take(pieces: Iterable<string>, characters: number): string {
  const taken: string[] = [];
  for (const piece of pieces) {
    taken.push(...piece);
    if (taken.length >= characters) break;
  }
  return taken.slice(0, characters).join('');
}
