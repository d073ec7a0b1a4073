import { performance } from 'node:perf_hooks';

/**
 * Median milliseconds of one call: a third of the time warms caches and compilers up, the rest is measured. Each part
 * is at least one call, however long that takes.
 */
export function medianMs(work: () => void, seconds: number): number {
  repeat(work, (seconds * 1000) / 3);
  return median(repeat(work, (seconds * 1000 * 2) / 3));
}

function repeat(work: () => void, ms: number): number[] {
  const times: number[] = [];
  const end = performance.now() + ms;
  do {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  } while (performance.now() < end);
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value that this share of the values is below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
