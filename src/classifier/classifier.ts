import type { Network } from '../rnn/checkpoint.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { mixOpinions } from './calibration.js';
import type { ClassifierModel } from './model.js';
import { plainText } from './plain-text.js';
import { openReader, symbolsOf } from './reader.js';
import { consult } from './table.js';
import type { Input } from './tasks.js';

/** A model, ready to answer. */
export interface OpenClassifier {
  readonly labels: readonly string[];
  /** Calibrated probabilities (inputs), each (C) in the order of `labels`. */
  classify(inputs: readonly Input[]): Float32Array[];
}

/** @param prepare what is done to a text before it is read; other than the usual to see what that is good for */
export function openClassifier(
  kernel: Kernel,
  model: ClassifierModel,
  prepare: (text: string) => string = plainText,
): OpenClassifier {
  const { labels, table, mixture } = model;
  const read = model.reader === undefined ? undecided(labels.length) : reading(kernel, model.reader);
  return {
    labels,
    classify(inputs) {
      const plain = inputs.map(({ text, signals }) => ({ text: prepare(text), signals }));
      const opinions = read(plain.map(({ text }) => text));
      return plain.map((input, index) =>
        mixOpinions(mixture, { reader: logarithms(opinions[index]), table: consult(table, input) }),
      );
    },
  };
}

/** Of probabilities that may have vanished. */
export function logarithms(probabilities: Float32Array): Float32Array {
  return probabilities.map((probability) => Math.log(Math.max(1e-9, probability)));
}

function reading(kernel: Kernel, network: Network): (texts: string[]) => Float32Array[] {
  const reader = openReader(kernel, network);
  return (texts) => reader.read(texts.map((text) => symbolsOf(network.vocabulary, text)));
}

/** Stands in for a reader where there is none: to it every class is as likely. */
function undecided(classes: number): (texts: string[]) => Float32Array[] {
  return (texts) => texts.map(() => new Float32Array(classes).fill(1 / classes));
}
