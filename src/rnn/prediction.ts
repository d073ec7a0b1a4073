import { allowedSymbols } from './draw.js';
import { awaitsJamo, composeHangul } from './hangul.js';
import type { Bookmark, Row } from './rows.js';
import { BEGIN, FIRST_CHARACTER } from './symbols.js';
import type { Vocabulary } from './vocabulary.js';

/** A reading that ends with a result. */
export type Asking<Result> = Generator<number, Result, Float32Array>;

export interface Surprise {
  /** By character: minus log2 of the probability it had, summed over the symbols that spell it. */
  bits: number[];
  /** What follows; valid until the next symbol is read. */
  logits: Float32Array;
}

/**
 * How much each character of a text surprises the network that has read a lead.
 * @param characters code points of a text in NFC
 */
export function* surprise(
  vocabulary: Vocabulary,
  lead: string,
  characters: readonly string[],
): Asking<Surprise> {
  let logits = yield BEGIN;
  for (const symbol of vocabulary.encode(lead)) logits = yield symbol;
  const bits: number[] = [];
  for (const character of characters) {
    let sum = 0;
    for (const symbol of vocabulary.encode(character)) {
      sum += bitsOf(logits, symbol);
      logits = yield symbol;
    }
    bits.push(sum);
  }
  return { bits, logits };
}

/** Minus log2 of the softmax at one symbol. */
function bitsOf(logits: Float32Array, symbol: number): number {
  let highest = -Infinity;
  for (const logit of logits) highest = Math.max(highest, logit);
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - highest);
  return (Math.log(total) + highest - logits[symbol]) / Math.LN2;
}

/** A syllable that the next symbols may begin, not yet known how it goes on. */
interface BegunSyllable {
  codePoint: number;
  probability: number;
  /** The last symbol of what is begun, and where it is read. */
  symbol: number;
  after: Bookmark;
}

/**
 * Symbols that are read to find out how syllables go on. What is less likely is looked at later, and what was not
 * looked at then can hardly be among the likeliest.
 */
const MAX_SYLLABLE_STEPS = 100;

export interface NextCharacters {
  /** The likeliest, most likely first. */
  likeliest: { codePoint: number; probability: number }[];
  /** The share of all others, of those that are spelled in bytes too. */
  rest: number;
}

/**
 * The likeliest characters after what the row has read, not symbols: a syllable of Hangul counts as a whole. A last
 * syllable that goes on counts as what it becomes (after `last` = 가 it may be 간).
 * @param last code point of what was read, -1 for none
 * @param leftOut which symbols do not come: the others share their probability
 */
export function* nextCharacters(
  row: Row,
  { codePoints }: Vocabulary,
  logits: Float32Array,
  { last, count, leftOut }: { last: number; count: number; leftOut: (codePoint: number) => boolean },
): Asking<NextCharacters> {
  const symbols = allowedSymbols(codePoints, leftOut);
  const found = new Map<number, number>();
  const begun: BegunSyllable[] = [];
  const find = (codePoint: number, probability: number) =>
    found.set(codePoint, (found.get(codePoint) ?? 0) + probability);

  let after = row.bookmark();
  for (const { symbol, probability } of distribution(logits, symbols)) {
    const codePoint = codePointOf(symbol);
    const grown = composeHangul(last, codePoint);
    if (grown >= 0) find(grown, probability);
    else if (awaitsJamo(codePoint)) begun.push({ codePoint, probability, symbol, after });
    else if (codePoint >= 0) find(codePoint, probability);
  }
  for (let step = 0; step < MAX_SYLLABLE_STEPS && begun.length > 0; step++) {
    const syllable = begun.sort((a, b) => a.probability - b.probability).pop();
    if (syllable === undefined || isBeyond(syllable.probability)) break;
    row.goTo(syllable.after);
    const following = distribution(yield syllable.symbol, symbols);
    after = row.bookmark();
    let complete = syllable.probability;
    for (const { symbol, probability } of following) {
      const codePoint = composeHangul(syllable.codePoint, codePointOf(symbol));
      if (codePoint < 0) continue;
      const share = syllable.probability * probability;
      complete -= share;
      if (awaitsJamo(codePoint)) begun.push({ codePoint, probability: share, symbol, after });
      else find(codePoint, share);
    }
    find(syllable.codePoint, Math.max(0, complete));
  }
  const likeliest = [...found]
    .map(([codePoint, probability]) => ({ codePoint, probability }))
    .sort((a, b) => b.probability - a.probability || a.codePoint - b.codePoint)
    .slice(0, count);
  const rest = likeliest.reduce((left, { probability }) => left - probability, 1);
  return { likeliest, rest: Math.max(0, rest) };

  function codePointOf(symbol: number): number {
    return symbol < FIRST_CHARACTER ? -1 : codePoints[symbol - FIRST_CHARACTER];
  }

  function isBeyond(probability: number): boolean {
    return [...found.values()].filter((other) => other >= probability).length >= count;
  }
}

function distribution(logits: Float32Array, symbols: Int32Array): { symbol: number; probability: number }[] {
  let highest = -Infinity;
  for (const symbol of symbols) highest = Math.max(highest, logits[symbol]);
  const weights = Array.from(symbols, (symbol) => ({ symbol, weight: Math.exp(logits[symbol] - highest) }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return weights.map(({ symbol, weight }) => ({ symbol, probability: weight / total }));
}
