// Hangul syllables are arithmetic (The Unicode Standard, section 3.12): a leading consonant, a vowel, and perhaps a
// trailing consonant. 11,172 syllables are thus 67 jamo, which is what makes Korean learnable from little text.

const SYLLABLE = 0xac00;
const LEADING = 0x1100;
const VOWEL = 0x1161;
const TRAILING = 0x11a7; // one before the first: 0 means that there is none
const VOWELS = 21;
const TRAILINGS = 28;
const LEADINGS = 19;
const SYLLABLES = LEADINGS * VOWELS * TRAILINGS;

export function isSyllable(codePoint: number): boolean {
  return codePoint >= SYLLABLE && codePoint < SYLLABLE + SYLLABLES;
}

/** The two or three jamo of a syllable. */
export function toJamo(syllable: number): number[] {
  const index = syllable - SYLLABLE;
  const leading = LEADING + Math.floor(index / (VOWELS * TRAILINGS));
  const vowel = VOWEL + (Math.floor(index / TRAILINGS) % VOWELS);
  const trailing = index % TRAILINGS;
  return trailing === 0 ? [leading, vowel] : [leading, vowel, TRAILING + trailing];
}

/** The code point that two adjacent ones compose to, or -1 when they stay apart. */
export function composeHangul(first: number, second: number): number {
  if (isLeading(first) && second >= VOWEL && second < VOWEL + VOWELS) {
    return SYLLABLE + ((first - LEADING) * VOWELS + (second - VOWEL)) * TRAILINGS;
  }
  if (isOpenSyllable(first) && second > TRAILING && second < TRAILING + TRAILINGS) {
    return first + (second - TRAILING);
  }
  return -1;
}

/** Whether a code point may still grow into a syllable by the next one. */
export function awaitsJamo(codePoint: number): boolean {
  return isLeading(codePoint) || isOpenSyllable(codePoint);
}

/** Vowels and trailing consonants: what may complete a syllable begun before. */
export function isCompletingJamo(codePoint: number): boolean {
  return codePoint >= VOWEL && codePoint < TRAILING + TRAILINGS;
}

/** Parts of syllables, as a decomposed text has them. */
export function isJamo(codePoint: number): boolean {
  return isLeading(codePoint) || isCompletingJamo(codePoint);
}

function isLeading(codePoint: number): boolean {
  return codePoint >= LEADING && codePoint < LEADING + LEADINGS;
}

/** A syllable that ends in its vowel. */
function isOpenSyllable(codePoint: number): boolean {
  return isSyllable(codePoint) && (codePoint - SYLLABLE) % TRAILINGS === 0;
}
