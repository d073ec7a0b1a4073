import { rewrite, untouched, type Traced } from './traced.js';

const MARK = /\p{M}/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const MARKED_LETTER = /\P{M}\p{M}+/gu;
const ACCENTED = /[^\0-\x7f]\p{M}*/gu;
/** Marks of no script in particular, on a sign, a blank or nothing; the box of a keycap is not among them. */
const MARKS_ON_NO_LETTER = /(?<![\p{L}\p{N}\p{M}])(?:(?![\u20e3\ufe00-\ufe0f\u200d])\p{Script=Inherited})+/gu;

/** Scripts whose accented letters are all single code points; in the others a letter may well need its marks. */
const SPARING =
  /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hangul}\p{Script=Han}\p{Script=Common}]/u;
const MOST_MARKS_IN_USE = 4;
const EMOJI = /^\p{Emoji}[\ufe0e\ufe0f]?\u20e3?$/u;

/** Takes off marks that no spelling asks for; a Latin word that had such loses its accents with them. */
export function piledMarks(source: Traced): Traced {
  if (!MARK.test(source.text)) return source;
  const words = rewrite(source, WORD, (word) => {
    if (!MARK.test(word)) return undefined;
    const spelled = rewrite(untouched(word), MARKED_LETTER, spell);
    return hasPile(word) ? rewrite(spelled, ACCENTED, withoutAccent) : spelled;
  });
  return rewrite(words, MARKS_ON_NO_LETTER, () => '');
}

function spell(cluster: string): string | undefined {
  if (EMOJI.test(cluster)) return undefined;
  const composed = [...cluster.normalize('NFC')];
  return composed.slice(0, SPARING.test(cluster) ? 1 : 1 + MOST_MARKS_IN_USE).join('');
}

function hasPile(word: string): boolean {
  return (word.match(MARKED_LETTER) ?? []).some(
    (cluster) => /^\p{Script=Latin}/u.test(cluster) && [...cluster.normalize('NFC')].length > 1,
  );
}

function withoutAccent(letter: string): string | undefined {
  return /^\p{Script=Latin}/u.test(letter) ? letter.normalize('NFD').replace(/\p{M}/gu, '') : undefined;
}
