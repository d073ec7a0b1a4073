import { stringify } from 'csv-stringify/sync';
import { meanOf, messagesIn, type MoodBucket } from '../../pictures/mood.js';

/** The buckets as a CSV file with a header: beginnings in ISO 8601, counts, and the mean from -1 to 1. */
export function moodCsv(buckets: readonly MoodBucket[]): Uint8Array {
  const rows = buckets.map((bucket) => ({
    ...bucket,
    start: new Date(bucket.start).toISOString(),
    messages: messagesIn(bucket),
    mean: meanOf(bucket).toFixed(4),
  }));
  const columns = ['start', 'messages', 'negative', 'neutral', 'positive', 'mean'];
  return new TextEncoder().encode(stringify(rows, { header: true, columns }));
}
