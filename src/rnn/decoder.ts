import { BEGIN, FIRST_CHARACTER, HALVES } from './symbols.js';
import { awaitsJamo, composeHangul } from './hangul.js';

const REPLACEMENT = 0xfffd;

/** Turns symbols into text as they come, giving out only code points that later symbols cannot change. */
export interface Decoder {
  /** Whether this symbol would begin a character, not go on with the one in hand. Each character is begun once. */
  begins(id: number): boolean;
  /** The text that this symbol completes: often one code point, sometimes none. */
  push(id: number): string;
  /** The rest: an unfinished byte sequence becomes U+FFFD. The decoder is as new afterwards. */
  end(): string;
}

/**
 * A decoder of symbols, for a vocabulary of these code points. A model may sample half-bytes that make no UTF-8: each
 * ill-formed run of bytes becomes one U+FFFD, as in the WHATWG decoder, and so does a half without its other half.
 */
export function createDecoder(codePoints: readonly number[]): Decoder {
  const utf8 = createUtf8();
  let held = -1;

  // Jamo wait here until the syllable is complete.
  const compose = (codePoint: number): string => {
    if (held < 0) {
      if (!awaitsJamo(codePoint)) return String.fromCodePoint(codePoint);
      held = codePoint;
      return '';
    }
    const syllable = composeHangul(held, codePoint);
    const before = syllable < 0 ? String.fromCodePoint(held) : '';
    const next = syllable < 0 ? codePoint : syllable;
    held = awaitsJamo(next) ? next : -1;
    return held < 0 ? before + String.fromCodePoint(next) : before;
  };

  // The high half of a byte waits here for the low one.
  let half = -1;

  const breakOff = (): string => {
    const text = half >= 0 || utf8.pending() ? compose(REPLACEMENT) : '';
    half = -1;
    utf8.clear();
    return text;
  };

  return {
    begins(id) {
      if (id >= FIRST_CHARACTER) {
        const breaksOff = half >= 0 || utf8.pending();
        return breaksOff || held < 0 || composeHangul(held, codePoints[id - FIRST_CHARACTER]) < 0;
      }
      if (id < HALVES) return half >= 0 || !utf8.awaits(id);
      return id !== BEGIN && half < 0;
    },
    push(id) {
      if (id === BEGIN) return '';
      if (id >= FIRST_CHARACTER) return breakOff() + compose(codePoints[id - FIRST_CHARACTER] ?? REPLACEMENT);
      if (id < HALVES) {
        const text = half >= 0 ? breakOff() : '';
        half = id;
        return text;
      }
      if (half < 0) return breakOff() + compose(REPLACEMENT);
      const byte = (half << 4) | (id - HALVES);
      half = -1;
      return utf8.push(byte).map(compose).join('');
    },
    end() {
      const text = breakOff();
      const rest = held < 0 ? '' : String.fromCodePoint(held);
      held = -1;
      return text + rest;
    },
  };
}

/** Bytes to code points, by the table of well-formed sequences (The Unicode Standard, table 3-7). */
function createUtf8() {
  let codePoint = 0;
  let needed = 0;
  // The second byte's range is narrower after some first bytes: no overlong forms, no surrogates, nothing above U+10FFFF.
  let lowest = 0x80;
  let highest = 0xbf;

  const clear = () => {
    needed = 0;
    lowest = 0x80;
    highest = 0xbf;
  };
  const first = (byte: number): number[] => {
    if (byte < 0x80) return [byte];
    if (byte < 0xc2 || byte > 0xf4) return [REPLACEMENT];
    needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    codePoint = byte & (0x3f >> needed);
    if (byte === 0xe0) lowest = 0xa0;
    if (byte === 0xed) highest = 0x9f;
    if (byte === 0xf0) lowest = 0x90;
    if (byte === 0xf4) highest = 0x8f;
    return [];
  };
  return {
    clear,
    pending: () => needed > 0,
    /** Whether a byte with this high half may come next. The ranges end at whole halves, so the low one does not matter. */
    awaits: (high: number) => needed > 0 && high >= lowest >> 4 && high <= highest >> 4,
    push(byte: number): number[] {
      if (needed === 0) return first(byte);
      if (byte < lowest || byte > highest) {
        clear();
        return [REPLACEMENT, ...first(byte)];
      }
      codePoint = (codePoint << 6) | (byte & 0x3f);
      lowest = 0x80;
      highest = 0xbf;
      needed -= 1;
      return needed === 0 ? [codePoint] : [];
    },
  };
}
