import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIRST_CHARACTER } from '../../src/rnn/symbols.js';
import { buildVocabulary, createVocabulary, isMark } from '../../src/rnn/vocabulary.js';

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
    expect([...vocabulary.encode('aé☃🦉b')]).toEqual([
      FIRST_CHARACTER,
      ...spelled(0xc3, 0xa9, 0xe2, 0x98, 0x83, 0xf0, 0x9f, 0xa6, 0x89, 0x62),
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

  test('gives the same symbols however the text was cut, between the halves of a character too', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(40)), (text, cuts) => {
        const pieces = [0, ...cuts.sort((a, b) => a - b)].map((start, index) =>
          text.slice(start, cuts[index]),
        );
        const whole = buildVocabulary([text], { minCount: 1 });
        expect(buildVocabulary(pieces, { minCount: 1 }).codePoints).toEqual(whole.codePoints);
        const encoder = whole.encoder();
        pieces.forEach(encoder.push);
        expect(encoder.end()).toEqual(whole.encode(text));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['a combining mark', 'xe', '\u0301', 'xé'],
    ['the second of two marks, which comes first in NFC', 'xa\u0301', '\u0323', 'xạ\u0301'],
    ['a vowel after its consonant', 'xㅎᄒ', 'ᅡ', 'xㅎ하'],
    ['a trailing consonant', 'x하', 'ᆫ', 'x한'],
    ['half of a pair', 'x\ud83e', '\udd89', 'x🦉'],
    ['a kana and its voicing', 'xか', '\u3099', 'xが'],
  ])('joins %s that begins a new piece', (_, before, after, whole) => {
    const vocabulary = buildVocabulary([whole], { minCount: 1 });
    const encoder = vocabulary.encoder();
    encoder.push(before);
    encoder.push(after);
    expect(vocabulary.decode(encoder.end())).toBe(whole);
  });

  test('encodes more symbols than one block of its list holds', () => {
    const vocabulary = createVocabulary([0x61, 0x62]);
    const encoded = vocabulary.encode(`${'a'.repeat(70_000)}b`.repeat(2));
    expect(encoded).toHaveLength(140_002);
    expect([encoded[69_999], encoded[70_000], encoded[140_001]]).toEqual([33, 34, 34]);
  });

  test('never has more symbols than fit 16 bits, and refuses a list of more', () => {
    const everyMark = Array.from({ length: 65_536 }, (_, index) => String.fromCodePoint(0x100000 + index));
    expect(buildVocabulary(everyMark).size).toBe(65_536);
    expect(() => createVocabulary(Array.from({ length: 65_504 }, (_, index) => index))).toThrow(RangeError);
  });

  test('survives JSON', () => {
    const vocabulary = buildVocabulary(['여보세요 hello 🦉'], { minCount: 1 });
    const { codePoints } = JSON.parse(JSON.stringify(vocabulary)) as { codePoints: number[] };
    expect(createVocabulary(codePoints).encode('hello 요')).toEqual(vocabulary.encode('hello 요'));
  });
});

test('marks are the code points of a private-use plane', () => {
  expect(isMark(0x100000)).toBe(true);
  expect(isMark(0xfffff)).toBe(false);
});
