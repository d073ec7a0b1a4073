import { describe, expect, it } from 'vitest';
import type { BackfillNews } from '../../../src/services/backfilling/backfilling.js';
import { backfillingSet, CHANNEL, GUILD, storedIds, talk } from '../../helpers/backfilling.js';

describe('asking for more than is being read', () => {
  it('has all of it read from the newest message on, and tells both who asked', async () => {
    const { store, channel, backfilling } = await set();
    let all: Promise<unknown> | undefined;
    const recent = backfilling.recent({
      ...channel,
      onNews: () => {
        all ??= backfilling.backfill({ ...channel, days: undefined, onNews: () => {} });
      },
    });
    const outcome = { kind: 'done', channelId: CHANNEL, read: 450, stored: 450 };
    expect(await recent).toEqual(outcome);
    expect(await all).toEqual(outcome);
    expect(await storedIds(store)).toHaveLength(450);
    expect(await store.backfills.unfinished()).toEqual([]);
  });

  it('holds for more days, too, but not for fewer, nor for a number of the newest', async () => {
    const { channel, backfilling, clock, messages } = await set();
    clock.now = messages[449].createdAt;
    /** How much each comes to, of whom the second asks while the first looks on. */
    const both = async (first: Ask, second: Ask) => {
      let later: ReturnType<Ask> | undefined;
      const outcome = await first(() => {
        later ??= second(() => {});
      });
      expect(await later).toEqual(outcome);
      return outcome.read;
    };
    type Ask = (onNews: (news: BackfillNews) => void) => ReturnType<typeof backfilling.recent>;
    const ofDays =
      (days: number): Ask =>
      (onNews) =>
        backfilling.backfill({ ...channel, days, onNews });
    const recent: Ask = (onNews) => backfilling.recent({ ...channel, onNews });
    const [threeHours, fiveHours] = [ofDays(3 / 24), ofDays(5 / 24)];
    expect(await both(threeHours, fiveHours)).toBe(301);
    expect(await both(fiveHours, threeHours)).toBe(301);
    expect(await both(threeHours, recent)).toBe(181);
    expect(await both(recent, threeHours)).toBe(181);
  });

  it('is what is gone on with after a restart', async () => {
    const { store, discord, channel, backfilling } = await set();
    let all: Promise<unknown> | undefined;
    discord.watchers.push((question) => {
      if (question.startsWith('places') && all !== undefined) void backfilling.stop();
    });
    await backfilling.recent({
      ...channel,
      onNews: () => {
        all ??= backfilling.backfill({ ...channel, askedIn: '77', days: undefined, onNews: () => {} });
      },
    });
    expect(await all).toMatchObject({ kind: 'paused' });
    const after = await backfillingSet({ store, discord });
    await after.backfilling.resume();
    await expect.poll(() => after.announced).toEqual([{ channelId: '77', what: 'done' }]);
    expect(await storedIds(store)).toHaveLength(450);
  });
});

/** A channel with more than is read of one that is switched on. */
async function set() {
  const services = await backfillingSet({ recentMessages: 300 });
  const messages = talk(450);
  services.discord.places.set(CHANNEL, messages);
  await services.collecting.collect({ id: CHANNEL, guildId: GUILD, audience: 'public' });
  return { ...services, messages };
}
