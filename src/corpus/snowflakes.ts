/** Discord's first moment; a snowflake counts milliseconds from there in its upper bits. */
export const EPOCH_MS = 1_420_070_400_000;
const COUNTED_BITS = 22n;
/** From so many digits on it surely is Discord's, and not a number that another program counted to. */
const DISCORDS = /^\d{17,20}$/;

/** Whether an id is one that Discord made; only those tell when. */
export function isSnowflake(id: string): boolean {
  return DISCORDS.test(id);
}

/** When something came to be that has this id. */
export function createdAt(id: string): number {
  return Number(BigInt(id) >> COUNTED_BITS) + EPOCH_MS;
}

/** Orders two ids by age, the older first. */
export function byAge(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
