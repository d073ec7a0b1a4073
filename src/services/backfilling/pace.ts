import type { BackfillPlaceRow, BackfillRow } from '../../store/schema.js';
import { createdAt } from '../../corpus/snowflakes.js';

export interface Pace {
  /** How much is read, from 0 to 1, by the time that it spans or by the number of messages. */
  fraction: number;
  /** Messages read in a second, since this run began. */
  perSecond: number;
  /** Undefined until there is something to tell it by. */
  remainingMs: number | undefined;
}

/** Tells how far a backfill is whose `places` move on, and how long it still takes if it goes on like this. */
export function createPace(
  backfill: Pick<BackfillRow, 'channel_id' | 'since' | 'max_messages' | 'started_at' | 'read'>,
  places: readonly BackfillPlaceRow[],
  now: () => number,
) {
  const begunAt = now();
  const begunWith = { read: backfill.read, fraction: fractionRead(backfill, places, backfill.read) };

  return (read: number): Pace => {
    const elapsedMs = now() - begunAt;
    const fraction = fractionRead(backfill, places, read);
    const gained = fraction - begunWith.fraction;
    return {
      fraction,
      perSecond: elapsedMs > 0 ? (1_000 * (read - begunWith.read)) / elapsedMs : 0,
      remainingMs: gained > 0 && elapsedMs > 0 ? (elapsedMs * (1 - fraction)) / gained : undefined,
    };
  };
}

function fractionRead(
  backfill: Parameters<typeof createPace>[0],
  places: readonly BackfillPlaceRow[],
  read: number,
): number {
  const { channel_id, since, max_messages, started_at } = backfill;
  const spanned = (place: BackfillPlaceRow) => {
    if (place.done === 1) return 1;
    if (place.before_id === null) return 0;
    const from = Math.max(since, createdAt(place.place_id));
    return within((started_at - createdAt(place.before_id)) / Math.max(1, started_at - from));
  };
  // Most of what is said in a channel is said outside of its threads: they all weigh as much as it does alone.
  const own = places.filter(({ place_id }) => place_id === channel_id).map(spanned);
  const threads = places.filter(({ place_id }) => place_id !== channel_id).map(spanned);
  const parts = [own, threads].filter(({ length }) => length > 0).map(mean);
  const counted = max_messages === null ? 0 : read / max_messages;
  return Math.max(parts.length === 0 ? 1 : mean(parts), within(counted));
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
