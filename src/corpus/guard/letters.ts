import { unmask } from '../normalize.js';
import { lettersOfHangul } from './jamo.js';

/** Of which kind a letter is: it decides where words begin. Figures count as letters. */
export type Kind = 'letter' | 'hangul' | 'unspaced' | 'picture';
/** What stands before a letter: nothing, an apostrophe, something short, or more than anyone would read over. */
export type Gap = 'none' | 'soft' | 'gap' | 'wide';

/** The letters of a text as they are compared, one UTF-16 unit each, and where they stand. */
export interface Letters {
  text: string;
  gap: readonly Gap[];
  kind: readonly Kind[];
  /** Whether it is the first of its character: a Hangul syllable has several letters. */
  begins: readonly boolean[];
  /** In the text that was asked about. */
  place: readonly number[];
  /** The text from a letter on. */
  rest: (at: number) => string;
}

const WIDEST_GAP = 4;
const SOFT = /^['’‘ʼ`´]$/;
const INVISIBLE = /^[\p{M}\p{Default_Ignorable_Code_Point}\u{1f3fb}-\u{1f3ff}]$/u;
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Letters that Unicode does not decompose. */
const BASES: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ı: 'i', æ: 'ae', œ: 'oe' };

/** Words of letters and figures, or signs that pass for letters. */
const MIXED = /\p{L}[0-9$@]|[0-9$@]\p{L}|\p{L}[!|]+\p{L}/u;
const WORD = /[\p{L}\p{N}$@!|]+/gu;
const SIGN = /[0-9$@]|[!|](?=[\p{L}\p{N}])/gu;
const FIGURES: Readonly<Record<string, string>> = {
  0: 'o',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  9: 'g',
  $: 's',
  '@': 'a',
};

/** The ways to read a text: as it is, and where words have figures in them, without these and with letters for them. */
export function readingsOf(original: string): Letters[] {
  const { text, origin } = unmask(original);
  if (!MIXED.test(text)) return [lettersOf(text, origin)];
  const readings = ["'", 'i', 'l'].map((one) =>
    text.replace(WORD, (word) =>
      /\p{L}/u.test(word)
        ? word.replace(SIGN, (sign) =>
            one === "'" ? one : (FIGURES[sign] ?? (/[1!|]/.test(sign) ? one : sign)),
          )
        : word,
    ),
  );
  return [text, ...new Set(readings)].map((reading) => lettersOf(reading, origin));
}

/** @param origin where each unit of the text stands in the one that is asked about; without, they are the same */
export function lettersOf(text: string, origin?: ArrayLike<number>): Letters {
  const [gap, kind, begins, places]: [Gap[], Kind[], boolean[], number[]] = [[], [], [], []];
  let letters = '';
  let between = 0;
  let isSoft = true;
  for (let at = 0; at < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const { folded, kind: itsKind } = fold(character);
    if (folded === '') {
      if (!INVISIBLE.test(character)) {
        between += 1;
        isSoft &&= SOFT.test(character);
      }
    } else {
      for (let unit = 0; unit < folded.length; unit++) {
        gap.push(
          unit > 0 || between === 0 ? 'none' : isSoft ? 'soft' : between <= WIDEST_GAP ? 'gap' : 'wide',
        );
        kind.push(itsKind);
        begins.push(unit === 0);
        places.push(at);
      }
      letters += folded;
      between = 0;
      isSoft = true;
    }
    at += character.length;
  }
  return {
    text: letters,
    gap,
    kind,
    begins,
    place: origin === undefined ? places : places.map((at) => origin[at]),
    rest: (at) => text.slice(places[at]),
  };
}

/** Of a text with letters written three times and more, also what it may stand for: these once, or twice. */
export function stretched(letters: Letters): Letters[] {
  if (!/(.)\1\1/u.test(letters.text)) return [letters];
  return [letters, atMost(1, letters), atMost(2, letters)];
}

function atMost(times: number, letters: Letters): Letters {
  const { text, gap } = letters;
  const kept: number[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + 1;
    while (end < text.length && text[end] === text[start] && gap[end] === 'none') end += 1;
    const length = end - start < 3 ? end - start : times;
    for (let at = start; at < start + length; at++) kept.push(at);
  }
  return {
    text: kept.map((at) => text[at]).join(''),
    gap: kept.map((at) => gap[at]),
    kind: kept.map((at) => letters.kind[at]),
    begins: kept.map((at) => letters.begins[at]),
    place: kept.map((at) => letters.place[at]),
    rest: (at) => letters.rest(kept[at]),
  };
}

interface Folded {
  folded: string;
  kind: Kind;
}

const known = new Map<string, Folded>();

function fold(character: string): Folded {
  let folded = known.get(character);
  if (folded === undefined) {
    folded = { folded: lettersIn(character), kind: kindOf(character) };
    known.set(character, folded);
  }
  return folded;
}

function lettersIn(character: string): string {
  const decomposed = character.normalize('NFKD').toLowerCase();
  if (decomposed === 'n\u0303') return 'ñ';
  if (/^\p{Script=Hangul}/u.test(character)) return lettersOfHangul(decomposed);
  if (/^\p{Extended_Pictographic}/u.test(character)) return character;
  return (decomposed.match(/[\p{L}\p{N}]/gu) ?? []).map((letter) => BASES[letter] ?? letter).join('');
}

function kindOf(character: string): Kind {
  if (/^\p{Script=Hangul}/u.test(character)) return 'hangul';
  if (UNSPACED.test(character)) return 'unspaced';
  return /^\p{Extended_Pictographic}/u.test(character) ? 'picture' : 'letter';
}
