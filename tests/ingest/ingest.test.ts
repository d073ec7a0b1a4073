import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counts } from '../../src/ingest/protocol.js';
import { PUBLIC } from '../../src/store/messages.js';
import { EVERYWHERE } from '../../src/store/privacy.js';
import type { Store } from '../../src/store/open.js';
import {
  CHANNEL,
  exported,
  fileWith,
  folderWith,
  GUILD,
  idAt,
  imported,
  NOW,
  stored,
  timeAt,
} from '../helpers/importing.js';
import { temporaryDatabase, temporaryStore } from '../helpers/store.js';

const OPTED_OUT = '801';
const FORGOTTEN = '802';
const OTHERS = '803';

/** Rows of all kinds: new, twice, edited, erased, refused, broken. */
const rows = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[]', '{"text":"no time"}', 'x') },
    {
      weight: 9,
      arbitrary: fc
        .record({
          id: fc.option(fc.integer({ min: 0, max: 15 }).map(idAt), { nil: undefined }),
          text: fc.constantFrom('hello', 'good night', '', '!play song', 'ㅋㅋㅋ', 'a\u0000b'),
          author: fc.constantFrom(OPTED_OUT, FORGOTTEN, OTHERS, 'ann'),
          channel: fc.constantFrom(CHANNEL, '31', '32', undefined),
          thread: fc.constantFrom(undefined, '41', '42'),
          time: fc.constantFrom(timeAt(3), timeAt(12)),
          edited: fc.constantFrom(undefined, timeAt(20), timeAt(21)),
        })
        .map((fields) => JSON.stringify(fields)),
    },
  ),
  { maxLength: 60 },
);
const file = rows.map((lines) => `{}\n${lines.join('\n')}`);

