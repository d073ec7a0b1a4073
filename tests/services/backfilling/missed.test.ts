import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import {
  backfillingSet,
  BEGUN,
  CHANNEL,
  GUILD,
  MINUTE_MS,
  storedIds,
  talk,
} from '../../helpers/backfilling.js';

const on = { id: CHANNEL, guildId: GUILD, audience: 'public' };

describe('what was said while the bot was away', () => {
  it('is caught up with from the moment until which it listened', async () => {
    const { store, discord, clock, missed, collecting } = await backfillingSet();
    const messages = talk(500);
    clock.now = BEGUN;
    await collecting.collect(on);
    await missed.listening();
    clock.now = messages[200].createdAt;
    await missed.beat();
    // Nothing more is noted, not even by an orderly stop, once the connection is lost.
    missed.lost();
    clock.now = messages[300].createdAt;
    await missed.beat();

    discord.places.set(CHANNEL, messages);
    const after = await backfillingSet({ store, discord });
    await after.missed.note();
    expect(await store.backfills.unfinished()).toMatchObject([{ kind: 'missed', channel_id: CHANNEL }]);
    await after.missed.listening();
    await expect.poll(() => store.backfills.unfinished()).toEqual([]);
    // With the five minutes before, in which a dying connection may have lost something.
    expect(await storedIds(store)).toEqual(messages.slice(195).map(({ id }) => id));
    expect(after.announced).toEqual([]);
  });

  it('is not lost by a second downtime in the middle of catching up', async () => {
    const { store, discord, clock, missed, collecting } = await backfillingSet();
    const messages = talk(500);
    clock.now = BEGUN;
    await collecting.collect(on);
    await missed.listening();
    clock.now = messages[10].createdAt;
    await missed.beat();

    discord.places.set(CHANNEL, messages.slice(0, 400));
    const second = await backfillingSet({ store, discord });
    await second.missed.note();
    discord.watchers.push((question) => {
      if (question.split(' ').length === 3) void second.backfilling.stop();
    });
    await second.missed.listening();
    await expect.poll(() => storedIds(store)).toHaveLength(100);
    await second.backfilling.stop();
    discord.watchers.pop();
    second.clock.now = messages[399].createdAt;
    await second.missed.beat();

    discord.places.set(CHANNEL, messages);
    const third = await backfillingSet({ store, discord });
    await third.missed.note();
    await third.missed.listening();
    await expect.poll(() => store.backfills.unfinished()).toEqual([]);
    expect(await storedIds(store)).toEqual(messages.slice(5).map(({ id }) => id));
  });

  it('is caught up with after a connection that could not be resumed, too', async () => {
    const { store, discord, clock, missed, collecting } = await backfillingSet();
    clock.now = BEGUN;
    await collecting.collect(on);
    await missed.note();
    await missed.listening();
    await expect.poll(() => store.backfills.unfinished()).toEqual([]);
    missed.lost();
    clock.now = BEGUN + 60 * MINUTE_MS;
    discord.places.set(CHANNEL, talk(30));
    await missed.renewed();
    await expect.poll(() => storedIds(store)).toHaveLength(30);
  });

  it('is caught up with once the bot may read again, unless the channel is switched off by then', async () => {
    const { store, discord, clock, missed, collecting } = await backfillingSet();
    clock.now = BEGUN;
    await collecting.collect(on);
    discord.places.set(CHANNEL, talk(30));
    const closed = new UserError('channel_not_readable', { channel: CHANNEL });
    const tries = async (happens: () => Promise<void>) => {
      discord.failures.push(closed);
      await happens();
      await expect.poll(() => discord.failures).toEqual([]);
    };
    await missed.note();
    await tries(missed.listening);
    await tries(missed.beat);
    expect(await store.backfills.unfinished()).toMatchObject([{ kind: 'missed' }]);
    await missed.beat();
    await expect.poll(() => storedIds(store)).toHaveLength(30);
    await missed.note();
    await tries(missed.listening);
    await collecting.ignore(on);
    await missed.beat();
    await expect.poll(() => store.backfills.unfinished()).toEqual([]);
  });

  it('is nothing from before a channel was switched on', async () => {
    const { store, discord, clock, missed, collecting } = await backfillingSet();
    const messages = talk(100);
    discord.places.set(CHANNEL, messages);
    clock.now = messages[40].createdAt;
    await collecting.collect(on);
    await missed.note();
    await missed.listening();
    await expect.poll(() => store.backfills.unfinished()).toEqual([]);
    expect(await storedIds(store)).toEqual(messages.slice(40).map(({ id }) => id));
  });
});
