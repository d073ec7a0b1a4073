import unhomoglyph from 'unhomoglyph';
import { rewrite, untouched, type Traced } from './traced.js';

const FOREIGN =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/gu;
const ANY_FOREIGN = new RegExp(FOREIGN.source, 'u');
const WORD = /[\p{L}\p{N}]+/gu;
const LATIN = /[a-z]/i;

/** Letters that look the same, after Unicode's list of confusables. */
const twins = twinsOf([
  [0x370, 0x3ff],
  [0x400, 0x52f],
  [0x531, 0x58f],
  [0x13a0, 0x13fd],
  [0x2c80, 0x2cff],
  [0xa4d0, 0xa4f7],
]);
/** Letters that pass for Latin ones only among Latin ones; those of units and formulas (μ, Ω, λ, π) are not here. */
const cousins = pairs('кнвмтипгьязёєКНВМТЯИЗІЅӀηωτκεσςχβάέήίόΙ', 'khbmtunrbreeeKHBMTRNEISInwtkeosxbaenioI');

/**
 * Latin letters for look-alikes in words that mix alphabets, and in words made of look-alikes alone where all else is
 * Latin: "раypal", and "а" in "а gift", but no word of a Russian or Greek sentence.
 */
export function lookAlikes(source: Traced): Traced {
  if (!ANY_FOREIGN.test(source.text)) return source;
  const words = source.text.match(WORD) ?? [];
  const amongLatin = words.some((word) => LATIN.test(word)) && !words.some(isForeign);
  return rewrite(source, WORD, (word) =>
    ANY_FOREIGN.test(word) && (amongLatin || LATIN.test(word)) ? latinized(word) : undefined,
  );
}

/** Whether a word can only be of another alphabet. */
function isForeign(word: string): boolean {
  return !LATIN.test(word) && [...word].some((letter) => ANY_FOREIGN.test(letter) && !twins.has(letter));
}

function latinized(word: string): Traced {
  return rewrite(untouched(word), FOREIGN, (letter) => cousins.get(letter) ?? twins.get(letter));
}

function pairs(letters: string, looks: string): Map<string, string> {
  return new Map([...letters].map((letter, at) => [letter, looks[at]]));
}

function twinsOf(ranges: readonly (readonly [number, number])[]): Map<string, string> {
  const letters = ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => String.fromCharCode(first + at)),
  );
  const looks = unhomoglyph(letters.join('\n')).split('\n');
  return new Map(
    letters.map((letter, at) => [letter, looks[at]] as const).filter(([, look]) => /^[a-z]$/i.test(look)),
  );
}
