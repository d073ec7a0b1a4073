import { unmask } from '../normalize.js';
import { lettersOfHangul } from './jamo.js';

/** The letters of a text as they are compared, one UTF-16 unit each, and where they stand. */
export interface Letters {
  text: string;
  /** What stands before each: a Gap. */
  gap: Uint8Array;
  /** Of which Kind each is. */
  kind: Uint8Array;
  /** 1 for the first letter of a character: a Hangul syllable has several. */
  begins: Uint8Array;
  /** In the text that was asked about. */
  place: Int32Array;
  /** The text from a letter on. */
  rest: (at: number) => string;
}

/** Nothing, an apostrophe, something short, or more than anyone would read over. */
export const Gap = { none: 0, soft: 1, short: 2, wide: 3 } as const;
/** It decides where words begin. Figures count as letters. */
export const Kind = { letter: 0, hangul: 1, unspaced: 2, picture: 3 } as const;

const WIDEST_GAP = 4;
/** Of one character: a syllable has six at most, a word in one sign may have more. */
const MOST_LETTERS = 6;
const ASCII = /^[\0-\x7f]*$/;
const SOFT = "'’‘ʼ`´";
const INVISIBLE = /^[\p{M}\p{Default_Ignorable_Code_Point}\u{1f3fb}-\u{1f3ff}]$/u;
const HANGUL = /^\p{Script=Hangul}/u;
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PICTURE = /^\p{Extended_Pictographic}/u;
/** Letters that Unicode does not decompose. */
const BASES: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
};

/** Words of letters and figures, or signs that pass for letters. */
const MIXED = /\p{L}[0-9$@]|[0-9$@]\p{L}|\p{L}[!|]+\p{L}/u;
const WORD = /[\p{L}\p{N}$@!|]+/gu;
const SIGN = /[0-9$@]|[!|](?=[\p{L}\p{N}])/gu;
const FIGURES = new Map(
  Object.entries({ 0: 'o', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g', $: 's', '@': 'a' }),
);

/** The ways to read a text: as it is, and where words have figures in them, without these and with letters for them. */
export function readingsOf(original: string): Letters[] {
  const { text, origin } = unmask(original);
  if (!MIXED.test(text)) return [lettersOf(text, origin)];
  const withoutFigures = replaceFigures(text, () => "'");
  const withLetters = ['i', 'l'].map((one) =>
    replaceFigures(text, (sign) => FIGURES.get(sign) ?? (/[1!|]/.test(sign) ? one : sign)),
  );
  return [...new Set([text, withoutFigures, ...withLetters])].map((reading) => lettersOf(reading, origin));
}

/** In words that have letters; one unit for one unit. */
function replaceFigures(text: string, by: (sign: string) => string): string {
  return text.replace(WORD, (word) => (/\p{L}/u.test(word) ? word.replace(SIGN, by) : word));
}

/** @param origin where each unit of the text stands in the one that is asked about; without, they are the same */
export function lettersOf(text: string, origin?: Int32Array): Letters {
  const size = text.length * (ASCII.test(text) ? 1 : MOST_LETTERS);
  const [gap, kind, begins] = [new Uint8Array(size), new Uint8Array(size), new Uint8Array(size)];
  const [place, within] = [new Int32Array(size), new Int32Array(size)];
  let letters = '';
  let count = 0;
  let signs = 0;
  let isSoft = true;
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0;
    const { folded, itsKind, sign } = fold(code);
    if (folded === '') {
      signs += sign === 'none' ? 0 : 1;
      isSoft &&= sign !== 'hard';
    } else {
      gap[count] = signs === 0 ? Gap.none : isSoft ? Gap.soft : signs <= WIDEST_GAP ? Gap.short : Gap.wide;
      begins[count] = 1;
      letters += folded;
      for (let unit = 0; unit < folded.length; unit++, count++) {
        kind[count] = itsKind;
        place[count] = origin === undefined ? at : origin[at];
        within[count] = at;
      }
      signs = 0;
      isSoft = true;
    }
    at += code > 0xffff ? 2 : 1;
  }
  return { text: letters, gap, kind, begins, place, rest: (at) => text.slice(within[at]) };
}

/** Of a text with letters written three times and more, also what it may stand for: these once, or twice. */
export function stretched(letters: Letters): Letters[] {
  if (!/(\p{L})\1\1/u.test(letters.text)) return [letters];
  return [letters, atMost(1, letters), atMost(2, letters)];
}

function atMost(times: number, { text, gap, kind, begins, place, rest }: Letters): Letters {
  const kept = new Int32Array(text.length);
  let written = '';
  let count = 0;
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + 1;
    while (end < text.length && text.charCodeAt(end) === text.charCodeAt(start) && gap[end] === Gap.none)
      end += 1;
    const length = end - start < 3 ? end - start : times;
    for (let at = start; at < start + length; at++) kept[count++] = at;
    written += text.slice(start, start + length);
  }
  const chosen = kept.subarray(0, count);
  return {
    text: written,
    gap: new Uint8Array(chosen.map((at) => gap[at])),
    kind: new Uint8Array(chosen.map((at) => kind[at])),
    begins: new Uint8Array(chosen.map((at) => begins[at])),
    place: chosen.map((at) => place[at]),
    rest: (at) => rest(kept[at]),
  };
}

interface Folded {
  folded: string;
  itsKind: number;
  /** Of what is no letter: whether it separates letters. */
  sign: 'none' | 'soft' | 'hard';
}

const known = new Map<number, Folded>();
const ascii = Array.from({ length: 0x80 }, (_, code) => foldOnce(code));

function fold(code: number): Folded {
  if (code < ascii.length) return ascii[code];
  let folded = known.get(code);
  if (folded === undefined) {
    folded = foldOnce(code);
    known.set(code, folded);
  }
  return folded;
}

function foldOnce(code: number): Folded {
  const character = String.fromCodePoint(code);
  return { folded: lettersIn(character), itsKind: kindOf(character), sign: signOf(character) };
}

function lettersIn(character: string): string {
  const decomposed = character.normalize('NFKD').toLowerCase();
  if (decomposed === 'n\u0303') return 'ñ';
  if (HANGUL.test(character)) return lettersOfHangul(decomposed).slice(0, MOST_LETTERS);
  if (PICTURE.test(character)) return character;
  const letters = (decomposed.match(/[\p{L}\p{N}]/gu) ?? []).map((letter) => BASES[letter] ?? letter);
  return letters.join('').slice(0, MOST_LETTERS);
}

function kindOf(character: string): number {
  if (HANGUL.test(character)) return Kind.hangul;
  if (UNSPACED.test(character)) return Kind.unspaced;
  return PICTURE.test(character) ? Kind.picture : Kind.letter;
}

function signOf(character: string): Folded['sign'] {
  if (INVISIBLE.test(character)) return 'none';
  return SOFT.includes(character) ? 'soft' : 'hard';
}
