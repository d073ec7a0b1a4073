import { pick } from '../src/starter/grammar.js';

export interface Altered {
  text: string;
  /** File names. */
  attachments: string[];
}
type Attack = (text: string, random: () => number) => Altered;

/** Which letters of a word are altered, where an attack does not need them all. */
const SHARE = 0.4;
const HIDDEN = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad'];
const MARKS = ['\u0334', '\u0335', '\u0336', '\u0337', '\u0338', '\u0353', '\u0324', '\u0330'];
const TWINS: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  j: 'ј',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
  v: 'ν',
  d: 'ԁ',
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
};
const FIGURES: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };

/** Ways to hide a text from a filter and not from a reader, one at a time; links stay, since they must work. */
export const attacks: Readonly<Record<string, Attack>> = {
  'zero-width': alter((letter, random) => (random() < SHARE ? letter + pick(HIDDEN, random) : letter)),
  homoglyphs: alter((letter) => TWINS[letter] ?? letter),
  'combining marks': alter((letter, random) =>
    random() < SHARE ? letter + pick(MARKS, random) + pick(MARKS, random) : letter,
  ),
  'spread letters': (text) =>
    said(words(text, (word) => (/^[a-z]{4,}$/i.test(word) ? [...word].join(' ') : word), '  ')),
  'spread by dots': (text) =>
    said(words(text, (word) => (/^[a-z]{4,}$/i.test(word) ? [...word].join('.') : word))),
  'right-to-left': (text) =>
    said(
      words(text, (word) =>
        /^[a-z]{3,}$/i.test(word) ? `\u202e${[...word].reverse().join('')}\u202c` : word,
      ),
    ),
  'emoji letters': (text) =>
    said(
      words(text, (word) =>
        /^[a-z]{3,}$/i.test(word) ? [...word.toLowerCase()].map(indicator).join('') : word,
      ),
    ),
  'styled letters': alter((letter) =>
    /[a-z]/.test(letter) ? String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97) : letter,
  ),
  figures: alter((letter) => FIGURES[letter] ?? letter),
  'in the file name': (text) => ({
    text: '',
    attachments: [`${text.replace(/[^\p{L}\p{N}]+/gu, '_').slice(0, 120)}.png`],
  }),
};

function alter(change: (letter: string, random: () => number) => string): Attack {
  return (text, random) =>
    said(words(text, (word) => word.replace(/[a-z]/gi, (letter) => change(letter, random))));
}

function words(text: string, change: (word: string) => string, between = ' '): string {
  return text
    .replaceAll(' ', between)
    .replace(/https?:\/\/\S+|\S+\.\S+|[^\s.,!?]+/g, (word) => (word.includes('.') ? word : change(word)));
}

function said(text: string): Altered {
  return { text, attachments: [] };
}

function indicator(letter: string): string {
  return String.fromCodePoint(0x1f1e6 + letter.charCodeAt(0) - 97);
}
