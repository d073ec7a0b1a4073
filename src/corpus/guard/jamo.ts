/** First, middle and last letters of Hangul as Unicode decomposes it, by code point from here. */
const FIRST = 0x1100;
const MIDDLE = 0x1161;
const LAST = 0x11a8;
const firsts = 'ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ');
const middles = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
const lasts =
  'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  );
/** Pairs that stand alone decompose to letters of old. */
const old: Readonly<Record<string, string>> = { '\u111a': 'ㄹㅎ', '\u1121': 'ㅂㅅ' };

/** The letters as they are typed, one by one: the same for 값, ㄱㅏㅄ and ㄱㅏㅂㅅ. */
export function lettersOfHangul(decomposed: string): string {
  return [...decomposed]
    .map((jamo) => {
      const code = jamo.codePointAt(0) ?? 0;
      return old[jamo] ?? lasts[code - LAST] ?? middles[code - MIDDLE] ?? firsts[code - FIRST] ?? jamo;
    })
    .join('');
}
