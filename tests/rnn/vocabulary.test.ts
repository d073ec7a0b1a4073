import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIRST_CHARACTER } from '../../src/rnn/symbols.js';
import { buildVocabulary, countCharacters, createVocabulary, isMark } from '../../src/rnn/vocabulary.js';

const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd').normalize('NFC');

/** Any UTF-16 at all, lone surrogates, jamo and combining marks among it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.array(fc.integer({ min: 0x1100, max: 0x11ff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom('각', '가', 'ᄀ', 'ᅡ', 'ᆨ', 'e', '\u0301', '👩🏽‍🚀', '🇰🇷', 'ﷺ', '\0', '\ud83d', '\ude00'),
    )
    .map((parts) => parts.join('')),
);

describe('a vocabulary', () => {
  test('encodes any string, and gives it back in NFC', () => {
    fc.assert(
      fc.property(anyText, anyText, (corpus, text) => {
        const vocabulary = buildVocabulary([corpus], { minCount: 1 });
        const ids = vocabulary.encode(text);
        expect(ids.every((id) => id >= 0 && id < vocabulary.size)).toBe(true);
        expect(vocabulary.decode(ids)).toBe(wellFormed(text));
      }),
      { numRuns: 500 },
    );
  });

  test('writes Hangul as jamo: 한 is ㅎ, ㅏ, ㄴ, and 67 jamo cover every syllable', () => {
    const everySyllable = Array.from({ length: 11_172 }, (_, index) =>
      String.fromCodePoint(0xac00 + index),
    ).join('');
    const vocabulary = buildVocabulary([everySyllable]);
    expect(vocabulary.size).toBe(FIRST_CHARACTER + 19 + 21 + 27);
    expect(vocabulary.encode('한')).toHaveLength(3);
    expect(vocabulary.encode('하')).toHaveLength(2);
    expect(vocabulary.decode(vocabulary.encode(everySyllable))).toBe(everySyllable);
  });

  test('spells what it lacks in UTF-8: the high half of each byte, then 16 plus the low half', () => {
    const vocabulary = createVocabulary([0x61]);
    const spelled = (...bytes: number[]) => bytes.flatMap((byte) => [byte >> 4, 16 + (byte & 15)]);
    expect([...vocabulary.encode('aé🦉')]).toEqual([
      FIRST_CHARACTER,
      ...spelled(0xc3, 0xa9, 0xf0, 0x9f, 0xa6, 0x89),
    ]);
  });

  test('takes the frequent characters, the most frequent first, and every mark', () => {
    const mark = '\u{100007}';
    const vocabulary = buildVocabulary(['bbbb aaa', ` cc${mark}`], { minCount: 2 });
    expect(vocabulary.codePoints).toEqual([0x62, 0x61, 0x20, 0x63, 0x100007]);
    expect(
      buildVocabulary([`bbbb aaa cc${mark}`], { minCount: 2, maxSize: FIRST_CHARACTER + 2 }).codePoints,
    ).toEqual([0x62, 0x100007]);
    expect(vocabulary.idOf(0x100007)).toBe(FIRST_CHARACTER + 4);
    expect(vocabulary.idOf(0x7a)).toBe(-1);
  });

  test('survives JSON', () => {
    const vocabulary = buildVocabulary(['여보세요 hello 🦉'], { minCount: 1 });
    const { codePoints } = JSON.parse(JSON.stringify(vocabulary)) as { codePoints: number[] };
    expect(createVocabulary(codePoints).encode('hello 요')).toEqual(vocabulary.encode('hello 요'));
  });
});

test('marks are not counted as characters', () => {
  expect(countCharacters('\u{100001}héllo 🦉\u{10fffd}')).toBe(7);
  expect(isMark(0x100000)).toBe(true);
  expect(isMark(0xfffff)).toBe(false);
});