describe('an import', () => {
  it('does what its rehearsal says, and a second one does nothing', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.boolean(), async (content, takesOptIn) => {
        const store = await livelyStore(takesOptIn);
        const path = fileWith(content);
        const before = await stored(store);
        const said = await imported(store, path, { isRehearsal: true });
        expect(await stored(store)).toEqual(before);
        const done = await imported(store, path);
        expect(done).toEqual(said);
        expect(done.read).toBe(sumOf(done));
        const after = await stored(store);
        expect(after.length - before.length).toBe(done.added);
        expect(await imported(store, path)).toMatchObject({ added: 0, edited: 0 });
        expect(await stored(store)).toEqual(after);
        await store.close();
      }),
      { numRuns: 20 },
    );
  });

  it('stays erased: by a delete, by forgetting, and when the same file comes again', async () => {
    const store = await temporaryStore();
    const path = fileWith(exported([{}, {}, { author: { id: OTHERS } }, { author: { id: OTHERS } }]));
    await imported(store, path);
    await store.erasure.erase({ guildId: GUILD, ids: [idAt(0)] }, 'deleted', NOW);
    await store.privacy.change({ guild_id: GUILD, member_id: OTHERS, forgotten_at: NOW, changed_at: NOW });
    await store.erasure.erase({ guildId: GUILD, authorId: OTHERS }, 'forgotten', NOW);
    expect((await stored(store)).map(({ id }) => id)).toEqual([idAt(1)]);
    expect(await imported(store, path)).toMatchObject({ added: 0, known: 1, leftOut: { erased: 3 } });
    expect(await stored(store)).toHaveLength(1);
  });

  it.each([
    ['here', GUILD],
    ['everywhere', EVERYWHERE],
  ])(
    'cannot bring back by another time, or by none, what its author wanted forgotten %s',
    async (_, guild) => {
      const store = await temporaryStore();
      await store.privacy.change({ guild_id: guild, member_id: '801', forgotten_at: NOW - 5, changed_at: 0 });
      const line = JSON.stringify({ id: idAt(0), text: 'x', author: '801', channel: CHANNEL, time: NOW });
      expect(await imported(store, fileWith(line))).toMatchObject({ added: 0, leftOut: { erased: 1 } });
      const terms = { authorId: '801', channelId: CHANNEL };
      expect(await imported(store, fileWith('a text'), terms)).toMatchObject({ leftOut: { erased: 1 } });
    },
  );

  it('leaves a channel’s settings as they are', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: CHANNEL, guildId: GUILD }, true, 1);
    const before = await store.channels.find(CHANNEL);
    await imported(store, fileWith(exported([{}])));
    expect(await store.channels.find(CHANNEL)).toEqual(before);
  });

  it('takes only messages of channels that are there and open, into their channels and classes', async () => {
    const store = await temporaryStore();
    const places = {
      '31': { channelId: '31', audience: PUBLIC, isOpen: true },
      '32': { channelId: '32', audience: 'readers-x', isOpen: true },
      '33': { channelId: '33', audience: 'readers-y', isOpen: false },
      '41': { channelId: '31', audience: PUBLIC, isOpen: true },
    };
    const lines = ['31', '32', '33', '34', '41', 'tea'].map((channel, minute) =>
      JSON.stringify({ id: idAt(minute), text: 'x', author: OTHERS, channel, time: 1 }),
    );
    const counts = await imported(store, fileWith(lines.join('\n')), { places, channelId: '31' });
    expect(counts).toMatchObject({ added: 4, leftOut: { private_channel: 1, unknown_channel: 1 } });
    expect((await stored(store)).map(({ channel_id, thread_id }) => [channel_id, thread_id])).toEqual([
      ['31', null],
      ['32', null],
      ['31', '41'],
      ['31', null],
    ]);
    expect(await store.channels.find('32')).toMatchObject({ audience: 'readers-x' });
  });

  it('takes nothing of private threads, whether the file says it or the server', async () => {
    const store = await temporaryStore();
    const channel = { id: '42', type: 'GuildPrivateThread', categoryId: '31' };
    const places = {
      '31': { channelId: '31', audience: PUBLIC, isOpen: true },
      '43': { channelId: '31', audience: 'thread-43', isOpen: false },
      '44': { channelId: '31', audience: 'thread-44', isOpen: true },
    };
    for (const terms of [{}, { places }]) {
      const counts = await imported(store, fileWith(exported([{}], { channel })), terms);
      expect(counts).toMatchObject({ added: 0, leftOut: { private_channel: 1 } });
    }
    const lines = [{ thread: '43' }, { thread: '44' }].map((fields, minute) =>
      JSON.stringify({ id: idAt(minute), text: 'x', channel: '31', time: 1, ...fields }),
    );
    const counts = await imported(store, fileWith(lines.join('\n')), { places });
    expect(counts).toMatchObject({ added: 0, leftOut: { private_channel: 2 } });

    const about = JSON.stringify({ id: '42', type: 'PRIVATE_THREAD', guild: { id: GUILD } });
    const messages = `[{"ID": ${idAt(0)}, "Timestamp": "2024-01-01 00:00:00", "Contents": "x"}]`;
    const folder = folderWith({ 'c42/channel.json': about, 'c42/messages.json': messages });
    const packaged = await imported(store, folder, { authorId: OTHERS });
    expect(packaged).toMatchObject({ added: 0, leftOut: { private_channel: 1 } });
    expect(await stored(store)).toEqual([]);
  });

  it('adds what it left out to the server’s count, and a rehearsal does not', async () => {
    const store = await temporaryStore();
    await store.privacy.change({ guild_id: GUILD, member_id: OPTED_OUT, collecting: 'out', changed_at: 0 });
    const file = exported([
      {},
      { content: '' },
      { content: '!play song' },
      { content: '!play song' },
      { type: 'GuildMemberJoin' },
      { author: { id: '7', isBot: true } },
      { author: { id: OPTED_OUT } },
    ]);
    const rehearsed = await imported(store, fileWith(file), { isRehearsal: true });
    expect(rehearsed.leftOut).toEqual({ bot: 1, command: 2, empty: 1, opted_out: 1, system: 1 });
    expect(await store.omissions.list(GUILD)).toEqual([]);
    await imported(store, fileWith(file));
    const counted = (await store.omissions.list(GUILD)).map(({ reason, messages }) => [reason, messages]);
    expect(Object.fromEntries(counted)).toEqual({ bot: 1, command: 2, empty: 1, opted_out: 1 });
  });
});

/** With a message of every kind, and people of every opinion. */
async function livelyStore(takesOptIn: boolean): Promise<Store> {
  const path = temporaryDatabase();
  const store = await temporaryStore(path);
  await imported(
    store,
    fileWith(exported([{}, {}, {}, { timestampEdited: new Date(timeAt(20)).toISOString() }])),
  );
  const said = { guild_id: GUILD, changed_at: 0 };
  await store.privacy.change({ ...said, member_id: OPTED_OUT, collecting: 'out' });
  await store.privacy.change({ ...said, member_id: FORGOTTEN, forgotten_at: timeAt(5) });
  await store.privacy.change({ ...said, member_id: OTHERS, collecting: 'in' });
  if (takesOptIn) {
    const sqlite = new Database(path);
    sqlite.prepare("insert into guilds (id, consent, changed_at) values (?, 'opt-in', 0)").run(GUILD);
    sqlite.close();
  }
  await store.erasure.erase({ guildId: GUILD, ids: [idAt(1), idAt(7)] }, 'deleted', 1);
  await store.erasure.erase({ guildId: GUILD, threadId: '42' }, 'deleted', 1);
  await store.erasure.erase({ guildId: GUILD, channelId: '32' }, 'channel_deleted', 1);
  return store;
}

function sumOf({ added, edited, known, leftOut, bad }: Counts): number {
  return Object.values(leftOut).reduce((sum, messages) => sum + messages, added + edited + known + bad);
}
