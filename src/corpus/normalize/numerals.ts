import { knownWords } from './known-words.js';
import { rewrite, untouched, type Traced } from './traced.js';

const LINK_OR_TAG = String.raw`(?:https?:\/\/|www\.)\S+|<[^<>\s]+>`;
const MIXED = String.raw`(?<![\p{L}\p{N}_@$./-])(?=[0-9$@]{0,12}[a-z])[a-z0-9$](?:[a-z0-9$@!|]{1,22}[a-z0-9])(?![\p{L}\p{N}_@$/-])`;
const LINK_OR_WORD = new RegExp(`${LINK_OR_TAG}|${MIXED}`, 'giu');
const LETTERS: Record<string, string> = {
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
const SIGN = /[0-9$@!|]/g;

/** Letters for the figures in a word that is one of the known when read so: "fr33" but not "esp32", "4pm", "b2b". */
export function numerals(source: Traced): Traced {
  return rewrite(source, LINK_OR_WORD, (match) => {
    if (isFigure(match)) return undefined;
    const word = ['i', 'l'].map((one) => read(match, one)).find((one) => knownWords.has(one.toLowerCase()));
    return word === undefined || word === match ? undefined : untouched(word);
  });
}

/** Mostly figures, or as many as letters and a figure first: 100m, 10st. */
function isFigure(match: string): boolean {
  const figures = match.replace(/[a-z]/gi, '').length;
  return 2 * figures > match.length || (2 * figures === match.length && /^[0-9]/.test(match));
}

/** A figure 1 is read as the given letter; one unit for one unit. */
function read(word: string, one: string): string {
  const isShouted = !/[a-z]/.test(word);
  const plain = word.replace(SIGN, (sign) => LETTERS[sign] ?? (/[1!|]/.test(sign) ? one : sign));
  return isShouted ? plain.toUpperCase() : plain;
}
