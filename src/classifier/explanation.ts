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
const LONGEST_WORD = 20;
const words = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * Leaves out the words of a text one after the other: what the label's log-odds lose without a word is that word's
 * (occlusion, Zeiler and Fergus 2014).
 * @param signalsIn what a text alone signals: a word takes its signal with it
 */
export function explain(
  classifier: OpenClassifier,
  input: Input,
  label: string,
  signalsIn: (text: string) => readonly string[] = () => [],
): Explanation {
  const { text, signals } = input;
  const index = classifier.labels.indexOf(label);
  const parts = partsOf(text);
  const ofText = signalsIn(text);
  const circumstances = signals.filter((signal) => !ofText.includes(signal));
  const without = parts.map(([start, end]) => {
    const rest = text.slice(0, start) + text.slice(end);
    return { text: rest, signals: [...circumstances, ...signalsIn(rest)] };
  });
  const [whole, ...rest] = classifier.classify([input, ...without]);
  const weights = new Float32Array(text.length);
  parts.forEach(([start, end], part) => {
    weights.fill((logOdds(whole[index]) - logOdds(rest[part][index])) / (end - start), start, end);
  });
  return { probabilities: whole, weights };
}

/** [start, end) of each word, neighbours together where there are too many. */
function partsOf(text: string): [number, number][] {
  const all = [...text.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => cut(word, index));
  const size = Math.ceil(all.length / MAX_PARTS);
  return all
    .filter((_, index) => index % size === 0)
    .map(([start], index) => [start, all[Math.min(all.length, (index + 1) * size) - 1][1]]);
}

/** A word is what stands between spaces; where a language has none, what its dictionary says. An address stays whole. */
function cut(word: string, start: number): [number, number][] {
  if (word.length <= LONGEST_WORD || word.includes('://')) return [[start, start + word.length]];
  return [...words.segment(word)].map(({ index, segment }) => [
    start + index,
    start + index + segment.length,
  ]);
}

function logOdds(probability: number): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(bounded / (1 - bounded));
}
