/** Discord counts from the first second of 2015; there are no earlier ids. */
const EPOCH = 1_420_070_400_000;

/** The id of something that came to be at this millisecond; `sequence` (0 to 4,194,303) tells apart what came together. */
export function snowflake(at: number, sequence: number): string {
  return ((BigInt(Math.floor(at) - EPOCH) << 22n) + BigInt(sequence)).toString();
}

/** Orders two ids by age, the older first. */
export function byAge(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
