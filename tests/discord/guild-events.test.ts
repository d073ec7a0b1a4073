import type { Client } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect, createClient } from '../../src/discord/client.js';
import { listen } from '../../src/discord/events.js';
import { followGuilds, standingOf } from '../../src/discord/guild-events.js';
import { ApiProblem, type Playground, startPlayground } from '../../src/playground/index.js';
import { type Collecting, createCollecting } from '../../src/services/collecting.js';
import { createFollowing } from '../../src/services/following.js';
import { ANY } from '../../src/store/messages.js';
import { silent } from '../helpers/log.js';
import { temporaryStore } from '../helpers/store.js';
import { smallWorld } from '../helpers/world.js';

const DAY_MS = 24 * 3_600_000;
const START = Date.UTC(2026, 0, 1);

describe('a channel whose readers change', () => {
  it.each([
    ['is hidden from everyone', ({ guild }: Playground) => hide(guild, 'lounge')],
    ['becomes age-restricted', ({ guild }: Playground) => guild.changeChannel('lounge', { nsfw: true })],
    ['is hidden with the whole server', ({ guild }: Playground) => guild.changeRole('@everyone', [])],
  ])('is no longer collected nor learned, and managers are told: it %s', async (_how, change) => {
    const { playground, store, said, told, learned, stored } = await running();
    await said('lounge', 'for all');
    expect(await learned()).toBe(1);
    change(playground);
    await expect.poll(learned).toBe(0);
    await said('lounge', 'for some', 'Ada');
    const { id } = playground.guild.channelNamed('lounge');
    await expect.poll(() => told.flat()).toContain(id);
    expect(await store.channels.find(id)).toMatchObject({ collecting: 0, learning: 0, audience: 'public' });
    expect(await stored()).toBe(1);
  });

  it('is found when the bot comes back, and so is one that was deleted meanwhile', async () => {
    const { playground, store, said, stop, restart, learned, stored } = await running();
    await said('lounge', 'for all');
    await said('general', 'of a channel that goes');
    await stop();
    hide(playground.guild, 'lounge');
    playground.guild.deleteChannel('general');
    await restart();
    expect(await learned()).toBe(0);
    expect(await stored()).toBe(1);
    expect(await store.channels.used(playground.guild.id)).toEqual([]);
  });

  it('is left alone in an outage', async () => {
    const { playground, said, learned, client } = await running();
    await said('lounge', 'for all');
    playground.guild.fail();
    await expect.poll(() => client().guilds.cache.first()?.available).toBe(false);
    playground.guild.recover();
    await expect.poll(() => client().guilds.cache.first()?.available).toBe(true);
    await said('lounge', 'again');
    expect(await learned()).toBe(2);
  });
});

describe('a channel that Discord does not tell of', () => {
  it('is no longer learned, but not erased, where it is just closed to the bot', async () => {
    const { playground, said, stop, restart, learned, stored } = await running();
    await said('lounge', 'for all');
    await stop();
    playground.guild.deleteChannel('lounge');
    playground.failNext('/channels/', new ApiProblem(403, 50_001, 'Missing Access'));
    await restart();
    expect([await learned(), await stored()]).toEqual([0, 1]);
  });
});

describe('what is deleted', () => {
  it('with its channel is gone for good', async () => {
    const { playground, store, said, stored } = await running();
    const { id } = await said('lounge', 'here');
    const channelId = playground.guild.channelNamed('lounge').id;
    playground.guild.deleteChannel('lounge');
    await expect.poll(stored).toBe(0);
    await expect.poll(() => store.channels.find(channelId)).toBeUndefined();
    await store.channels.setCollecting({ id: channelId, guildId: playground.guild.id }, true, 0);
    expect(await store.intake.take([row(playground, channelId, id)], 0)).toMatchObject({
      omitted: { erased: 1 },
    });
  });

  it('with its thread is gone for good, also where the client has not seen the thread', async () => {
    const { playground, store, stored } = await running();
    const { guild } = playground;
    const channelId = guild.channelNamed('lounge').id;
    await store.intake.take([row(playground, channelId, '7', '77'), row(playground, channelId, '8')], 0);
    guild.emit({
      name: 'THREAD_DELETE',
      data: { id: '77', guild_id: guild.id, parent_id: channelId, type: 11 },
    });
    await expect.poll(stored).toBe(1);
    const again = [row(playground, channelId, '9', '77')];
    expect(await store.intake.take(again, 0)).toMatchObject({ added: 0, omitted: { erased: 1 } });
  });

  it('with a ban takes along what Discord may have removed: the last seven days', async () => {
    const { playground, store, said, clock, stored } = await running();
    await said('lounge', 'long ago', 'Eve');
    clock.now += 8 * DAY_MS;
    await said('lounge', 'lately', 'Eve');
    await said('general', 'lately, too', 'Eve');
    await said('lounge', 'by another');
    playground.guild.ban('Eve', 0);
    await expect.poll(stored).toBe(2);
    expect(await store.debts.list(playground.guild.id)).toEqual([]); // There is no model yet.
  });

  it('by a ban is told as one purge of each channel', async () => {
    const { playground, said, stored } = await running();
    await said('lounge', 'one', 'Eve');
    await said('lounge', 'two', 'Eve');
    playground.guild.ban('Eve', 3_600);
    await expect.poll(stored).toBe(0);
    expect(playground.guild.messagesIn(playground.guild.channelNamed('lounge').id)).toEqual([]);
  });
});

