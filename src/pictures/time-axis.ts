import type { Strings } from '../i18n/index.js';
import type { MoodData } from './mood.js';

const MS = { hour: 3_600_000, day: 86_400_000 };
const MAX_LABELS = 8;

/** The beginning of every bucket from the first to the last. */
export function bucketStarts({ unit, first, last }: Pick<MoodData, 'unit' | 'first' | 'last'>): number[] {
  return Array.from(
    { length: Math.floor((last - first) / MS[unit]) + 1 },
    (_, index) => first + index * MS[unit],
  );
}

/** What stands below a bucket; undefined for most, so that the labels have room. */
export function timeLabels(
  starts: readonly number[],
  unit: MoodData['unit'],
  { hour, day, month }: Pick<Strings['feeling']['pictures'], 'hour' | 'day' | 'month'>,
): (string | undefined)[] {
  if (unit === 'hour') {
    const isLabelled = (start: number) => new Date(start).getUTCHours() % 6 === 0;
    return starts.map((start) => (isLabelled(start) ? hour(start) : undefined));
  }
  const months = starts.filter(isFirstOfMonth).length;
  if (months > 3) {
    const every = Math.ceil(months / MAX_LABELS);
    const isLabelled = (start: number) =>
      isFirstOfMonth(start) && new Date(start).getUTCMonth() % every === 0;
    return starts.map((start) => (isLabelled(start) ? month(start) : undefined));
  }
  const every = Math.ceil(starts.length / MAX_LABELS);
  // Counted from the end: today is what people look for.
  return starts.map((start, index) => ((starts.length - 1 - index) % every === 0 ? day(start) : undefined));
}

function isFirstOfMonth(start: number): boolean {
  return new Date(start).getUTCDate() === 1;
}
