import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw } from '../../src/rnn/draw.js';

/** Probabilities as logits: softmax gives them back. */
const logitsOf = (probabilities: number[]) => Float32Array.from(probabilities, Math.log);

/** How often each symbol is drawn. */
function drawn(probabilities: number[], topP: number, temperature = 1, times = 2_000): number[] {
  const allowed = Int32Array.from(probabilities.keys());
  const room = new Float64Array(2 * allowed.length);
  const logits = logitsOf(probabilities);
  const counts = probabilities.map(() => 0);
  const dice = { state: 1 };
  for (let time = 0; time < times; time++)
    counts[draw(logits, allowed, { temperature, topP }, dice, room)] += 1;
  return counts;
}
const possible = (counts: number[]) => counts.flatMap((count, symbol) => (count > 0 ? [symbol] : []));

describe('the nucleus', () => {
  const probabilities = [0.05, 0.5, 0.15, 0.3];

  test.each([
    [0.5, [1]], // 0.5 is enough
    [0.51, [1, 3]], // 0.5 + 0.3
    [0.79, [1, 3]],
    [0.81, [1, 2, 3]], // 0.5 + 0.3 + 0.15
    [0.96, [0, 1, 2, 3]],
    [1, [0, 1, 2, 3]],
    [1e-9, [1]], // the likeliest is always in it
  ])('for %d is %j', (topP, symbols) => {
    expect(possible(drawn(probabilities, topP))).toEqual(symbols);
  });

  test('keeps what is in it in proportion: 0.5 to 0.3', () => {
    const [, first, , second] = drawn(probabilities, 0.8, 1, 20_000);
    expect(first / (first + second)).toBeCloseTo(0.625, 1);
  });

  test('is taken after the temperature: at 1/2 the squares 0.25, 0.09, 0.0225, 0.0025 count', () => {
    expect(possible(drawn(probabilities, 0.68, 0.5))).toEqual([1]); // 0.25 / 0.365 = 0.685
    expect(possible(drawn(probabilities, 0.7, 0.5))).toEqual([1, 3]);
  });

  test('has no more of equals than it needs: three of five have 0.6', () => {
    expect(possible(drawn([0.2, 0.2, 0.2, 0.2, 0.2], 0.55))).toEqual([0, 1, 2]);
  });

  test('is the smallest set that has the share, whatever the probabilities', () => {
    const weight = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (weights, topP) => {
          const total = weights.reduce((sum, each) => sum + each, 0);
          const descending = weights.toSorted((a, b) => b - a);
          let sum = 0;
          const size = 1 + descending.findIndex((each) => (sum += each) >= topP * total * (1 + 1e-6));
          // Float32 logits blur a share of exactly topP.
          sum = 0;
          const least = 1 + descending.findIndex((each) => (sum += each) >= topP * total * (1 - 1e-6));
          const seen = possible(
            drawn(
              weights.map((each) => each / total),
              topP,
              1,
              500,
            ),
          );
          expect(seen.length).toBeLessThanOrEqual(size);
          if (size === least) {
            const smallest = Math.min(...seen.map((symbol) => weights[symbol]));
            expect(smallest).toBeGreaterThanOrEqual(descending[size - 1]);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
