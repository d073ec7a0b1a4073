import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import type { BackfillNews } from '../../../src/services/backfilling/backfilling.js';
import {
  backfillingSet,
  BEGUN,
  CHANNEL,
  GUILD,
  idAt,
  MINUTE_MS,
  storedIds,
  talk,
} from '../../helpers/backfilling.js';

const DAY_MS = 24 * 60 * MINUTE_MS;
const THREAD = idAt(BEGUN - 500, 7);
const on = { id: CHANNEL, guildId: GUILD, audience: 'public' };

describe('a backfill', () => {
  it('reads the channel and then its threads, newest first, and tells how far it is', async () => {
    const { store, discord, backfilling, collecting, channel, clock } = await backfillingSet();
    discord.places.set(CHANNEL, talk(250)).set(THREAD, talk(30, { threadId: THREAD }));
    await collecting.collect(on);
    const news: BackfillNews[] = [];
    const onNews = (each: BackfillNews) => {
      clock.now += 1_000;
      news.push(each);
    };
    const outcome = await backfilling.backfill({ ...channel, days: undefined, onNews });
    expect(outcome).toEqual({ kind: 'done', channelId: CHANNEL, read: 280, stored: 280 });
    expect(await storedIds(store)).toHaveLength(280);
    const pages = discord.asked.map((question) => question.split(' ').slice(0, 2).join(' '));
    const own = `page ${CHANNEL}`;
    expect(pages).toEqual([`places ${CHANNEL}`, own, own, own, `page ${THREAD}`]);
    expect(news.map((each) => ('read' in each ? each.read : 0))).toEqual([100, 200, 250, 280]);
    // The channel and its threads weigh the same; after the third page the second half remains, after 3 s of reading 250.
    expect(news[2]).toMatchObject({ kind: 'reading', fraction: 0.5, perSecond: 125, remainingMs: 2_000 });
    expect(await store.backfills.unfinished()).toEqual([]);
  });

  it('stores nothing twice, and erases what was deleted on Discord meanwhile, wherever it stood', async () => {
    const { store, discord, backfilling, collecting, channel } = await backfillingSet();
    const messages = talk(250);
    discord.places.set(CHANNEL, messages);
    await collecting.collect(on);
    const backfill = () => backfilling.backfill({ ...channel, days: undefined, onNews: () => {} });
    await backfill();
    // The oldest three, one in the middle, one between two pages.
    const gone = [0, 1, 2, 77, 149];
    const left = messages.filter((_, index) => !gone.includes(index));
    discord.places.set(CHANNEL, left);
    expect(await backfill()).toMatchObject({ read: 245, stored: 0 });
    expect(await storedIds(store)).toEqual(left.map(({ id }) => id));
    // They do not come back, however late the news of them is.
    await collecting.received(messages[77]);
    expect(await storedIds(store)).toHaveLength(245);
    discord.places.set(CHANNEL, []);
    await backfill();
    expect(await storedIds(store)).toEqual([]);
  });

  it('reads as many days or messages as it should, and takes in edits', async () => {
    const { store, discord, backfilling, collecting, channel, clock } = await backfillingSet({
      recentMessages: 150,
    });
    const messages = talk(250);
    discord.places.set(CHANNEL, messages);
    await collecting.collect(on);
    clock.now = messages[199].createdAt + DAY_MS;
    const some = await backfilling.backfill({ ...channel, days: 1, onNews: () => {} });
    expect(some).toMatchObject({ read: 51, stored: 51 });
    discord.places.set(CHANNEL, [...messages.slice(0, 249), { ...messages[249], content: 'x', editedAt: 9 }]);
    expect(await backfilling.recent({ ...channel, onNews: () => {} })).toMatchObject({
      read: 150,
      stored: 99,
    });
    const rows = await store.messages.pageOfAll(GUILD, { created_at: 0, id: '' }, 1_000);
    expect(rows.at(-1)?.content).toBe('x');
  });

  it('counts what stays out, unless it catches up with what the gateway told of, too', async () => {
    const { store, discord, backfilling, collecting, missed, channel, clock } = await backfillingSet();
    const messages = talk(4);
    discord.places.set(CHANNEL, [
      { ...messages[0], fromPerson: false },
      { ...messages[1], content: '!play a song' },
      { ...messages[2], content: ' ' },
      messages[3],
    ]);
    clock.now = BEGUN;
    await collecting.collect(on);
    await missed.note();
    await missed.listening();
    await expect.poll(() => store.backfills.unfinished()).toEqual([]);
    expect(await store.omissions.list(GUILD)).toEqual([]);
    await backfilling.backfill({ ...channel, days: undefined, onNews: () => {} });
    const counts = (await store.omissions.list(GUILD)).map(({ reason, messages }) => [reason, messages]);
    expect(Object.fromEntries(counts)).toEqual({ bot: 1, command: 1, empty: 1 });
  });

  it('is refused for a channel that is not collected, and stops when it is switched off', async () => {
    const { store, discord, backfilling, collecting, channel } = await backfillingSet();
    discord.places.set(CHANNEL, talk(250));
    const backfill = (onNews = () => {}) => backfilling.backfill({ ...channel, days: undefined, onNews });
    await expect(backfill()).rejects.toMatchObject({ key: 'not_collecting' });
    await collecting.collect(on);
    const ignored = backfill(() => void collecting.ignore(on));
    expect(await ignored).toMatchObject({ kind: 'unwanted', read: 100 });
    expect(await storedIds(store)).toHaveLength(100);
    expect(await store.backfills.unfinished()).toEqual([]);
  });

  it('can be cancelled by its own guild alone, and keeps what it has', async () => {
    const { store, discord, backfilling, collecting, channel } = await backfillingSet();
    discord.places.set(CHANNEL, talk(250));
    await collecting.collect(on);
    await expect(backfilling.cancel(GUILD, CHANNEL)).rejects.toMatchObject({ key: 'no_backfill' });
    const cancelled = new Promise((resolve) => {
      const onNews = () => {
        backfilling.cancel('2', CHANNEL).catch(() => resolve(backfilling.cancel(GUILD, CHANNEL)));
      };
      void backfilling.backfill({ ...channel, days: undefined, onNews });
    });
    expect(await cancelled).toMatchObject({ kind: 'cancelled' });
    expect(await store.backfills.unfinished()).toEqual([]);
    expect((await storedIds(store)).length).toBeGreaterThanOrEqual(100);
  });

  it('is one for a channel, and one at a time for a guild', async () => {
    const { discord, backfilling, collecting, channel } = await backfillingSet();
    const other = idAt(BEGUN - 2_000);
    discord.places.set(CHANNEL, talk(150)).set(other, talk(5, { channelId: other, authorId: '7' }));
    await collecting.collect(on);
    await collecting.collect({ id: other, guildId: GUILD, audience: 'public' });
    const news: string[] = [];
    const ask = (channelId: string) =>
      backfilling.backfill({
        ...channel,
        channelId,
        days: undefined,
        onNews: ({ kind }) => news.push(`${channelId === other ? 'other' : 'first'} ${kind}`),
      });
    const [first, again, second] = await Promise.all([ask(CHANNEL), ask(CHANNEL), ask(other)]);
    expect(again).toEqual(first);
    expect(second).toMatchObject({ kind: 'done', read: 5 });
    expect(news.filter((each) => each.startsWith('other'))).toEqual(['other waiting', 'other reading']);
    expect(discord.asked.filter((question) => question.startsWith('places'))).toHaveLength(2);
  });
});

