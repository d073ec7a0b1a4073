import type { Logger } from 'pino';
import type { Store } from '../../store/open.js';
import type { Backfilling } from './backfilling.js';

export type Missed = ReturnType<typeof createMissed>;

/** A connection may be dead for two heartbeats before anybody notices. */
const OVERLAP_MS = 5 * 60_000;

/**
 * Catches up with what was said while the bot did not listen. Until when it listened is noted again and again, rather
 * than read off the newest stored message: where few allow it or little is said, that one is old.
 */
export function createMissed(parts: {
  store: Store;
  backfilling: Pick<Backfilling, 'pause' | 'resume'>;
  permitted: boolean;
  now: () => number;
  log: Logger;
}) {
  const { store, backfilling, permitted, now, log } = parts;
  let isListening = false;

  async function note(): Promise<void> {
    if (!permitted) return;
    await backfilling.pause('missed');
    const listenedUntil = await store.backfills.listenedUntil();
    for (const { id, guild_id, changed_at } of await store.backfills.collecting()) {
      await store.backfills.beginAgain({
        channel_id: id,
        kind: 'missed',
        guild_id,
        since: Math.max(changed_at, (listenedUntil ?? 0) - OVERLAP_MS),
        max_messages: null,
        asked_in: null,
        asked_by: null,
        started_at: now(),
      });
    }
  }

  return {
    /** Notes for every channel since when something may be missing; before connecting, so that nothing of it gets lost. */
    note,

    /** The connection is there, from now on without a gap: catches up with what was noted. */
    async listening(): Promise<void> {
      isListening = true;
      await backfilling.resume();
    },

    /** The connection broke; the time until it is back may be missing. */
    lost(): void {
      isListening = false;
    },

    /** The connection is a new one, which does not tell what was said before it. */
    async renewed(): Promise<void> {
      log.info('the connection to Discord is a new one; catching up');
      await note();
      await this.listening();
    },

    /** Notes that nothing is missing until now, and goes on with what could not be stored before. */
    async beat(): Promise<void> {
      if (!isListening || !permitted) return;
      await store.backfills.setListenedUntil(now());
      await backfilling.resume();
    },
  };
}
