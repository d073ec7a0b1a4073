import { describe, expect, test } from 'vitest';
import { chooseHyperparameters, isOutgrown, type Budget } from '../../src/rnn/hyperparameters.js';

/** A budget on one thread of 100 GF/s. */
const minutes = (count: number, overrides: Partial<Budget> = {}): Budget => ({
  milliseconds: count * 60_000,
  flopsPerMs: 1e8,
  threads: 1,
  ...overrides,
});

describe('the network is sized', () => {
  const hidden = (symbols: number, budget: Budget) => chooseHyperparameters(symbols, budget).hidden;

  test('by time: four times the time, or the speed, makes twice the weights', () => {
    const [small, large] = [hidden(1e8, minutes(5)), hidden(1e8, minutes(20))];
    expect((large / small) ** 2).toBeCloseTo(2, 0);
    expect(hidden(1e8, minutes(5, { flopsPerMs: 4e8 }))).toBe(large);
  });

  test('by text: a small text gets a small network, however much time there is', () => {
    // 10,000 symbols fill 40,000 weights, 12 H² of them: H = 58, in whole vectors 64.
    expect(hidden(10_000, minutes(60))).toBe(64);
    expect(hidden(100, minutes(60))).toBe(32);
    expect(hidden(1e12, minutes(1e9))).toBe(1024);
  });

  test('and what is given stays as it is given', () => {
    expect(chooseHyperparameters(1e6, minutes(5), { cell: 'gru', hidden: 7, clip: 3 })).toMatchObject({
      cell: 'gru',
      hidden: 7,
      clip: 3,
      layers: 2,
    });
  });
});

test('the more often a text is read, the more is left out at random', () => {
  const dropout = (symbols: number) => chooseHyperparameters(symbols, minutes(5)).dropout;
  expect(dropout(1e9)).toBe(0);
  expect(dropout(1e6)).toBeGreaterThan(0);
  expect(dropout(1e5)).toBeGreaterThan(dropout(1e6));
  expect(dropout(10)).toBeLessThanOrEqual(0.5);
});

test('every thread has rows of its own', () => {
  const cold = chooseHyperparameters(1e6, minutes(5));
  expect(chooseHyperparameters(1e6, minutes(5, { threads: 4 })).batch).toBe(4 * cold.batch);
});

test.each([
  [{ characters: 399, milliseconds: 399 }, false],
  [{ characters: 401, milliseconds: 100 }, true],
  [{ characters: 100, milliseconds: 401 }, true],
  [{ characters: 1, milliseconds: 1 }, false],
])('a model sized for 100 characters and 100 ms is outgrown by %j: %s', (now, expected) => {
  expect(isOutgrown({ characters: 100, milliseconds: 100 }, now)).toBe(expected);
});
