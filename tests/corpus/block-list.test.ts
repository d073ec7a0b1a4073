import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createBlockList } from '../../src/corpus/guard/block-list.js';

const matches = (entry: string, text: string, from?: number) => createBlockList([entry]).matches(text, from);

describe('the block list refuses a word however it is disguised', () => {
  test.each([
    ['as it is', 'that is bad'],
    ['in capitals', 'BAD idea'],
    ['with an accent', 'bäd'],
    ['with marks piled on', 'b̴̷a̷̶d̵'],
    ['with zero-width signs', 'b\u200ba\u200dd'],
    ['with a soft hyphen', 'ba\u00add'],
    ['in Cyrillic look-alikes', 'bаd idea'],
    ['in fullwidth letters', 'ｂａｄ'],
    ['in mathematical letters', '𝓫𝓪𝓭'],
    ['in letters of emoji', '🅱🅰🅳'],
    ['turned around', '\u202edab\u202c'],
    ['with a figure', 'b4d'],
    ['with a sign', 'b@d'],
    ['spread by spaces', 'so b a d now'],
    ['spread after another single letter', 'x b a d'],
    ['spread by dots', 'b.a.d'],
    ['spread by markdown', 'b**a**d'],
    ['spread by apostrophes', "b'a'd"],
    ['in two parts', 'ba d'],
    ['in two lines', 'ba\nd'],
    ['in parts with signs', 'b-ad'],
    ['stretched', 'baaaaad'],
    ['stretched at its end', 'baddddd!!'],
    ['with a figure behind it', 'bad2'],
    ['in quotes', "'bad'"],
    ['in markdown', '**bad**'],
    ['as a possessive', "bad's"],
    ['beside another script', 'bad입니다'],
  ])('%s', (_, text) => {
    expect(matches('bad', text)).toBe(true);
  });

  test.each([
    ['shit', 'sh1t'],
    ['shit', '$hit'],
    ['shit', 'sh!t'],
    ['shit', 'shiiiiiit'],
    ['ass', 'a55'],
    ['ass', 'assss'],
    ['lick', '1ick'],
    ['free nitro', 'FREE  nitro'],
    ['free nitro', 'freenitro'],
    ['free nitro', 'f r e e n i t r o'],
    ['free nitro', 'free\nni tro'],
    ['fuck*', 'fuckery'],
    ['*fuck', 'motherfuck'],
    ['*fuck*', 'unfuckable'],
    ['faggot', 'fag got'],
    ['плохо', 'ПЛОХО'],
    ['плохо', 'пло хо'],
    ['悪い', '彼は悪いです'],
    ['🍆', 'no 🍆 here'],
    [':)', 'well :)'],
    ['C++', 'i like c++'],
    ['1488', '14 88'],
  ])('%s in "%s"', (entry, text) => {
    expect(matches(entry, text)).toBe(true);
  });

  test.each([
    ['시발', '시발'],
    ['시발', '시발놈아'],
    ['시발', '야 시발이라고'],
    ['시발', '시 발'],
    ['시발', '시.발'],
    ['시발', '시1발'],
    ['시발', '시@발'],
    ['시발', 'ㅅㅣㅂㅏㄹ'],
    ['시발', 'ㅅㅣ발'],
    ['시발', '시ㅂㅏㄹ'],
    ['시발', '시\u200b발'],
    ['시발', '시발ㅋㅋㅋ'],
    ['ㅅㅂ', 'ㅅ ㅂ'],
    ['ㅂㅅ', 'ㅄ'],
    ['바보', '바보입니다'],
    ['개새끼', '개 새끼'],
  ])('%s in "%s"', (entry, text) => {
    expect(matches(entry, text.normalize('NFC'))).toBe(true);
  });
});

describe('the block list lets innocent words pass', () => {
  test.each([
    ['ass', 'class, assume, bass, as so, grass'],
    ['ass', 'as usual, as seen'],
    ['hell', "he'll shell out, hello"],
    ['shit', "that's hit me, it's hitting, the 90s hit, 5 hit points"],
    ['penis', 'the pen is red'],
    ['gook', 'did it go ok?'],
    ['together', 'to get her home'],
    ['nowhere', 'now here'],
    ['anal', 'an all-day analysis'],
    ['cum', 'cucumber, document, accumulate'],
    ['bad', 'badge, a bade, 40 d'],
    ['god', 'good'],
    ['ball', 'bail'],
    ['ano', 'este año'],
    ['bad', 'b, or a, or even d'],
    ['bad', 'ba------d'],
    ['fuck*', 'unfuck'],
    ['1488', '11488'],
    ['c++', 'c, a c'],
    ['lol', 'ESP32 v3, 10 km'],
    ['시발', '시발점'],
    ['시발', '다시 발송합니다'],
    ['시발', '십알'],
    ['시바', '시발'],
    ['바보', '이바보에는'],
    ['ㅅㅂ', '수박'],
  ])('%s in "%s"', (entry, text) => {
    expect(matches(entry, text)).toBe(false);
  });
});

describe('the block list', () => {
  it('refuses what ends beyond what was written before', () => {
    expect(matches('bad', 'a bad idea', 5)).toBe(false);
    expect(matches('bad', 'a bad idea', 4)).toBe(true);
    expect(matches('bad', 'so ba' + 'd', 5)).toBe(true);
  });

  it('may be empty, or have entries of nothing', () => {
    expect(createBlockList([]).matches('anything')).toBe(false);
    expect(createBlockList(['', ' ', '*', '**']).matches('anything at all *')).toBe(false);
  });

  const word = fc.stringMatching(/^[a-z]{4,8}$/);

  it('finds any word among others, in any of its disguises', () => {
    const disguise = fc.constantFrom<((word: string) => string)[]>(
      (word) => word.toUpperCase(),
      (word) => [...word].join(' '),
      (word) => [...word].join('-'),
      (word) => [...word].join('\u200b'),
      (word) => [...word].map((letter) => `${letter}\u0301`).join(''),
    );
    fc.assert(
      fc.property(word, disguise, (blocked, change) => {
        expect(matches(blocked, `,, ${change(blocked)}, ok`)).toBe(true);
      }),
    );
  });

  it('never refuses a word for a part of it', () => {
    fc.assert(
      fc.property(word, fc.stringMatching(/^[a-z]{1,5}$/), (blocked, more) => {
        fc.pre(!`${more}${blocked}`.startsWith(blocked) && !/(.)\1\1/.test(more + blocked + more));
        expect(matches(blocked, `${more}${blocked}`)).toBe(false);
        if (!(blocked + more).endsWith(blocked)) expect(matches(blocked, `${blocked}${more}`)).toBe(false);
      }),
    );
  });

  it('reads over control characters', () => {
    expect(createBlockList(['bad']).matches('x\u0000, bad ,x\u0000')).toBe(true);
  });

  it('reads anything', () => {
    const list = createBlockList(['bad', '시발', '*x*', '悪']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof list.matches(text)).toBe('boolean');
        expect(list.matches(`${text.slice(0, 5)}, bad ,${text.slice(0, 5)}`)).toBe(true);
      }),
    );
  });
});
