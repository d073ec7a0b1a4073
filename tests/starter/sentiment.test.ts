import { describe, expect, test } from 'vitest';
import { feelingSignals, lexiconScore } from '../../src/starter/sentiment.js';

describe('lexiconScore', () => {
  test('puts a sum s of weights between -1 and 1 as s / (|s| + 3)', () => {
    expect(lexiconScore('good')).toBeCloseTo(3 / (3 + 3)); // good weighs 3
    expect(lexiconScore('not good')).toBeCloseTo(-1.8 / (1.8 + 3)); // turned: 3 x -0.6
    expect(lexiconScore('very good')).toBeCloseTo(4.2 / (4.2 + 3)); // 3 x 1.4
    expect(lexiconScore('good!')).toBeCloseTo(3.45 / (3.45 + 3)); // 3 x 1.15
    expect(lexiconScore('the table')).toBe(0);
  });

  test.each([
    ['goood', 'good'],
    ['this is GREAT', 'this is great'],
    ['bad but good', 'good but bad'],
    ['good :)', 'good'],
    ['good 😍', 'good'],
    ['good', 'slightly good'],
    ['진짜 최고', '진짜 별로'],
    ['좋아요', '안 좋아요'],
    ['좋아요', '좋아하지 않아요'],
    ['재미있다 ㅋㅋㅋ', '재미있다'],
    ['비 온다', '비 온다 ㅠㅠ'],
  ])('finds "%s" better than "%s"', (better, worse) => {
    expect(lexiconScore(better)).toBeGreaterThan(lexiconScore(worse));
  });
});

describe('feelingSignals', () => {
  test.each([
    ['good', ['feeling:4']], // 8 x 3 / 6
    ['not good', ['feeling:-3']], // 8 x -1.8 / 4.8 = -3
    ['the table', ['feeling:0']],
    ['', ['feeling:0']],
  ])('says of "%s" %j: eight times its score, rounded', (text, signals) => {
    expect(feelingSignals(text)).toEqual(signals);
  });
});
