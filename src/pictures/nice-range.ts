/** What rounding may have taken from a number that lies on a step. */
const TOLERANCE = 1e-9;
const STEPS = [1, 2, 5];

export interface NiceRange {
  min: number;
  max: number;
  stepSize: number;
  /** With so many, every step is told exactly. */
  decimals: number;
}

/** An axis around all values, at least so long and never below 0, from one round number to another in a few round steps. */
export function niceRange(values: readonly number[], minSpan: number, maxSteps: number): NiceRange {
  const least = values.length === 0 ? 0 : Math.min(...values);
  const most = values.length === 0 ? 0 : Math.max(...values);
  const low = Math.max(0, Math.min(least, (least + most - minSpan) / 2));
  const high = Math.max(most, low + minSpan);
  for (let exponent = Math.floor(Math.log10((high - low) / maxSteps)); ; exponent++) {
    for (const step of STEPS) {
      const stepSize = step * 10 ** exponent;
      const first = Math.floor(low / stepSize + TOLERANCE);
      const last = Math.ceil(high / stepSize - TOLERANCE);
      if (last - first > maxSteps) continue;
      const decimals = Math.max(0, -exponent);
      const exactly = (steps: number) => Number((steps * stepSize).toFixed(decimals));
      return { min: exactly(first), max: exactly(last), stepSize: exactly(1), decimals };
    }
  }
}
