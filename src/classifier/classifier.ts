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

export function openClassifier(kernel: Kernel, model: ClassifierModel): OpenClassifier {
  const reader = openReader(kernel, model.reader);
  return {
    labels: model.labels,
    classify(inputs) {
      const plain = inputs.map(({ text, signals }) => ({ text: plainText(text), signals }));
      const read = reader.read(plain.map(({ text }) => symbolsOf(model.reader.vocabulary, text)));
      return plain.map((input, index) =>
        mixOpinions(model.mixture, { reader: logarithms(read[index]), table: consult(model.table, input) }),
      );
    },
  };
}

/** Of probabilities that may have vanished. */
export function logarithms(probabilities: Float32Array): Float32Array {
  return probabilities.map((probability) => Math.log(Math.max(1e-9, probability)));
}
