import { describe, expect, it } from 'vitest';
import { niceRange } from '../../src/pictures/nice-range.js';

describe('the range of an axis', () => {
  it('goes from one round number to another, around all values', () => {
    expect(niceRange([4.1, 2.05, 2.61], 0.2, 5)).toEqual({ min: 2, max: 4.5, stepSize: 0.5, decimals: 1 });
    expect(niceRange([4.1, 2.05, 2.61], 0.2, 3)).toEqual({ min: 2, max: 5, stepSize: 1, decimals: 0 });
  });

  it('is no narrower than asked for, so that chance stays small', () => {
    expect(niceRange([2.05], 0.2, 5)).toEqual({ min: 1.95, max: 2.15, stepSize: 0.05, decimals: 2 });
  });

  it('does not go below zero, and is there without values', () => {
    expect(niceRange([0.01], 0.2, 5).min).toBe(0);
    expect(niceRange([], 0.2, 5)).toMatchObject({ min: 0, max: 0.2 });
  });
});
