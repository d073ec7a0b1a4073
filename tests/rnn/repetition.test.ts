import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRepetition, isLooping, REPEATED, WITHIN } from '../../src/rnn/repetition.js';
import { FIRST_CHARACTER } from '../../src/rnn/symbols.js';

const [a, b, c] = [0, 1, 2].map((index) => FIRST_CHARACTER + index);
const always = () => true;

/** A memory of symbols that are a character each. */
function remember(symbols: number[]) {
  const repetition = createRepetition();
  for (const symbol of symbols) repetition.add(symbol, true);
  return repetition;
}
const avoiding = (symbols: number[], choices: number[]) => [
  ...remember(symbols).avoid(Int32Array.from(choices), always),
];
const times = <T>(count: number, items: T[]): T[] => Array.from({ length: count }, () => items).flat();

describe('what a text has written lately', () => {
  test('leaves every choice until a string of 18 would stand three times: 18 + 2 times the same letter', () => {
    expect(avoiding(times(18, [a]), [a, b])).toEqual([a, b]);
    expect(avoiding(times(19, [a]), [a, b])).toEqual([b]);
  });

  test('without that choice, lets strings of 18 and 19 pass, those of 20 not', () => {
    // Next come a^18 or a^17 b, of 18 letters, which both stood twice; b a^17 a, of 19, stood once.
    const turns = [...times(19, [a]), b, ...times(19, [a]), b, ...times(17, [a])];
    expect(avoiding(turns, [a, b, c])).toEqual([c]);
    expect(avoiding(turns, [a, b])).toEqual([a, b]);
  });

  test('gives up nothing where there is no other character', () => {
    expect(avoiding(times(30, [a]), [a])).toEqual([a]);
    expect(avoiding(times(30, [a]), [15, a])).toEqual([15, a]); // 15 begins a character spelled in bytes
  });

  test('looks back over 200 characters', () => {
    const phrase = Array.from({ length: 20 }, (_, index) => 100 + index);
    const other = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => 1000 + from + index);
    const thrice = (gap: number) => [
      ...phrase,
      ...other(0, gap),
      ...phrase,
      ...other(500, gap),
      ...phrase.slice(0, 19),
    ];
    // From the first beginning to the third end: 20 + gap + 20 + gap + 20.
    expect(avoiding(thrice(70), [phrase[19], a])).toEqual([a]);
    expect(avoiding(thrice(71), [phrase[19], a])).toEqual([phrase[19], a]);
  });

  test('never cuts into a character: what goes on with one may come', () => {
    const repetition = createRepetition();
    for (let syllable = 0; syllable < 40; syllable++) {
      repetition.add(a, true);
      repetition.add(b, false);
    }
    repetition.add(a, true);
    const goesOn = (symbol: number) => symbol !== b;
    expect([...repetition.avoid(Int32Array.of(a, b, c), goesOn)]).toEqual([a, b, c]);
  });

  test('keeps the rule, however few letters there are and however they are chosen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }),
        (letters, wishes) => {
          const alphabet = Int32Array.from({ length: letters }, (_, index) => FIRST_CHARACTER + index);
          const repetition = createRepetition();
          const written: number[] = [];
          for (let place = 0; place < 600; place++) {
            const choices = repetition.avoid(alphabet, always);
            const wish = FIRST_CHARACTER + wishes[place % wishes.length];
            const symbol = choices.includes(wish) ? wish : choices[0];
            repetition.add(symbol, true);
            written.push(symbol);
          }
          for (let end = REPEATED; end <= written.length; end++) {
            const start = Math.max(0, end - WITHIN);
            const string = written.slice(end - REPEATED, end).join();
            let found = 0;
            for (let at = start; at + REPEATED <= end; at++)
              if (written.slice(at, at + REPEATED).join() === string) found += 1;
            expect(found).toBeLessThanOrEqual(2);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a loop', () => {
  const part = 'twenty characters ok'; // 20
  const apart = (between: string) => `${part}${between}${part}${between}${part}`;
  const other = (length: number) =>
    Array.from({ length }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');

  test.each([
    ['the same 20 characters three times', `${part} 1 ${part} 2 ${part}`, true],
    ['twice', `${part} 1 ${part}`, false],
    ['19 characters three times', [1, 2, 3].map((n) => `${part.slice(0, 19)}${n}`).join(''), false],
    ['within 200: 3 times 20, and 2 times 70 between', apart(other(70)), true],
    ['within 202', apart(other(71)), false],
    ['22 times the same letter: its first 20, three times', 'a'.repeat(22), true],
    ['21 times', 'a'.repeat(21), false],
    ['emoji, which are one character each', '🙂'.repeat(21), false],
    ['nothing', '', false],
  ])('is, or is not: %s', (_what, text, looping) => {
    expect(isLooping(text)).toBe(looping);
  });
});