describe('an outage', () => {
  it('is waited out, with ever longer pauses that begin anew after each answer', async () => {
    const { store, discord, backfilling, collecting, channel, pauses } = await backfillingSet();
    discord.places.set(CHANNEL, talk(120));
    discord.failures.push(...Array.from({ length: 9 }, () => new Error('500')));
    await collecting.collect(on);
    const news: string[] = [];
    const onNews = (each: BackfillNews) => {
      news.push(each.kind);
      if (each.kind === 'reading' && each.read === 100) discord.failures.push(new Error('ECONNRESET'));
    };
    const outcome = await backfilling.backfill({ ...channel, days: undefined, onNews });
    expect(outcome).toMatchObject({ kind: 'done', stored: 120 });
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300, 5].map((seconds) => seconds * 1_000));
    expect(news.filter((kind) => kind === 'interrupted')).toHaveLength(10);
    expect(await storedIds(store)).toHaveLength(120);
  });

  it('is none when the bot may not read: that ends it, or in a thread only this part', async () => {
    const { store, discord, backfilling, collecting, channel } = await backfillingSet();
    discord.places.set(CHANNEL, talk(20)).set(THREAD, talk(5, { threadId: THREAD }));
    await collecting.collect(on);
    const backfill = (onNews = () => {}) => backfilling.backfill({ ...channel, days: undefined, onNews });
    const closed = new UserError('channel_not_readable', { channel: CHANNEL });
    discord.failures.push(closed);
    await expect(backfill()).rejects.toBe(closed);
    expect(await store.backfills.unfinished()).toEqual([]);
    const outcome = await backfill(() => {
      discord.failures.push(new UserError('channel_gone', { channel: THREAD }));
    });
    expect(outcome).toMatchObject({ kind: 'done', stored: 20 });
  });
});

