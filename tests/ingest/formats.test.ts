import { describe, expect, it } from 'vitest';
import { PUBLIC } from '../../src/store/messages.js';
import {
  CHANNEL,
  exported,
  fileWith,
  folderWith,
  GUILD,
  idAt,
  imported,
  stored,
  timeAt,
} from '../helpers/importing.js';
import { temporaryStore } from '../helpers/store.js';
import { zipped } from '../helpers/zip.js';

const ANN = '800000000000000001';
const row = (minute: number, more: object = {}) => ({
  id: idAt(minute),
  guild_id: GUILD,
  channel_id: CHANNEL,
  thread_id: null,
  author_id: ANN,
  content: `message ${minute}`,
  characters: 9,
  reply_to_id: null,
  created_at: timeAt(minute),
  edited_at: 0,
  ...more,
});

describe('DiscordChatExporter', () => {
  it('gives what people wrote, with its ids, edits and replies', async () => {
    const store = await temporaryStore();
    const file = exported([
      {},
      { type: 'Reply', reference: { messageId: idAt(0), channelId: CHANNEL } },
      { timestampEdited: new Date(timeAt(9)).toISOString() },
      { type: 'GuildMemberJoin', content: 'Joined the server.' },
      { author: { id: '7', name: 'beep', isBot: true } },
      { content: '' },
      { content: 5 },
    ]);
    const counts = await imported(store, fileWith(file));
    expect(counts).toMatchObject({ read: 7, added: 3, leftOut: { system: 1, bot: 1, empty: 1 }, bad: 1 });
    expect(counts.badRows).toEqual([{ file: 'upload', at: 7, flaw: 'no_text' }]);
    expect(await stored(store)).toEqual([
      row(0),
      row(1, { reply_to_id: idAt(0) }),
      row(2, { edited_at: timeAt(9) }),
    ]);
    expect(await store.messages.totals(GUILD, PUBLIC)).toMatchObject({ messages: 3 });
    expect(await store.channels.find(CHANNEL)).toMatchObject({
      collecting: 0,
      learning: 1,
      audience: PUBLIC,
    });
  });

  it('files a thread under the channel that it is in', async () => {
    const store = await temporaryStore();
    const channel = { id: '77', type: 'GuildPublicThread', categoryId: CHANNEL };
    await imported(store, fileWith(exported([{}], { channel })));
    expect(await stored(store)).toEqual([row(0, { thread_id: '77' })]);
  });

  it('tells nobody’s name: mentions become ids again', async () => {
    const store = await temporaryStore();
    const mentions = [
      { id: '801', name: 'ann', nickname: 'Ann' },
      { id: '802', name: 'ann.b', nickname: 'Ann (she/her) 🌱' },
      { id: 5, name: 'all' },
      null,
    ];
    const content = 'hi @Ann (she/her) 🌱, @ann.b and @Ann! @annXb @all';
    await imported(
      store,
      fileWith(
        exported([
          { content, mentions },
          { content: '@Ann', mentions: 'x' },
        ]),
      ),
    );
    expect((await stored(store)).map(({ content }) => content)).toEqual([
      'hi <@802>, <@802> and <@801>! <@801>Xb @all',
      '@Ann',
    ]);
  });

  it('loses only the message that is broken, and says where a file breaks off', async () => {
    const store = await temporaryStore();
    const broken = exported([{}, { content: 'BROKEN' }, {}]).replace('"BROKEN"', 'BROKEN');
    expect(await imported(store, fileWith(broken))).toMatchObject({
      added: 2,
      badRows: [{ at: 2, flaw: 'not_json' }],
    });
    const whole = exported([{}, {}, {}, {}]);
    const cut = whole.slice(0, whole.indexOf(idAt(3)) + 5);
    expect(await imported(store, fileWith(cut))).toMatchObject({
      known: 2,
      added: 1,
      badRows: [{ at: 4, flaw: 'cut_off' }],
    });
  });
});

