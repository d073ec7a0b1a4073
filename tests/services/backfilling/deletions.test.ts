import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { backfillingSet, BEGUN, CHANNEL, GUILD, idAt, storedIds, talk } from '../../helpers/backfilling.js';

describe('what a page does not show', () => {
  it('is erased if Discord says that there is no such message, and is asked for only where something is missing', async () => {
    const { store, discord, backfill, messages } = await set();
    expect(discord.asked.filter((question) => question.startsWith('has'))).toEqual([]);
    discord.places.set(CHANNEL, messages.slice(0, 20));
    await backfill();
    expect(await storedIds(store)).toEqual(messages.slice(0, 20).map(({ id }) => id));
    discord.places.set(CHANNEL, []);
    await backfill();
    expect(await storedIds(store)).toEqual([]);
  });

  it('stays where an empty page hides what is there', async () => {
    const { store, discord, backfill, messages } = await set();
    discord.kept.set(CHANNEL, messages);
    discord.places.set(CHANNEL, []);
    expect(await backfill()).toMatchObject({ kind: 'done', read: 0 });
    expect(await storedIds(store)).toHaveLength(30);
    // Nor does it keep away.
    discord.places.set(CHANNEL, messages);
    expect(await backfill()).toMatchObject({ read: 30, stored: 0 });
  });

  it('stays where the bot may no longer read, and that ends the backfill', async () => {
    const { store, discord, backfill } = await set();
    discord.places.set(CHANNEL, []);
    discord.watchers.push((question) => {
      if (question.startsWith('has'))
        discord.failures.push(new UserError('channel_not_readable', { channel: CHANNEL }));
    });
    await expect(backfill()).rejects.toMatchObject({ key: 'channel_not_readable' });
    expect(await storedIds(store)).toHaveLength(30);
  });

  it("stays where its id is not one of Discord's", async () => {
    const { store, backfill, messages } = await set();
    const row = { ...rowOf(), created_at: BEGUN };
    await store.intake.take(
      [
        { ...row, id: '17' },
        { ...row, id: 'import:0a' },
        { ...row, id: idAt(BEGUN, 9) },
      ],
      0,
    );
    await backfill();
    expect((await storedIds(store)).sort()).toEqual(
      ['17', 'import:0a', ...messages.map(({ id }) => id)].sort(),
    );
  });
});

/** A channel that is read. */
async function set() {
  const services = await backfillingSet();
  const messages = talk(30);
  services.discord.places.set(CHANNEL, messages);
  await services.collecting.collect({ id: CHANNEL, guildId: GUILD, audience: 'public' });
  const backfill = () =>
    services.backfilling.backfill({ ...services.channel, days: undefined, onNews: () => {} });
  await backfill();
  return { ...services, messages, backfill };
}

function rowOf() {
  return {
    guild_id: GUILD,
    channel_id: CHANNEL,
    thread_id: null,
    author_id: '100',
    content: 'imported',
    characters: 8,
    reply_to_id: null,
  };
}
