import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDecoder } from '../../src/rnn/decoder.js';
import { BEGIN, FIRST_CHARACTER } from '../../src/rnn/symbols.js';

const jamo = [...'한ᄀ!'].map((character) => character.codePointAt(0) ?? 0);
const [h, a, n, g, bang] = jamo.map((_, index) => FIRST_CHARACTER + index);

/** The symbols that spell these bytes. */
const spelled = (...bytes: number[]) => bytes.flatMap((byte) => [byte >> 4, 16 + (byte & 15)]);

/** What each push gives out, and the end. */
function pieces(ids: number[]): string[] {
  const decoder = createDecoder(jamo);
  return [...ids.map((id) => decoder.push(id)), decoder.end()];
}

describe('the decoder', () => {
  test('holds jamo until no further one can change the syllable', () => {
    expect(pieces([h, a, n, g, a, bang])).toEqual(['', '', '한', '', '', '가!', '']);
    expect(pieces([h, a])).toEqual(['', '', '하']);
    expect(pieces([h, h, a, a])).toEqual(['', 'ᄒ', '', '하ᅡ', '']);
  });

  test('holds bytes until the code point is complete', () => {
    expect(pieces([...spelled(0xf0, 0x9f, 0xa6, 0x89), bang])).toEqual([
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '🦉',
      '!',
      '',
    ]);
  });

  test('composes a syllable whose jamo came as bytes', () => {
    const bytes = (text: string) => spelled(...new TextEncoder().encode(text));
    expect(pieces([...bytes('ᄒ'), ...bytes('ᅡ'), n]).join('')).toBe('한');
  });

  test('turns bytes that are no UTF-8 into U+FFFD, as a TextDecoder does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.boolean(), (bytes, ends) => {
        const ids = ends ? [...spelled(...bytes), bang] : spelled(...bytes);
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) + (ends ? '!' : '');
        expect(pieces(ids).join('')).toBe(expected);
      }),
      { numRuns: 2000 },
    );
    expect(pieces([...spelled(0xe2, 0x82), bang]).join('')).toBe('\ufffd!');
    expect(pieces(spelled(0xed, 0xa0, 0x80)).join('')).toBe('\ufffd\ufffd\ufffd');
    expect(pieces(spelled(0xff)).join('')).toBe('\ufffd');
  });

  test('turns a half-byte without its other half into U+FFFD, and says nothing for BEGIN', () => {
    expect(pieces([0xc, bang]).join('')).toBe('\ufffd!');
    expect(pieces([16 + 9, bang]).join('')).toBe('\ufffd!');
    expect(pieces([6, ...spelled(0x41)]).join('')).toBe('\ufffdA');
    expect(pieces([0xc, BEGIN, 16 + 3, ...spelled(0xa9), BEGIN]).join('')).toBe('é');
  });

  test('never gives out half a surrogate pair', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: FIRST_CHARACTER + 4 })), (ids) => {
        for (const piece of pieces(ids)) expect(piece).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  test('says where a character begins: once for each, however it is spelled', () => {
    const begun = (ids: number[]) => {
      const decoder = createDecoder(jamo);
      return ids.filter((id) => {
        const begins = decoder.begins(id);
        decoder.push(id);
        return begins;
      }).length;
    };
    expect(begun([h, a, n, h, a, bang])).toBe(3); // 한, 하, !
    expect(begun([a, a, n])).toBe(3); // without a consonant before it, no vowel goes on with anything
    expect(begun([...spelled(...new TextEncoder().encode('🦉é')), bang])).toBe(3);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: FIRST_CHARACTER + 4 })), (ids) => {
        // What was begun and broken off at once may end as one U+FFFD with what was broken off before it.
        expect([...pieces(ids).join('')].length).toBeLessThanOrEqual(begun(ids));
      }),
      { numRuns: 2000 },
    );
  });
});
