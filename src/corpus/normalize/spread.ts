import { rewrite, untouched, type Traced } from './traced.js';

const ONE = String.raw`[\p{Lu}\p{Ll}\p{Nd}@$]`;
const INSIDE = String.raw`[\p{L}\p{Nd}]`;
/** Single letters with always the same between them; a gap wider than that is between words. */
const BY_SPACES = new RegExp(`(?<!${INSIDE})${ONE}(?: {1,4}${ONE})+(?!${INSIDE})`, 'gu');
const BY_SIGNS = new RegExp(
  String.raw`(?<!${INSIDE})${ONE}( ?[.\-_*·•|~] ?)${ONE}(?:\1${ONE})+(?!${INSIDE})`,
  'gu',
);
const FEWEST_LETTERS = 3;
const FEWEST = 4;

/** Joins letters spread by spaces, dots or dashes: "f r e e", "f.r.e.e"; not "a b c", figures, or the alphabet itself. */
export function joinSpread(source: Traced): Traced {
  const joined = rewrite(source, BY_SIGNS, (run) =>
    isWord(run) ? only(run, /[^\p{L}\p{Nd}@$]+/gu, '') : undefined,
  );
  return rewrite(joined, BY_SPACES, (run) =>
    isWord(run) ? rewrite(only(run, /(?<! ) (?! )/g, ''), / {2,}/g, () => ' ') : undefined,
  );
}

function only(run: string, separator: RegExp, by: string): Traced {
  return rewrite(untouched(run), separator, () => by);
}

/** Enough letters, more of them than figures, and no list such as A B C D. */
function isWord(run: string): boolean {
  const letters = run.match(/\p{L}/gu) ?? [];
  const figures = run.match(/\p{Nd}/gu) ?? [];
  return (
    letters.length >= FEWEST_LETTERS &&
    letters.length + figures.length >= FEWEST &&
    letters.length > figures.length &&
    !isAlphabetical(letters)
  );
}

function isAlphabetical(letters: readonly string[]): boolean {
  return letters.every(
    (letter, at) => at === 0 || letter.charCodeAt(0) === letters[at - 1].charCodeAt(0) + 1,
  );
}
