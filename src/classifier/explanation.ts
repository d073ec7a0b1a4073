import type { OpenClassifier } from './classifier.js';
import type { Input } from './tasks.js';

/** How sure a classifier is of an input, and which of its letters made it so. */
export interface Explanation {
  readonly probabilities: Float32Array; // (C)
  /** For each UTF-16 unit of the text, its share of the evidence for the label; negative where it speaks against it. */
  readonly weights: Float32Array;
}

/** Parts of a text that are left out one at a time, at most. */
const MAX_PARTS = 48;
const words = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * Leaves out the words of a text one after the other: what the label's log-odds lose without a word is that word's
 * (occlusion, Zeiler and Fergus 2014).
 */
export function explain(classifier: OpenClassifier, input: Input, label: string): Explanation {
  const { text, signals } = input;
  const index = classifier.labels.indexOf(label);
  const parts = partsOf(text);
  const without = parts.map(([start, end]) => ({ text: text.slice(0, start) + text.slice(end), signals }));
  const [whole, ...rest] = classifier.classify([input, ...without]);
  const weights = new Float32Array(text.length);
  parts.forEach(([start, end], part) => {
    weights.fill((logOdds(whole[index]) - logOdds(rest[part][index])) / (end - start), start, end);
  });
  return { probabilities: whole, weights };
}

/** [start, end) of each word, neighbours together where there are too many. */
function partsOf(text: string): [number, number][] {
  const all = [...words.segment(text)]
    .filter(({ segment }) => segment.trim() !== '')
    .map(({ index, segment }): [number, number] => [index, index + segment.length]);
  const size = Math.ceil(all.length / MAX_PARTS);
  return all
    .filter((_, index) => index % size === 0)
    .map(([start], index) => [start, all[Math.min(all.length, (index + 1) * size) - 1][1]]);
}

function logOdds(probability: number): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(bounded / (1 - bounded));
}