describe("Discord's data package", () => {
  const json = `[{"ID": ${idAt(0)}, "Timestamp": "2024-01-01 00:00:00", "Contents": "message 0", "Attachments": ""},
    {"ID": ${idAt(1)}, "Timestamp": "2024-01-01 00:01:00", "Contents": "message 1", "Attachments": ""}]`;
  const csv = `ID,Timestamp,Contents,Attachments\n${idAt(2)},2024-01-01 00:02:00.5+00:00,"message\n""2""",\n`;
  const channel = (id: string, guild: string) =>
    JSON.stringify({ id, type: 0, guild: { id: guild, name: 'x' } });
  const files = {
    'README.txt': 'About this package',
    'account/user.json': JSON.stringify({ id: ANN, username: 'ann' }),
    'messages/index.json': '{"1": "general"}',
    [`messages/c${CHANNEL}/channel.json`]: channel(CHANNEL, GUILD),
    [`messages/c${CHANNEL}/messages.json`]: json,
    'messages/c5/channel.json': channel('5', GUILD),
    'messages/c5/messages.csv': csv,
    'messages/c6/channel.json': channel('6', '4444'),
    'messages/c6/messages.json': json,
    'messages/c7/channel.json': JSON.stringify({ id: '7', type: 1 }),
    'messages/c7/messages.json': json,
  };
  const rows = [row(0), row(1), row(2, { channel_id: '5', content: 'message\n"2"', characters: 11 })];

  it('is read from its folder and from its zip file, without other servers and direct messages', async () => {
    const archive = zipped(Object.entries(files).map(([name, content]) => ({ name, content })));
    for (const path of [folderWith(files), fileWith(archive)]) {
      const store = await temporaryStore();
      expect(await imported(store, path)).toMatchObject({ read: 3, added: 3, bad: 0, elsewhere: 2 });
      expect(await stored(store)).toEqual(rows);
    }
  });

  it('is read from one of its files: of the channel beside it, by whoever is named', async () => {
    const store = await temporaryStore();
    const path = `${folderWith(files)}/messages/c${CHANNEL}/messages.json`;
    await expect(imported(store, path)).rejects.toMatchObject({ key: 'import_needs_author' });
    expect(await imported(store, path, { authorId: ANN })).toMatchObject({ added: 2 });
    await expect(imported(store, fileWith(json), { authorId: ANN })).rejects.toMatchObject({
      key: 'import_needs_channel',
    });
    expect(await imported(store, fileWith(json), { authorId: ANN, channelId: CHANNEL })).toMatchObject({
      known: 2,
    });
  });

  it('goes on behind bad rows of a table', async () => {
    const store = await temporaryStore();
    const table = `ID,Timestamp,Contents\n1,2024-01-01,one\n2,2024-01-01,two,and more\n3,soon,three\n4,2024-01-01,four\n`;
    const counts = await imported(store, fileWith(table), { authorId: ANN, channelId: CHANNEL });
    expect(counts).toMatchObject({ read: 4, added: 2, bad: 2 });
    expect(counts.badRows.map(({ at, flaw }) => [at, flaw])).toEqual([
      [3, 'not_csv'],
      [4, 'no_time'],
    ]);
  });
});

describe('JSON lines', () => {
  it('take the names that training takes; people and channels without ids become ids of our own', async () => {
    const store = await temporaryStore();
    const lines = [
      { id: idAt(0), text: 'message 0', author: ANN, channel: CHANNEL, time: timeAt(0) },
      { x: 'message 1', u: 'ann', ch: 'tea', t: timeAt(1) },
      { x: 'message 2', u: 'ann', ch: 'tea', t: timeAt(2) },
      { content: 'no channel', timestamp: timeAt(3) },
      { text: 'no time', channel: CHANNEL },
      { text: 'tomorrow', channel: CHANNEL, time: '2100-01-01' },
    ];
    const file = `\ufeff${lines.map((line) => JSON.stringify(line)).join('\r\n')}\r\n\n{"text":\nnonsense`;
    const counts = await imported(store, fileWith(file));
    expect(counts).toMatchObject({ read: 8, added: 3, bad: 5 });
    expect(counts.badRows.map(({ flaw }) => flaw)).toEqual([
      'no_channel',
      'no_time',
      'in_future',
      'not_json',
      'not_json',
    ]);
    const [first, second, third] = await stored(store);
    expect(first).toEqual(row(0));
    expect(second.channel_id).toMatch(/^import:[0-9a-f]{32}$/);
    expect(third).toMatchObject({ channel_id: second.channel_id, author_id: second.author_id });
    expect(JSON.stringify([second, third])).not.toMatch(/"(ann|tea)"/);
  });

  it('may be one JSON list, and keep ids that were written as numbers', async () => {
    const store = await temporaryStore();
    const list = `[{"id": ${idAt(0)}, "text": "message 0", "author_id": ${ANN}, "channel_id": ${CHANNEL}, "time": 1}]`;
    expect(await imported(store, fileWith(list))).toMatchObject({ added: 1, bad: 0 });
    expect(await stored(store)).toEqual([row(0)]);
  });
});

describe('plain text', () => {
  it('is a message a line, in its order, of nobody in particular', async () => {
    const store = await temporaryStore();
    const path = fileWith('first\n\nsecond\r\nfirst');
    await expect(imported(store, path)).rejects.toMatchObject({ key: 'import_needs_channel' });
    expect(await imported(store, path, { channelId: CHANNEL })).toMatchObject({ read: 3, added: 3 });
    const rows = await stored(store);
    expect(rows.map(({ content }) => content)).toEqual(['first', 'second', 'first']);
    expect(new Set(rows.map(({ author_id }) => author_id)).size).toBe(1);
    const longer = fileWith('first\n\nsecond\r\nfirst\nthird\n');
    expect(await imported(store, longer, { channelId: CHANNEL })).toMatchObject({ known: 3, added: 1 });
  });

  it('is older than all that is stored, and the next one older still', async () => {
    const store = await temporaryStore();
    await imported(store, fileWith(exported([{}])));
    for (const text of ['one\ntwo', 'three\nfour']) {
      await imported(store, fileWith(text), { channelId: CHANNEL });
    }
    const contents = (await stored(store)).map(({ content }) => content);
    expect(contents).toEqual(['three', 'four', 'one', 'two', 'message 0']);
  });
});
