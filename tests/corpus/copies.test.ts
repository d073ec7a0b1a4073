import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCopies } from '../../src/corpus/copies.js';

const fifty = 'the quick brown fox jumps over the lazy dog, again';

function shareOf(texts: string[], originals: string[]): number {
  const copies = createCopies(texts);
  originals.forEach(copies.compare);
  return copies.share();
}

describe('copies', () => {
  it.each([
    ['a text that nobody wrote', ['x'.repeat(50)], [fifty], 0],
    ['a whole copy', [fifty], [`so: ${fifty}!`], 1],
    ['39 characters in a row', [`${fifty.slice(0, 39)}${'x'.repeat(11)}`], [fifty], 0],
    ['40 characters in a row, of 50', [`${fifty.slice(0, 40)}${'x'.repeat(10)}`], [fifty], 40 / 50],
    ['45, of which every 40 are a copy', [`${fifty.slice(0, 45)}${'x'.repeat(5)}`], [fifty], 45 / 50],
    ['50 from two originals, 25 each', [fifty], [fifty.slice(0, 25), fifty.slice(25)], 0],
    ['a copy beside a text of its own', [fifty, 'y'.repeat(150)], [fifty], 50 / 200],
    ['the same original again', [fifty, 'y'.repeat(50)], [fifty, fifty], 1 / 2],
    ['nothing written', [], [fifty], 0],
  ])('counts %s', (_what, texts, originals, share) => {
    expect(shareOf(texts, originals)).toBeCloseTo(share, 12);
  });

  it('finds what a plain search finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '가', '🦉'), maxLength: 120 });
    fc.assert(
      fc.property(letters, letters, fc.nat(80), fc.nat(80), (text, original, from, at) => {
        const written = text.slice(0, at) + original.slice(from, from + 60) + text.slice(at);
        const units = Array.from({ length: written.length }, (_, unit) => {
          const starts = Array.from({ length: 40 }, (_, back) => unit - back);
          return starts.some(
            (start) =>
              start >= 0 &&
              start + 40 <= written.length &&
              original.includes(written.slice(start, start + 40)),
          );
        });
        const share = units.filter(Boolean).length / Math.max(1, written.length);
        expect(shareOf([written], [original])).toBeCloseTo(share, 12);
      }),
    );
  });
});
