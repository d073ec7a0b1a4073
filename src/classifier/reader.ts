import type { Network } from '../rnn/checkpoint.js';
import type { Classifier, Kernel, Texts } from '../rnn/kernel/kernel.js';
import type { Symbols } from '../rnn/symbols.js';
import type { Vocabulary } from '../rnn/vocabulary.js';

// B batch rows, T steps, C classes.

/** Symbols read of a text, at most. */
export const MAX_SYMBOLS_READ = 320;
/** Of a longer text the beginning and the end are read, the beginning with this share. */
const BEGINNING = 0.6;
/** Closes every text, as it closed every text of the trunk's. */
export const END_OF_TEXT = '\n';
const BATCH = 32;

/** The expert that reads: a recurrent network that goes over a message once, from nothing, and then answers. */
export interface Reader {
  /** Probabilities (texts), each (C), of as many texts as there are. */
  read(texts: readonly Symbols[]): Float32Array[];
}

/** Reads with a trained network; its shape has classes. */
export function openReader(kernel: Kernel, { shape, parameters }: Network): Reader {
  const network = kernel.createClassifier(shape, { batch: BATCH, steps: MAX_SYMBOLS_READ });
  network.parameters.set(parameters);
  network.load();
  return { read: (texts) => readAll(network, texts) };
}

/** A text as symbols, one at least and MAX_SYMBOLS_READ at most. */
export function symbolsOf(vocabulary: Vocabulary, text: string): Symbols {
  const symbols = vocabulary.encode(text + END_OF_TEXT);
  if (symbols.length <= MAX_SYMBOLS_READ) return symbols;
  const beginning = Math.floor(MAX_SYMBOLS_READ * BEGINNING);
  const shortened = symbols.slice(0, MAX_SYMBOLS_READ);
  shortened.set(symbols.subarray(symbols.length - (MAX_SYMBOLS_READ - beginning)), beginning);
  return shortened;
}

/** Texts of like length are read together, for a batch takes as many steps as its longest. */
export function readAll(network: Classifier, texts: readonly Symbols[]): Float32Array[] {
  const classes = network.layout.shape.classes ?? 0;
  const answers = new Array<Float32Array>(texts.length);
  const order = texts.map((_, index) => index).sort((a, b) => texts[a].length - texts[b].length);
  for (let start = 0; start < order.length; start += network.batch) {
    const rows = order.slice(start, start + network.batch);
    const probabilities = network.classify(
      pack(
        rows.map((index) => texts[index]),
        network.batch,
      ),
    );
    rows.forEach((index, row) => {
      answers[index] = probabilities.slice(row * classes, (row + 1) * classes);
    });
  }
  return answers;
}

/** Texts side by side; the rows that are left over hold one symbol that nobody asks for. */
export function pack(texts: readonly Symbols[], batch: number): Texts {
  const steps = texts.reduce((longest, { length }) => Math.max(longest, length), 1);
  const ids = new Int32Array(batch * steps);
  const lengths = new Int32Array(batch).fill(1);
  texts.forEach((symbols, row) => {
    ids.set(symbols, row * steps);
    lengths[row] = symbols.length;
  });
  return { ids, lengths, steps };
}
