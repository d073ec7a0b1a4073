import type { Logger } from 'pino';
import { isUserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { BackfillPlaceRow, BackfillRow } from '../../store/schema.js';
import { type IncomingMessage, toRow } from '../collecting.js';
import { byAge, createdAt } from '../snowflakes.js';
import type { History } from './history.js';
import { createPace, type Pace } from './pace.js';
import { type Sleep, createPatience } from './patience.js';

export interface Totals {
  read: number;
  stored: number;
}

/** What is told of a backfill while it is read: how far it is, or that Discord does not answer. */
export type ReadingNews = Totals & (({ kind: 'reading' } & Pace) | { kind: 'interrupted'; retryAt: number });

export type Reading = ReturnType<typeof createReading>;

/** The most that Discord gives in one answer. */
const PAGE = 100;
const SNOWFLAKE = /^\d+$/;
/** An import may know the time of a message only to the second. */
const ROUNDING_MS = 1_000;

/**
 * Reads what a backfill is to read, newest first, and keeps what is stored true to it: a message that is not on its page
 * any more was deleted on Discord. Each page is stored before the cursor moves: whoever is cut off in between reads one page
 * twice, which intake does not mind, and so needs no transaction over both.
 */
export function createReading(parts: {
  store: Store;
  history: History;
  /** Whether a channel is collected still. */
  isWanted: (channelId: string) => boolean;
  now: () => number;
  sleep: Sleep;
  log: Logger;
}) {
  const { store, history, isWanted, now, log } = parts;
  const patience = createPatience(parts);

  /** Stores a page and erases what it shows to be deleted. */
  async function take(place: BackfillPlaceRow, backfill: BackfillRow, page: IncomingMessage[]) {
    const recent = page.filter((message) => message.createdAt >= backfill.since);
    const { added } = await store.intake.take(recent.flatMap(toRow), now());
    const known = new Set(page.map(({ id }) => id));
    const until = place.before_id ?? page.at(0)?.id;
    const stored = until === undefined ? [] : await storedBetween(place, page.at(-1)?.id, until);
    const ids = stored.filter((id) => !known.has(id));
    if (ids.length > 0) await store.erasure.erase({ guildId: backfill.guild_id, ids }, 'deleted', now());
    return { read: recent.length, stored: added };
  }

  /** Where a place goes on after a page. A page that is not full is its end, unless older messages are stored of it. */
  async function following(
    place: BackfillPlaceRow,
    { since }: BackfillRow,
    page: IncomingMessage[],
    limit: number,
  ): Promise<Pick<BackfillPlaceRow, 'before_id' | 'done'>> {
    const oldest = page.at(-1);
    const before_id = oldest?.id ?? place.before_id;
    if (oldest !== undefined && oldest.createdAt < since) return { before_id, done: 1 };
    if (page.length === limit) return { before_id, done: 0 };
    if (oldest === undefined && before_id !== null) return { before_id, done: 1 };
    const older = await storedBetween(place, undefined, before_id ?? undefined);
    if (older.length === 0) return { before_id, done: 1 };
    return { before_id: before_id ?? nextId(older.reduce((a, b) => (byAge(a, b) > 0 ? a : b))), done: 0 };
  }

  /** Messages that are stored of a place, from one on and older than another; none that Discord never had. */
  async function storedBetween(place: BackfillPlaceRow, from = '0', until?: string): Promise<string[]> {
    const [first, last] = [createdAt(from), until === undefined ? now() : createdAt(until)];
    const ids = await store.backfills.storedIn(place, first - ROUNDING_MS, last + ROUNDING_MS);
    const isWithin = (id: string) => byAge(id, from) >= 0 && (until === undefined || byAge(id, until) < 0);
    return ids.filter((id) => SNOWFLAKE.test(id) && isWithin(id));
  }

  /** The next page of a place; undefined of a thread that is gone or closed, which ends only its own part. */
  async function pageOf(
    { channel_id, place_id, before_id }: BackfillPlaceRow,
    limit: number,
    ask: <T>(question: () => Promise<T>) => Promise<T>,
  ): Promise<IncomingMessage[] | undefined> {
    try {
      return await ask(() => history.page(place_id, before_id ?? undefined, limit));
    } catch (error) {
      if (place_id === channel_id || !isUserError(error)) throw error;
      log.info({ channel: channel_id, thread: place_id, problem: error.key }, 'a thread is not read');
      return undefined;
    }
  }

  /** The places that are left to read, the channel itself first and then its threads, the newest first. */
  async function placesOf(
    backfill: BackfillRow,
    ask: <T>(question: () => Promise<T>) => Promise<T>,
  ): Promise<BackfillPlaceRow[]> {
    const { channel_id, since } = backfill;
    const known = await store.backfills.places(backfill);
    if (known.length === 0) {
      await store.backfills.setPlaces(backfill, await ask(() => history.places(channel_id, since)));
    }
    const places = known.length > 0 ? known : await store.backfills.places(backfill);
    const isOwn = ({ place_id }: BackfillPlaceRow) => place_id === channel_id;
    return places.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || byAge(b.place_id, a.place_id));
  }

  /**
   * Resolves when all is read, or once the channel is not collected any more.
   * @throws UserError channel_gone, channel_not_readable; what `signal` was aborted with
   */
  return async (
    backfill: BackfillRow,
    signal: AbortSignal,
    tell: (news: ReadingNews) => void,
  ): Promise<Totals & { kind: 'done' | 'unwanted' }> => {
    const totals = { read: backfill.read, stored: backfill.stored };
    const ask = <T>(question: () => Promise<T>) =>
      patience(question, signal, (retryAt) => tell({ kind: 'interrupted', ...totals, retryAt }));
    const places = await placesOf(backfill, ask);
    const pace = createPace(backfill, places, now);
    for (const place of places) {
      while (place.done === 0) {
        const limit = Math.min(PAGE, (backfill.max_messages ?? Infinity) - totals.read);
        if (limit <= 0) return { kind: 'done', ...totals };
        const page = await pageOf(place, limit, ask);
        signal.throwIfAborted();
        if (!isWanted(backfill.channel_id)) return { kind: 'unwanted', ...totals };
        const taken = page === undefined ? { read: 0, stored: 0 } : await take(place, backfill, page);
        Object.assign(place, page === undefined ? { done: 1 } : await following(place, backfill, page, limit));
        await store.backfills.advance(place, taken);
        totals.read += taken.read;
        totals.stored += taken.stored;
        tell({ kind: 'reading', ...totals, ...pace(totals.read) });
      }
    }
    return { kind: 'done', ...totals };
  };
}

function nextId(id: string): string {
  return String(BigInt(id) + 1n);
}