describe('a restart', () => {
  it('lets a backfill go on where it stopped, and announces its end where it was asked for', async () => {
    const before = await backfillingSet();
    before.discord.places.set(CHANNEL, talk(250));
    await before.collecting.collect(on);
    const { backfilling, channel, discord, store } = before;
    const onNews = () => void backfilling.stop();
    const outcome = await backfilling.backfill({ ...channel, days: undefined, onNews });
    expect(outcome).toMatchObject({ kind: 'paused', read: 100 });
    await expect(
      backfilling.backfill({ ...channel, days: undefined, onNews: () => {} }),
    ).rejects.toMatchObject({ key: 'shutting_down' });

    const asked = discord.asked.length;
    const after = await backfillingSet({ store, discord });
    await after.backfilling.resume();
    await expect.poll(() => after.announced).toEqual([{ channelId: '55', what: 'done' }]);
    expect(await storedIds(store)).toHaveLength(250);
    // Two pages were left, and the places were known.
    expect(discord.asked.slice(asked)).toHaveLength(2);
  });

  it('reads one page twice when it came between the page and its cursor, and stores it once', async () => {
    const { store, discord, collecting, channel } = await backfillingSet();
    discord.places.set(CHANNEL, talk(250));
    await collecting.collect(on);
    const crashing = {
      ...store,
      backfills: { ...store.backfills, advance: () => Promise.reject(new Error('killed')) },
    };
    const killed = await backfillingSet({ store: crashing, discord });
    const asked = { ...channel, days: undefined, onNews: () => {} };
    await expect(killed.backfilling.backfill(asked)).rejects.toThrow('killed');
    expect(await storedIds(store)).toHaveLength(100);
    const after = await backfillingSet({ store, discord });
    await after.backfilling.resume();
    await expect.poll(() => after.announced).toHaveLength(1);
    expect(await storedIds(store)).toHaveLength(250);
  });

  it('tells what went wrong, too', async () => {
    const { store, discord, collecting, channel } = await backfillingSet();
    await collecting.collect(on);
    const asked = { guild_id: GUILD, since: 0, max_messages: null, started_at: 0, asked_by: '9' };
    await store.backfills.begin({
      channel_id: CHANNEL,
      kind: 'history',
      asked_in: channel.askedIn,
      ...asked,
    });
    discord.failures.push(new UserError('channel_gone', { channel: CHANNEL }));
    const after = await backfillingSet({ store, discord });
    await after.backfilling.resume();
    await expect.poll(() => after.announced).toEqual([{ channelId: '55', what: 'channel_gone' }]);
  });
});
