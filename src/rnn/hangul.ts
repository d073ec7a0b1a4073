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

/** The two or three jamo of a syllable; any other code point alone. */
export function toJamo(codePoint: number): number[] {
  const index = codePoint - SYLLABLE;
  if (index < 0 || index >= SYLLABLES) return [codePoint];
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

function isLeading(codePoint: number): boolean {
  return codePoint >= LEADING && codePoint < LEADING + LEADINGS;
}

/** A syllable that ends in its vowel. */
function isOpenSyllable(codePoint: number): boolean {
  const index = codePoint - SYLLABLE;
  return index >= 0 && index < SYLLABLES && index % TRAILINGS === 0;
}
