import { describe, expect, it } from 'vitest';
import { budgetLeft, DAY_MS } from '../../../src/services/retraining/budget.js';

const MINUTE = 60_000;
const times = [
  { ended_at: 100, trained_ms: 10 * MINUTE },
  { ended_at: 200, trained_ms: 15 * MINUTE },
];

describe('the budget of a day', () => {
  it('is what was not trained in the last 24 hours', () => {
    expect(budgetLeft([], 30 * MINUTE, 30 * MINUTE)).toEqual({ leftMs: 30 * MINUTE, freeAt: undefined });
    expect(budgetLeft(times, 30 * MINUTE, 5 * MINUTE)).toEqual({ leftMs: 5 * MINUTE, freeAt: undefined });
    expect(budgetLeft(times, 20 * MINUTE, 0)).toEqual({ leftMs: 0, freeAt: undefined });
  });

  it('says when enough is free again: a day after the end of what used it', () => {
    // 5 minutes are left; with the first stretch gone 15, with both gone 30.
    expect(budgetLeft(times, 30 * MINUTE, 15 * MINUTE).freeAt).toBe(100 + DAY_MS);
    expect(budgetLeft(times, 30 * MINUTE, 16 * MINUTE).freeAt).toBe(200 + DAY_MS);
    // More than a whole day's budget is never free.
    expect(budgetLeft(times, 30 * MINUTE, 31 * MINUTE).freeAt).toBeUndefined();
    // The budget was lowered to 12 after 25 were trained: with the first stretch gone it is still overdrawn.
    expect(budgetLeft(times, 12 * MINUTE, 10 * MINUTE)).toEqual({ leftMs: 0, freeAt: 200 + DAY_MS });
  });
});
