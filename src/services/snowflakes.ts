/** Discord's first moment; a snowflake counts milliseconds from there in its upper bits. */
const EPOCH_MS = 1_420_070_400_000;
const COUNTED_BITS = 22n;

/** When something came to be that has this id. */
export function createdAt(id: string): number {
  return Number(BigInt(id) >> COUNTED_BITS) + EPOCH_MS;
}

/** Orders two ids by age, the older first. */
export function byAge(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
