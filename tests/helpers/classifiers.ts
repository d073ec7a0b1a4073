import { expect } from 'vitest';
import type { ClassifierModel } from '../../src/classifier/model.js';
import { learnTable } from '../../src/classifier/table.js';
import { chooseKernel } from '../../src/rnn/kernel/choose.js';
import { hash } from '../../src/rnn/random.js';
import { layoutOf } from '../../src/rnn/kernel/layout.js';
import { randomModel } from './rnn-models.js';

/** The fastest there is here, on one thread. */
export const { kernel } = chooseKernel(undefined, 1);

const spam = ['free money now', 'free gift here', 'claim free money', 'free gift now'];
const ham = ['see you later', 'how are you', 'you are late', 'see how later'];

/** A model of a few words: `free` and what goes with it is spam. With a reader, who knows nothing and is hardly trusted. */
export function smallClassifier({ withReader = false } = {}): ClassifierModel {
  const inputs = [...ham, ...spam].map((text) => ({ text, signals: [] }));
  const truth = inputs.map((_, index) => (index < ham.length ? 0 : 1));
  const importances = truth.map(() => 1);
  return {
    labels: ['ham', 'spam'],
    ...(withReader && { reader: randomReader() }),
    table: learnTable(inputs, truth, importances, 2, { epochs: 20, seed: 1 }),
    mixture: { reader: withReader ? 0.01 : 0, table: 1.5, bias: Float32Array.of(0.25, -0.125) },
    metadata: { note: '"한글"\n' },
  };
}

function randomReader() {
  const { vocabulary, shape } = randomModel('abcdefghijklmnopqrstuvwxyz ', { cell: 'gru' });
  const ofClasses = { ...shape, classes: 2 };
  const parameters = new Float32Array(layoutOf(ofClasses).size).map((_, at) => hash(at) / 2 ** 31 - 1);
  return { vocabulary, shape: ofClasses, parameters };
}

/** Runs a generator to its end: what it reported, and its result. */
export function runToEnd<Report, Result>(
  run: Generator<Report, Result>,
): { reports: Report[]; result: Result } {
  const reports: Report[] = [];
  let turn = run.next();
  for (; !turn.done; turn = run.next()) reports.push(turn.value);
  return { reports, result: turn.value };
}

/** A word for a number, another for each: numbers themselves are all alike to a classifier. */
export function inLetters(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

/** What is said of so many examples of fruit and of tools, exactly. */
export function scoresOn(examples: number): object {
  const share = expect.any(Number) as number;
  const label = { precision: share, recall: share, f1: share, support: share };
  return {
    examples,
    accuracy: share,
    macroF1: share,
    macroRecall: share,
    labels: { fruit: label, tool: label },
    calibrationError: share,
  };
}
