import type { Logger } from 'pino';
import { isUserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { BackfillPlaceRow, BackfillRow } from '../../store/schema.js';
import { type IncomingMessage, takeIn } from '../collecting.js';
import { byAge, createdAt, isSnowflake } from '../../corpus/snowflakes.js';
import type { History } from './history.js';
import { createPace, type Pace } from './pace.js';
import { type Sleep, createPatience } from './patience.js';

export interface Totals {
  read: number;
  stored: number;
}

/** What is told of a backfill while it is read: how far it is, or that Discord does not answer. */
export type ReadingNews = Totals & (({ kind: 'reading' } & Pace) | { kind: 'interrupted'; retryAt: number });

/** A page of a place, and which stored messages it shows to be deleted. */
interface Page {
  messages: IncomingMessage[];
  deleted: string[];
}

type Ask = <T>(question: () => Promise<T>) => Promise<T>;

export type Reading = ReturnType<typeof createReading>;

/** The most that Discord gives in one answer. */
const PAGE = 100;
/** An import may know the time of a message only to the second. */
const ROUNDING_MS = 1_000;

/**
 * Reads what a backfill is to read, newest first, and keeps what is stored true to it: messages with Discord's ids that
 * are not on their page any more are erased, if Discord says of one of them that there is none. Each page is stored before the cursor moves: whoever is cut off in between reads one page
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
  async function take({ guild_id, since, kind }: BackfillRow, { messages, deleted }: Page): Promise<Totals> {
    const recent = messages.filter((message) => message.createdAt >= since);
    const { added, omitted } = await takeIn(store, recent, now());
    // What was missed is read again and again; most of it the gateway told of.
    if (kind === 'history') await store.omissions.add(guild_id, omitted);
    if (deleted.length > 0) await store.erasure.erase({ guildId: guild_id, ids: deleted }, 'deleted', now());
    return { read: recent.length, stored: added };
  }

  /** Whether a page was the last of its place: it is not full, and nothing is stored that would be on another one. */
  async function isLast(
    place: BackfillPlaceRow,
    { since }: BackfillRow,
    page: IncomingMessage[],
    limit: number,
  ): Promise<boolean> {
    const oldest = page.at(-1);
    if (oldest === undefined || oldest.createdAt < since) return true;
    return page.length < limit && (await storedBetween(place, '0', oldest.id)).length === 0;
  }

  /** The end of what is stored of a place before its first page is asked for: what comes meanwhile may not be on it. */
  async function endOf(place: BackfillPlaceRow): Promise<string | undefined> {
    const newest = await store.backfills.newestIn(place);
    return newest !== undefined && isSnowflake(newest) ? String(BigInt(newest) + 1n) : undefined;
  }

  /** Messages that are stored of a place, from one on and older than another; none that Discord never had. */
  async function storedBetween(place: BackfillPlaceRow, from: string, until: string): Promise<string[]> {
    const [first, last] = [createdAt(from) - ROUNDING_MS, createdAt(until) + ROUNDING_MS];
    const ids = await store.backfills.storedIn(place, first, last);
    return ids.filter((id) => isSnowflake(id) && byAge(id, from) >= 0 && byAge(id, until) < 0);
  }

  /** The next page of a place; undefined of a thread that is gone or closed, which ends only its own part. */
  async function pageOf(place: BackfillPlaceRow, limit: number, ask: Ask): Promise<Page | undefined> {
    const { channel_id, place_id, before_id } = place;
    try {
      const until = before_id ?? (await endOf(place));
      const messages = await ask(() => history.page(place_id, before_id ?? undefined, limit));
      return { messages, deleted: until === undefined ? [] : await deletedFrom(place, messages, until, ask) };
    } catch (error) {
      if (place_id === channel_id || !isUserError(error)) throw error;
      log.info({ channel: channel_id, thread: place_id, problem: error.key }, 'a thread is not read');
      return undefined;
    }
  }

  /** What is stored from before `until`, and by its absence from a page shown to be deleted. */
  async function deletedFrom(
    place: BackfillPlaceRow,
    page: IncomingMessage[],
    until: string,
    ask: Ask,
  ): Promise<string[]> {
    const known = new Set(page.map(({ id }) => id));
    const stored = await storedBetween(place, page.at(-1)?.id ?? '0', until);
    const missing = stored.filter((id) => !known.has(id));
    if (missing.length === 0) return [];
    // A past that we may no longer read looks like an empty one, so a page alone is not believed.
    if (!(await ask(() => history.has(place.place_id, missing[0])))) return missing;
    log.warn({ place: place.place_id, missing: missing.length }, 'a page lacks messages that are there');
    return [];
  }

  /** The places that are left to read, the channel itself first and then its threads, the newest first. */
  async function placesOf(backfill: BackfillRow, ask: Ask): Promise<BackfillPlaceRow[]> {
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
   * Resolves when all is read, or once the channel is not collected any more, or is to be read further than this.
   * @throws UserError channel_gone, channel_not_readable; what `signal` was aborted with
   */
  return async (
    backfill: BackfillRow,
    signal: AbortSignal,
    tell: (news: ReadingNews) => void,
  ): Promise<Totals & { kind: 'done' | 'unwanted' }> => {
    const totals = { read: backfill.read, stored: backfill.stored };
    if (!isWanted(backfill.channel_id)) return { kind: 'unwanted', ...totals };
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
        const taken = page === undefined ? { read: 0, stored: 0 } : await take(backfill, page);
        place.before_id = page?.messages.at(-1)?.id ?? place.before_id;
        place.done = page === undefined || (await isLast(place, backfill, page.messages, limit)) ? 1 : 0;
        const isOn = await store.backfills.advance(place, taken);
        totals.read += taken.read;
        totals.stored += taken.stored;
        if (!isOn) return { kind: 'done', ...totals };
        tell({ kind: 'reading', ...totals, ...pace(totals.read) });
      }
    }
    return { kind: 'done', ...totals };
  };
}
