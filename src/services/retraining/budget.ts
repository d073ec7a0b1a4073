import type { TrainingTimeRow } from '../../store/schema.js';

export const DAY_MS = 24 * 3_600_000;

export interface BudgetLeft {
  leftMs: number;
  /** When as much as was asked for is free; undefined when it is now, or would never be. */
  freeAt: number | undefined;
}

/**
 * What is left of a day's budget. A stretch counts in full for 24 hours after its end.
 * @param times the stretches of the last 24 hours, oldest first
 */
export function budgetLeft(
  times: readonly Pick<TrainingTimeRow, 'ended_at' | 'trained_ms'>[],
  budgetMs: number,
  wantedMs: number,
): BudgetLeft {
  const trained = times.reduce((sum, { trained_ms }) => sum + trained_ms, 0);
  const leftMs = Math.max(0, budgetMs - trained);
  if (wantedMs <= leftMs || wantedMs > budgetMs) return { leftMs, freeAt: undefined };
  let left = budgetMs - trained;
  for (const { ended_at, trained_ms } of times) {
    left += trained_ms;
    if (left >= wantedMs) return { leftMs, freeAt: ended_at + DAY_MS };
  }
  return { leftMs, freeAt: undefined };
}
