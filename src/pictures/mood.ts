/** What people wrote in one stretch of time, told by how it felt: never about a single person. */
export interface MoodBucket {
  /** Its beginning, milliseconds UTC. */
  start: number;
  negative: number;
  neutral: number;
  positive: number;
}

export interface MoodData {
  unit: 'day' | 'hour';
  /** Beginnings of the first and the last bucket of the time asked for, milliseconds UTC. */
  first: number;
  last: number;
  /** In time order; where one is missing, the picture has a gap. */
  buckets: readonly MoodBucket[];
}

export function messagesIn({ negative, neutral, positive }: MoodBucket): number {
  return negative + neutral + positive;
}

/** From -1, all messages negative, to 1, all positive. */
export function meanOf(bucket: MoodBucket): number {
  return (bucket.positive - bucket.negative) / messagesIn(bucket);
}
