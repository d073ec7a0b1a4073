import type { Logger } from 'pino';
import { isUserError, UserError } from '../../errors.js';
import type { BackfillKey } from '../../store/backfills.js';
import type { Store } from '../../store/open.js';
import type { History } from './history.js';
import { type Sleep, unlessAborted } from './patience.js';
import { createReading, type ReadingNews, type Totals } from './reading.js';

/** How a backfill ended: `unwanted` when its channel was switched off, `paused` until the bot is back. */
export type BackfillOutcome = Totals & {
  kind: 'done' | 'unwanted' | 'cancelled' | 'paused';
  channelId: string;
};

/** What is told of a backfill before it ends; it waits while another channel of the guild is read. */
export type BackfillNews = { channelId: string } & (ReadingNews | { kind: 'waiting' });

export interface BackfillRequest {
  guildId: string;
  channelId: string;
  /** Where the end is told if nobody waits for it any more, and who asked. */
  askedIn: string;
  askedBy: string;
  onNews: (news: BackfillNews) => void;
}

/** Tells a channel how a backfill ended that nobody waits for any more. */
export type AnnounceBackfill = (
  place: { guildId: string; channelId: string },
  outcome: BackfillOutcome | UserError,
) => void;

export type Backfilling = ReturnType<typeof createBackfilling>;

interface Run extends Begun {
  outcome: Promise<BackfillOutcome>;
}

interface Begun {
  guildId: string;
  leaving: AbortController;
  /** Why it ends before its end. */
  ending: 'cancelled' | 'paused';
  watchers: Set<(news: BackfillNews) => void>;
}

const DAY_MS = 24 * 3_600_000;

