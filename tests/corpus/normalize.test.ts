import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { normalize } from '../../src/corpus/normalize.js';

const text = (original: string) => normalize(original).text;

describe('normalize', () => {
  test.each([
    ['zero-width characters', 'fr\u200bee n\u2060it\ufeffro', 'free nitro'],
    ['soft hyphens', 'ca\u00adsino', 'casino'],
    ['tag characters', 'free\u{e0066}\u{e0072} nitro', 'free nitro'],
    ['variation selectors on letters', 'f\ufe00r\ufe0fe\u{e0100}e', 'free'],
    ['odd blanks', 'free\u00a0nitro\u2003now\u2800!', 'free nitro now !'],
    ['piled marks', 'f\u0334\u0351r\u0335\u0300e\u0336\u0301\u0317e\u0337 nitro', 'free nitro'],
    ['Cyrillic among Latin letters', 'frее nіtrо, сlаim', 'free nitro, claim'],
    ['Greek among Latin letters', 'frεε nιtrο', 'free nitro'],
    ['a word of look-alikes alone', 'а free gift for уоu', 'a free gift for you'],
    ['fullwidth letters', 'ｆｒｅｅ', 'free'],
    ['mathematical letters', '𝐟𝓻𝔢𝕖 𝙣𝚒𝗍𝘳𝑜', 'free nitro'],
    ['letters in circles and squares', 'ⓕⓡⓔⓔ 🄽🄸🅃🅁🄾 🅵🆁🅴🅴 ⒩⒤', 'free NITRO free ni'],
    ['small capitals and superscripts', 'ꜰʀᴇᴇ ⁿⁱᵗʳᵒ', 'free nitro'],
    ['regional indicators', '🇫🇷🇪🇪 n🇮tro', 'free nitro'],
    ['letters spread by spaces', 'get f r e e  n i t r o now', 'get free nitro now'],
    ['letters spread by dots and dashes', 'f.r.e.e n-i-t-r-o c * a * s * h', 'free nitro cash'],
    ['a right-to-left override', 'get \u202eortin eerf\u202c now', 'get free nitro now'],
    ['isolates', '\u2067free\u2069 \u2066nitro\u2069', 'free nitro'],
    ['figures for letters', 'fr33 n1tr0, FR33 M0N3Y, c1aim', 'free nitro, FREE MONEY, claim'],
    ['one disguise inside another', 'ｆ\u200b.\u200br.е.3', 'free'],
  ])('sees through %s', (_, original, read) => {
    expect(text(original)).toBe(read);
  });

  test.each([
    ['accents', 'Où est le café? Übergröße, naïve, Trần Đại Nghĩa, śćżń'],
    ['Russian', 'Но он сам хорошо поёт, а это ещё не всё'],
    ['a Russian word of look-alikes', 'хорошо, а тут Discord'],
    ['one word of look-alikes', 'хаха'],
    ['Greek', 'Το όνομα και η αρχή'],
    ['units and formulas', '5 μm at 50 kΩ, λx.x, Δt'],
    ['Korean', '이 거 왜 안 돼 ㅋㅋ ㅠㅠ 한국어'],
    ['Japanese and Chinese', 'これはペンです。你好，世界'],
    ['Arabic with its vowels', 'السَّلَامُ عَلَيْكُمْ'],
    ['Persian with its joiner', 'می\u200cخواهم'],
    ['Hindi', 'हिन्दी क्\u200dष'],
    ['Thai', 'ที่นี่ไม่มีน้ำ'],
    ['Hebrew', 'שָׁלוֹם'],
    ['emoji', '❤️ 👨‍👩‍👧 👍🏽 🏳️‍🌈 1️⃣ 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 🅱️ ℹ️'],
    ['flags', '🇫🇷 and 🇰🇷 🇨🇦🇺🇸'],
    ['links', 'https://example.com/fr33/n1tr0?a=b-c-d-e&x=p0rn'],
    ['mentions and custom emoji', '<@123> <:fr33:456>'],
    ['names with figures', 'b2b 4pm 2nd 100m 10st mp3 esp32 nrf52840 h264 v1.2.3 RAK4631 t1000 2m'],
    ['lists', 'a b c, x y, option A B C D E, 1 2 3 4 5, e.g. i.e. U.S.A.'],
    ['capitals', 'FREE Nitro WOW'],
  ])('leaves %s alone', (_, original) => {
    expect(text(original)).toBe(original);
  });

  it('says where each unit came from', () => {
    // g=0 f=1 .=2 r=3 .=4 e=5 .=6 e=7: with the space before, everything moves by one.
    const { text: read, origin } = normalize('a f.r.e.e 🇫🇷🇪!');
    expect(read).toBe('a free fre!');
    expect([...origin]).toEqual([0, 1, 2, 4, 6, 8, 9, 10, 12, 14, 16]);
    // The override stands at 0; shown are the letters at 4, 3, 2, 1.
    expect([...normalize('\u202eeerf').origin]).toEqual([4, 3, 2, 1]);
  });

  const anything = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'fre.e -е0а31$🇫🇷аmk\u200b\u202e\u202c\u0301\u0336\ufe0f\u200dＡ𝐟ⓕ🅰❤ا한க\n'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 60,
  });

  it('finds nothing left to do the second time', () => {
    fc.assert(
      fc.property(anything, (original) => {
        const once = text(original);
        expect(text(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives each unit one place in the original', () => {
    fc.assert(
      fc.property(anything, (original) => {
        const { text: read, origin } = normalize(original);
        expect(origin).toHaveLength(read.length);
        for (const at of origin) expect(at >= 0 && at < original.length).toBe(true);
        if (read === original)
          expect([...origin]).toEqual([...original].flatMap((c) => [...c.split('')]).map((_, at) => at));
      }),
    );
  });

  it('leaves what ASCII has no disguises in', () => {
    const plain = fc.array(fc.stringMatching(/^[A-Za-z]{2,10}$/)).map((words) => words.join(' '));
    fc.assert(
      fc.property(plain, (original) => {
        expect(text(original)).toBe(original);
      }),
    );
  });

  test.each([
    ['a', 'a'],
    ['spread', 'f r '],
    ['dotted', 'a.'],
    ['marks', '\u0301'],
    ['override', '\u202e'],
    ['figures', 'a1'],
    ['Cyrillic', 'а'],
    ['joiner', '❤\u200d'],
    ['flag', '🇫'],
    ['words', 'free 3 n1tro '],
  ])('reads a megabyte of %s through', (_, unit) => {
    expect(normalize(unit.repeat(1_000_000 / unit.length)).text.length).toBeLessThanOrEqual(1_000_000);
  });
});
