import { readCodePoints, type TextReader } from './code-points.js';
import { createDecoder, type Decoder } from './decoder.js';
import { createSymbolList, FIRST_CHARACTER, HALVES, MAX_SYMBOLS, type Symbols } from './symbols.js';

/** What marks the first byte of a character in UTF-8, by the number of bytes that follow it. */
const UTF8_LEAD = [0, 0xc0, 0xe0, 0xf0];

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
  encode(text: string): Symbols;
  /** The same for a text in pieces: its symbols do not depend on where it was cut. */
  encoder(): TextReader<Symbols>;
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
  const reader = learnVocabulary(limits);
  for (const text of texts) reader.push(text);
  return reader.end();
}

/** The vocabulary of a training text that is too long to be had at once. */
export function learnVocabulary(limits: VocabularyLimits = {}): TextReader<Vocabulary> {
  const counts = new Map<number, number>();
  const { push, end } = readCodePoints((codePoint) =>
    counts.set(codePoint, (counts.get(codePoint) ?? 0) + 1),
  );
  return {
    push,
    end() {
      end();
      return createVocabulary(choose(counts, limits));
    },
  };
}

/** The code points that get a symbol: those there were before, then the most frequent, then the marks. */
function choose(counts: Map<number, number>, limits: VocabularyLimits): number[] {
  let total = 0;
  for (const count of counts.values()) total += count;
  const { minCount = Math.max(3, total / 50_000), maxSize = 2048, grown } = limits;
  const old = grown?.codePoints ?? [];
  for (const codePoint of old) counts.delete(codePoint);
  const byCount = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b);
  const most = MAX_SYMBOLS - FIRST_CHARACTER - old.length;
  const marks = byCount.filter(([codePoint]) => isMark(codePoint)).slice(0, most);
  const room = Math.max(0, Math.min(maxSize - FIRST_CHARACTER - old.length, most) - marks.length);
  const frequent = byCount
    .filter(([codePoint, count]) => !isMark(codePoint) && count >= minCount)
    .slice(0, room);
  return [...old, ...[...frequent, ...marks].map(([codePoint]) => codePoint)];
}

/**
 * A vocabulary of exactly these code points, in this order.
 * @throws RangeError when they are more than MAX_SYMBOLS leaves room for
 */
export function createVocabulary(codePoints: readonly number[]): Vocabulary {
  const symbols = Object.freeze([...codePoints]);
  const size = FIRST_CHARACTER + symbols.length;
  if (size > MAX_SYMBOLS) throw new RangeError(`a vocabulary has at most ${MAX_SYMBOLS} symbols`);
  const ids = new Map(symbols.map((codePoint, index) => [codePoint, FIRST_CHARACTER + index]));

  const encoder = (): TextReader<Symbols> => {
    const encoded = createSymbolList();
    const { push, end } = readCodePoints((codePoint) => {
      const id = ids.get(codePoint);
      if (id !== undefined) encoded.push(id);
      else spell(codePoint, encoded.push);
    });
    return {
      push,
      end() {
        end();
        return encoded.join();
      },
    };
  };

  return {
    size,
    codePoints: symbols,
    encode(text) {
      const { push, end } = encoder();
      push(text);
      return end();
    },
    encoder,
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

/** Writes the halves of the bytes of a code point's UTF-8. Plain arithmetic: some texts are spelled throughout. */
function spell(codePoint: number, write: (symbol: number) => void): void {
  const writeByte = (byte: number) => {
    write(byte >> 4);
    write(HALVES + (byte & 15));
  };
  const following = codePoint < 0x80 ? 0 : codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
  writeByte(UTF8_LEAD[following] | (codePoint >> (6 * following)));
  for (let left = following - 1; left >= 0; left--) writeByte(0x80 | ((codePoint >> (6 * left)) & 0x3f));
}
