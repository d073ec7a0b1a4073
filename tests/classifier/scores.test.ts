import { describe, expect, it } from 'vitest';
import { highest, scoresOf } from '../../src/classifier/scores.js';

describe('scoresOf', () => {
  it('counts hits for each label and averages over labels, however many examples each has', () => {
    // Truth a a a b b c; answers a a b b a a.
    const answers = [
      [0.8, 0.1, 0.1],
      [0.8, 0.1, 0.1],
      [0.1, 0.8, 0.1],
      [0.1, 0.8, 0.1],
      [0.8, 0.1, 0.1],
      [0.8, 0.1, 0.1],
    ];
    const scores = scoresOf(answers, [0, 0, 0, 1, 1, 2], ['a', 'b', 'c']);
    expect(scores.examples).toBe(6);
    expect(scores.accuracy).toBeCloseTo(3 / 6);
    // a: given 4 times, 2 of them right, of 3 that are; F1 = 2 · 2 / (4 + 3).
    expect(scores.labels.a).toEqual({ precision: 2 / 4, recall: 2 / 3, f1: 4 / 7, support: 3 });
    expect(scores.labels.b).toEqual({ precision: 1 / 2, recall: 1 / 2, f1: 2 / 4, support: 2 });
    expect(scores.labels.c).toEqual({ precision: 0, recall: 0, f1: 0, support: 1 });
    expect(scores.macroF1).toBeCloseTo((4 / 7 + 1 / 2 + 0) / 3);
    expect(scores.macroRecall).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3);
  });

  it('measures how far confidence and accuracy are apart, in fifteen bins', () => {
    // Bin 9 (0.6 to 0.667): confidence 0.65 twice, one right: |1 - 1.3| = 0.3.
    // Bin 14 (0.933 to 1): confidence 1 and 0.95, both right: |2 - 1.95| = 0.05.
    const answers = [
      [0.65, 0.35],
      [0.35, 0.65],
      [1, 0],
      [0.05, 0.95],
    ];
    const { calibrationError } = scoresOf(answers, [0, 0, 0, 1], ['a', 'b']);
    expect(calibrationError).toBeCloseTo((0.3 + 0.05) / 4);
  });

  it('is nothing but zeros where there is nothing to score', () => {
    const none = { precision: 0, recall: 0, f1: 0, support: 0 };
    expect(scoresOf([], [], ['a', 'b'])).toEqual({
      examples: 0,
      accuracy: 0,
      macroF1: 0,
      macroRecall: 0,
      labels: { a: none, b: none },
      calibrationError: 0,
    });
  });

  it('takes the first of several that are equally likely', () => {
    expect(highest([0.2, 0.4, 0.4])).toBe(1);
  });
});
