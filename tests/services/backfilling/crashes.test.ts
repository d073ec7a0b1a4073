import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backfillingSet,
  BEGUN,
  CHANNEL,
  fakeDiscord,
  GUILD,
  idAt,
  storedIds,
  talk,
} from '../../helpers/backfilling.js';
import { temporaryStore } from '../../helpers/store.js';

const THREAD = idAt(BEGUN - 500, 7);

/** What may happen, again and again, before somebody lets a backfill run to its end. */
const happening = fc.record({
  /** Which of the messages are deleted while the bot is away. */
  deleted: fc.array(fc.nat(189), { maxLength: 20 }),
  /** After how many writes of pages or cursors the process dies in the next backfill. */
  diesAfter: fc.nat(6),
});

describe('whatever happens between the backfills', () => {
  it('leaves in the database what Discord has, and nothing twice', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 4 }), async (happenings) => {
        const discord = fakeDiscord();
        const store = await temporaryStore();
        let left = [...talk(130), ...talk(60, { threadId: THREAD })];
        const show = () => {
          discord.places.set(
            CHANNEL,
            left.filter(({ threadId }) => threadId === undefined),
          );
          discord.places.set(
            THREAD,
            left.filter(({ threadId }) => threadId !== undefined),
          );
        };
        show();
        const asked = { guildId: GUILD, channelId: CHANNEL, askedIn: '5', askedBy: '9', onNews: () => {} };
        const first = await backfillingSet({ store, discord });
        await first.collecting.collect({ id: CHANNEL, guildId: GUILD, audience: 'public' });
        for (const { deleted, diesAfter } of happenings) {
          const dying = await backfillingSet({ store: dyingAfter(store, diesAfter), discord });
          await dying.backfilling.backfill({ ...asked, days: undefined }).catch(() => {});
          left = left.filter((_, index) => !deleted.includes(index));
          show();
        }
        const last = await backfillingSet({ store, discord });
        await last.backfilling.backfill({ ...asked, days: undefined });
        // What was deleted above a cursor is found by the next one.
        await last.backfilling.backfill({ ...asked, days: undefined });
        expect((await storedIds(store)).sort()).toEqual(left.map(({ id }) => id).sort());
      }),
      { numRuns: 20 },
    );
  });
});

/** A store that fails for good after so many writes, as a killed process does. */
function dyingAfter(store: Awaited<ReturnType<typeof temporaryStore>>, writes: number) {
  let left = writes;
  const alive = <A extends unknown[], R>(write: (...args: A) => Promise<R>) => {
    return (...args: A): Promise<R> => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('killed')) : write(...args);
    };
  };
  const { backfills, intake, erasure } = store;
  return {
    ...store,
    backfills: { ...backfills, advance: alive(backfills.advance), finish: alive(backfills.finish) },
    intake: { ...intake, take: alive(intake.take) },
    erasure: { ...erasure, erase: alive(erasure.erase) },
  };
}
