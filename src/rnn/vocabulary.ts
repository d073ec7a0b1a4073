import { createDecoder, type Decoder } from './decoder.js';
import { toJamo } from './hangul.js';
import { FIRST_CHARACTER, HALVES } from './symbols.js';

/**
 * Code points from here on are marks: structure that the corpus writes into its text (start, end, reply, speaker),
 * taken from a private-use plane that people do not type.
 */
export const FIRST_MARK = 0x100000;

/** The symbols a model knows: half-bytes, BEGIN, then one symbol per code point. Immutable. */
export interface Vocabulary {
  /** Number of symbols, all kinds together. */
  readonly size: number;
  /** Code points in the order of their ids, from FIRST_CHARACTER on. */
  readonly codePoints: readonly number[];
  /** Any string to ids: lone surrogates become U+FFFD, then NFC, then Hangul as jamo. Never fails. */
  encode(text: string): Int32Array;
  /** The text that `encode` read, in NFC. */
  decode(ids: Iterable<number>): string;
  /** A fresh decoder for symbols that come one at a time. */
  decoder(): Decoder;
  /** The id of a code point, or -1: for marks, which are single symbols where the corpus had them. */
  idOf(codePoint: number): number;
  toJSON(): { codePoints: readonly number[] };
}

export interface VocabularyLimits {
  /**
   * A character gets a symbol of its own when the text has it at least this often. Default: once in 50,000 symbols, and
   * three times. What is rarer costs as much spelled out, and teaches the network to spell what it has never seen.
   */
  readonly minCount?: number;
  /** Most symbols, all kinds together; the most frequent characters win. Marks are always in. */
  readonly maxSize?: number;
  /** A vocabulary to grow: its code points come first, in their order, so that what was learned about them still fits. */
  readonly grown?: Vocabulary;
}

/** The vocabulary of a training text, given in pieces or whole. The same text gives the same ids. */
export function buildVocabulary(texts: Iterable<string>, limits: VocabularyLimits = {}): Vocabulary {
  const counts = new Map<number, number>();
  for (const text of texts) {
    for (const codePoint of modelled(text)) counts.set(codePoint, (counts.get(codePoint) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const { minCount = Math.max(3, total / 50_000), maxSize = 2048, grown } = limits;
  const old = grown?.codePoints ?? [];
  for (const codePoint of old) counts.delete(codePoint);
  const byCount = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b);
  const marks = byCount.filter(([codePoint]) => isMark(codePoint));
  const room = Math.max(0, maxSize - FIRST_CHARACTER - old.length - marks.length);
  const frequent = byCount
    .filter(([codePoint, count]) => !isMark(codePoint) && count >= minCount)
    .slice(0, room);
  return createVocabulary([...old, ...[...frequent, ...marks].map(([codePoint]) => codePoint)]);
}

/** A vocabulary of exactly these code points, in this order. */
export function createVocabulary(codePoints: readonly number[]): Vocabulary {
  const symbols = Object.freeze([...codePoints]);
  const ids = new Map(symbols.map((codePoint, index) => [codePoint, FIRST_CHARACTER + index]));
  const utf8 = new TextEncoder();

  return {
    size: FIRST_CHARACTER + symbols.length,
    codePoints: symbols,
    encode(text) {
      const encoded: number[] = [];
      for (const codePoint of modelled(text)) {
        const id = ids.get(codePoint);
        if (id !== undefined) encoded.push(id);
        else for (const byte of utf8.encode(String.fromCodePoint(codePoint))) encoded.push(...halvesOf(byte));
      }
      return Int32Array.from(encoded);
    },
    decode(encoded) {
      const decoder = createDecoder(symbols);
      let text = '';
      for (const id of encoded) text += decoder.push(id);
      return text + decoder.end();
    },
    decoder: () => createDecoder(symbols),
    idOf: (codePoint) => ids.get(codePoint) ?? -1,
    toJSON: () => ({ codePoints: symbols }),
  };
}

export function isMark(codePoint: number): boolean {
  return codePoint >= FIRST_MARK;
}

/** Number of code points that are text, marks left out. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const character of text) if (!isMark(codePointOf(character))) count += 1;
  return count;
}

function halvesOf(byte: number): [number, number] {
  return [byte >> 4, HALVES + (byte & 15)];
}

/** The code points that the network sees. */
function* modelled(text: string): Generator<number> {
  // A lone surrogate cannot be written in UTF-8; this is String.prototype.toWellFormed, which ES2022 lacks.
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd').normalize('NFC');
  for (const character of wellFormed) {
    const codePoint = codePointOf(character);
    if (codePoint < 0xac00 || codePoint > 0xd7a3) yield codePoint;
    else yield* toJamo(codePoint);
  }
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