describe('a server that the bot leaves', () => {
  it('is kept for some days, and then erased', async () => {
    const { playground, store, said, following, clock, erased, stored } = await running();
    const { guild } = playground;
    await said('lounge', 'here');
    await store.models.promote({
      ...{ guild_id: guild.id, audience: 'public', checkpoint: new Uint8Array([1]) },
      ...{ bits_per_character: 2, corpus_until: START, created_at: START },
    });
    guild.removeBot();
    await expect.poll(async () => (await store.guilds.find(guild.id))?.left_at).toBe(clock.now);
    expect(await store.channels.guilds()).toEqual([]); // No training is due.
    clock.now += 30 * DAY_MS;
    await following().eraseLeft();
    expect(await stored()).toBe(1);
    clock.now += 1;
    await following().eraseLeft();
    expect(await stored()).toBe(0);
    expect(await store.guilds.all()).toEqual([]);
    expect(erased).toEqual([[guild.id, [1]]]);
    guild.inviteBot();
    await expect.poll(async () => (await store.guilds.find(guild.id))?.left_at).toBe(null);
    await said('lounge', 'nobody collects here');
    expect(await stored()).toBe(0);
  });

  it('is as before when the bot is invited back in time', async () => {
    const { playground, store, said, following, clock, learned } = await running();
    await said('lounge', 'here');
    playground.guild.removeBot();
    playground.guild.inviteBot();
    await expect.poll(async () => (await store.guilds.find(playground.guild.id))?.left_at).toBe(null);
    clock.now += 31 * DAY_MS;
    await following().eraseLeft();
    await said('lounge', 'and still');
    expect(await learned()).toBe(2);
  });

  it('while it is off has left as well', async () => {
    const { playground, store, stop, restart, clock } = await running();
    await stop();
    playground.guild.removeBot();
    clock.now += DAY_MS;
    await restart();
    expect(await store.guilds.find(playground.guild.id)).toMatchObject({ left_at: START + DAY_MS });
  });
});

/** The bot's client and the services that its server's changes are for, collecting two channels. */
async function running() {
  const clock = { now: START };
  const playground = await startPlayground({
    world: { ...smallWorld(), messages: [] },
    now: () => clock.now,
  });
  const store = await temporaryStore();
  const { guild } = playground;
  const told: (readonly string[])[] = [];
  const erased: [string, readonly number[]][] = [];

  async function start() {
    const client = createClient(playground.apiUrl, silent);
    const parts = { store, now: () => clock.now, log: silent };
    const collecting = await createCollecting({
      ...parts,
      permitted: true,
    });
    const following = createFollowing({
      ...parts,
      collecting,
      standing: standingOf(client),
      announce: (_place, channelIds) => told.push(channelIds),
      endTrainings: async () => {},
      forget: async (guildId, versions) => void erased.push([guildId, versions]),
      keepLeftDays: 30,
    });
    let hearing = Promise.resolve();
    const heard: Collecting = {
      ...collecting,
      received: (message) => (hearing = collecting.received(message)),
    };
    listen(client, heard, silent);
    followGuilds(client, following, silent);
    await connect(client, playground.token);
    await following.settled();
    return { client, collecting, following, hearing: () => hearing };
  }

  let bot = await start();
  const stop = async () => {
    await bot.client.destroy();
    await bot.following.settled();
  };
  onTestFinished(async () => {
    await stop();
    await playground.close();
  });
  for (const name of ['general', 'lounge']) {
    const { id } = guild.channelNamed(name);
    await bot.collecting.collect({ id, guildId: guild.id, audience: 'public' });
  }
  await store.trainingSettings.update({ guild_id: guild.id, announce_channel_id: '5' });

  return {
    playground,
    store,
    clock,
    told,
    erased,
    client: (): Client => bot.client,
    following: () => bot.following,
    stop,
    async restart() {
      bot = await start();
    },
    /** Says something, and waits until it was heard. */
    async said(channel: string, content: string, author = 'Max') {
      const heard = new Promise<void>((resolve) => bot.client.once('messageCreate', () => resolve()));
      const message = playground.person(author).send(channel, content);
      await heard;
      await bot.hearing();
      return message;
    },
    stored: async () => (await store.messages.pageOfAll(guild.id, { created_at: 0, id: '' }, 100)).length,
    learned: async () => (await store.messages.totals(guild.id, ANY)).messages,
  };
}

function hide(guild: Playground['guild'], channel: string): void {
  guild.changeChannel(channel, { overwrites: guild.roles.moderatorsOnly() });
}

function row({ guild }: Playground, channelId: string, id: string, threadId: string | null = null) {
  return {
    id,
    guild_id: guild.id,
    channel_id: channelId,
    thread_id: threadId,
    author_id: '100',
    content: 'once more',
    characters: 9,
    reply_to_id: null,
    created_at: START,
  };
}