/** Reads channels' pasts, through restarts and outages; in each guild one after the other, what was missed beside them. */
export function createBackfilling(parts: {
  store: Store;
  history: History;
  isWanted: (channelId: string) => boolean;
  announce: AnnounceBackfill;
  permitted: boolean;
  /** How many messages are read of a channel that is switched on. */
  recentMessages: number;
  now: () => number;
  sleep: Sleep;
  log: Logger;
}) {
  const { store, isWanted, announce, permitted, recentMessages, now, log } = parts;
  const read = createReading(parts);
  const runs = new Map<string, Run>();
  /** What the next one of a guild waits for. */
  const lines = new Map<string, Promise<unknown>>();
  /** Which of those that nobody waits for could not be read last time. */
  const failed = new Set<string>();
  let isClosed = false;

  const nameOf = ({ channel_id, kind }: BackfillKey) => `${kind} ${channel_id}`;

  /** Goes on with what is noted, in its turn, unless it is being read already. */
  function runOf(key: BackfillKey, guildId: string): Run {
    const existing = runs.get(nameOf(key));
    if (existing !== undefined) return existing;
    const line = `${key.kind} ${guildId}`;
    const before = lines.get(line);
    const begun: Begun = {
      guildId,
      leaving: new AbortController(),
      ending: 'paused',
      watchers: new Set(),
    };
    const outcome = inTurn(key, begun, before).finally(() => runs.delete(nameOf(key)));
    const run = Object.assign(begun, { outcome });
    runs.set(nameOf(key), run);
    const after = Promise.allSettled([before, run.outcome]);
    lines.set(line, after);
    void after.then(() => lines.get(line) === after && lines.delete(line));
    return run;
  }

  async function inTurn(key: BackfillKey, run: Begun, before?: Promise<unknown>): Promise<BackfillOutcome> {
    const { channel_id: channelId } = key;
    const { signal } = run.leaving;
    const tell = (news: BackfillNews) => {
      for (const watcher of run.watchers) watcher(news);
    };
    try {
      if (before !== undefined) {
        // Whoever asked watches by then.
        queueMicrotask(() => tell({ kind: 'waiting', channelId }));
        await unlessAborted(before, signal);
      }
      for (;;) {
        const backfill = await store.backfills.find(key);
        if (backfill === undefined) return { kind: 'unwanted', channelId, read: 0, stored: 0 };
        const outcome = await read(backfill, signal, (news) => tell({ ...news, channelId }));
        // More may have been asked for meanwhile.
        if (await store.backfills.finish(backfill)) return { ...outcome, channelId };
      }
    } catch (error) {
      if (isUserError(error) && !mayBeMissedStill(key, error)) await store.backfills.end(key);
      if (!signal.aborted) throw error;
      const { read, stored } = (await store.backfills.find(key)) ?? { read: 0, stored: 0 };
      if (run.ending === 'cancelled') await store.backfills.end(key);
      return { kind: run.ending, channelId, read, stored };
    }
  }

  /** Reads while somebody waits for it and looks on; a second one looks on at the first, which reads as far as either asks. */
  async function attend(
    { guildId, channelId, askedIn, askedBy, onNews }: BackfillRequest,
    what: { since: number; max_messages: number | null },
  ): Promise<BackfillOutcome> {
    if (isClosed) throw new UserError('shutting_down', {});
    const key = { channel_id: channelId, kind: 'history' } as const;
    const asked = { guild_id: guildId, asked_in: askedIn, asked_by: askedBy, started_at: now() };
    await store.backfills.begin({ ...key, ...what, ...asked });
    const run = runOf(key, guildId);
    run.watchers.add(onNews);
    try {
      const outcome = await run.outcome;
      log.info({ channel: channelId, outcome: outcome.kind, stored: outcome.stored }, 'a backfill ended');
      return outcome;
    } finally {
      run.watchers.delete(onNews);
    }
  }

  /** Sees a backfill through that nobody waits for. */
  async function seeThrough(key: BackfillKey & { asked_in: string | null }, run: Run): Promise<void> {
    const about = { channel: key.channel_id, kind: key.kind };
    try {
      const outcome = await run.outcome.catch(asUserError);
      // What is tried again and again is told once.
      const level = failed.has(nameOf(key)) ? 'debug' : 'warn';
      failed[isUserError(outcome) ? 'add' : 'delete'](nameOf(key));
      if (isUserError(outcome)) log[level]({ ...about, problem: outcome.key }, 'a backfill failed');
      else if (key.kind === 'history') log.info({ ...about, ...outcome }, 'a backfill that went on ended');
      else if (outcome.stored > 0) log.info({ ...about, ...outcome }, 'caught up with what was missed');
      if (key.asked_in === null || (!isUserError(outcome) && outcome.kind === 'paused')) return;
      announce({ guildId: run.guildId, channelId: key.asked_in }, outcome);
    } catch (error) {
      log.error({ err: error, ...about }, 'a backfill failed');
    }
  }

  return {
    /**
     * Reads the recent past of a channel that was just switched on.
     * @throws UserError shutting_down, channel_gone, channel_not_readable
     */
    recent: (request: BackfillRequest): Promise<BackfillOutcome> =>
      attend(request, { since: 0, max_messages: recentMessages }),

    /**
     * Reads a channel's past, all of it or of so many days.
     * @throws UserError training_not_permitted, not_collecting, shutting_down, channel_gone, channel_not_readable
     */
    async backfill({ days, ...request }: BackfillRequest & { days: number | undefined }) {
      const { channelId } = request;
      if (!permitted) throw new UserError('training_not_permitted', {});
      if (!isWanted(channelId)) throw new UserError('not_collecting', { channel: channelId });
      const since = days === undefined ? 0 : now() - days * DAY_MS;
      return attend(request, { since, max_messages: null });
    },

    /** Ends reading a channel; what was stored stays. @throws UserError no_backfill */
    async cancel(guildId: string, channelId: string): Promise<BackfillOutcome> {
      const run = runs.get(nameOf({ channel_id: channelId, kind: 'history' }));
      if (run === undefined || run.guildId !== guildId) throw new UserError('no_backfill', {});
      run.ending = 'cancelled';
      run.leaving.abort();
      return run.outcome;
    },

    /** Goes on with everything that is noted and not being read, as after a start of the bot. */
    async resume(): Promise<void> {
      if (!permitted || isClosed) return;
      for (const backfill of await store.backfills.unfinished()) {
        if (runs.has(nameOf(backfill))) continue;
        void seeThrough(backfill, runOf(backfill, backfill.guild_id));
      }
    },

    /** Pauses what is being read of one kind. */
    pause,

    /** Pauses everything; nothing begins any more. */
    async stop(): Promise<void> {
      isClosed = true;
      await Promise.all([pause('history'), pause('missed')]);
    },
  };

  async function pause(kind: BackfillKey['kind']): Promise<void> {
    const paused = [...runs].filter(([name]) => name.startsWith(kind)).map(([, run]) => run);
    for (const { leaving } of paused) leaving.abort();
    await Promise.allSettled(paused.map(({ outcome }) => outcome));
  }
}

/** What the bot may not read now it may read later, and then it catches up with what it missed. */
function mayBeMissedStill({ kind }: BackfillKey, { key }: UserError): boolean {
  return kind === 'missed' && key === 'channel_not_readable';
}

function asUserError(error: unknown): UserError {
  if (isUserError(error)) return error;
  throw error;
}
