import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/i18n/index.js';
import { isUserError } from '../../src/errors.js';
import { CHANNEL, exported, fileWith, folderWith, idAt, imported, stored } from '../helpers/importing.js';
import { temporaryStore } from '../helpers/store.js';
import { zipped } from '../helpers/zip.js';

const line = (minute: number, text = 'hello') =>
  `${JSON.stringify({ id: idAt(minute), text, channel: CHANNEL, time: 1 })}\n`;

describe('an archive that is no honest one', () => {
  it.each([
    '../evil.jsonl',
    '/etc/evil.jsonl',
    'C:/evil.jsonl',
    'a\\b.jsonl',
    'a\0b.jsonl',
    'a\x1b[2Jb',
    'a\nb',
  ])('is refused for the name %j, which is shown harmlessly', async (name) => {
    const store = await temporaryStore();
    const path = fileWith(
      zipped([
        { name: 'good.jsonl', content: line(0) },
        { name, content: line(1) },
      ]),
    );
    const problem = await imported(store, path).catch((error: unknown) => error);
    if (!isUserError(problem)) throw problem;
    expect(problem.key).toBe('import_hostile_name');
    expect(describeError(problem)).not.toMatch(/\p{Cc}/u);
    expect(await stored(store)).toEqual([]);
  });

  it('is refused when it would unpack to far more than text does', async () => {
    const store = await temporaryStore();
    const bomb = zipped([{ name: 'bomb.jsonl', content: line(0) + ' '.repeat(20_000_000) }]);
    expect(bomb.length).toBeLessThan(100_000);
    await expect(imported(store, fileWith(bomb))).rejects.toMatchObject({ key: 'import_bomb' });
    expect(await stored(store)).toEqual([]);
  });

  it('is refused by what it says of all its files, before any is opened', async () => {
    const store = await temporaryStore();
    const files = Array.from({ length: 20 }, (_, index) => ({
      name: `${index}.bin`,
      content: 'no text of any server',
      said: 300_000_000,
    }));
    await expect(imported(store, fileWith(zipped(files)))).rejects.toMatchObject({ key: 'import_bomb' });
  });

  it('is refused when a file in it is longer than it says', async () => {
    const store = await temporaryStore();
    const liar = zipped([{ name: 'liar.jsonl', content: line(0).repeat(10_000), said: 1_000 }]);
    const refusal = { key: 'import_unreadable', params: { reason: 'damaged' } };
    await expect(imported(store, fileWith(liar))).rejects.toMatchObject(refusal);
    expect(await stored(store)).toEqual([]);
  });

  it('is refused when it is cut off', async () => {
    const store = await temporaryStore();
    const whole = zipped([{ name: 'a.jsonl', content: line(0) }]);
    await expect(imported(store, fileWith(whole.subarray(0, -30)))).rejects.toMatchObject({
      key: 'import_unreadable',
    });
  });

  it('is not opened for archives within it, and pictures and notes in it are no messages', async () => {
    const store = await temporaryStore();
    const inner = zipped([{ name: 'inner.jsonl', content: line(1) }]);
    const files = [
      { name: 'inner.zip', content: inner },
      { name: 'picture.png', content: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1') },
      { name: 'notes.txt', content: 'these are notes' },
      { name: 'no-name-that-helps', content: line(0) },
    ];
    expect(await imported(store, fileWith(zipped(files)))).toMatchObject({ read: 1, added: 1, bad: 0 });
    await expect(imported(store, fileWith(zipped(files.slice(0, 3))))).rejects.toMatchObject({
      key: 'import_no_messages',
    });
  });
});

describe('a file in another encoding', () => {
  it.each([
    ['UTF-16 with its mark', Buffer.from('\ufeff{"text":"x"}', 'utf16le')],
    ['UTF-16 without any zero byte', Buffer.from('\ufeff한국어', 'utf16le')],
  ])('is refused: %s', async (_name, content) => {
    const store = await temporaryStore();
    await expect(imported(store, fileWith(content), { channelId: CHANNEL })).rejects.toMatchObject({
      key: 'import_encoding',
    });
  });

  it.each([0, 7, 300_000])('is refused with the byte that is wrong: %i', async (byte) => {
    const store = await temporaryStore();
    const content = Buffer.from('한'.repeat(200_000) + line(0));
    content[byte] = 0xff;
    await expect(imported(store, fileWith(content), { channelId: CHANNEL })).rejects.toMatchObject({
      key: 'import_encoding',
      // Within a character, it is the character's first byte that is wrong.
      params: { byte: byte - (byte % 3) },
    });
    expect(await stored(store)).toEqual([]);
  });

  it('is refused when it ends within a character', async () => {
    const store = await temporaryStore();
    const content = Buffer.from(`${line(0)}한`).subarray(0, -1);
    await expect(imported(store, fileWith(content))).rejects.toMatchObject({
      params: { byte: content.length - 2 },
    });
  });
});

describe('a row that is out of all bounds', () => {
  const huge = 'x'.repeat(1_100_000);
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  it('is a bad one, and the others come in', async () => {
    const lines = [line(0), line(1, huge), `{"text": "x", "time": 1, "deep": ${deep}}\n`, line(2)];
    const list = exported([{}, { content: huge }, { embeds: 'DEEP' }, {}]).replace('"DEEP"', deep);
    for (const [content, flaws] of [
      [lines.join(''), ['too_long', 'no_channel']],
      [list, ['too_long', 'too_deep']],
    ] as const) {
      const store = await temporaryStore();
      const counts = await imported(store, fileWith(content));
      expect(counts).toMatchObject({ read: 4, added: 2, bad: 2 });
      expect(counts.badRows.map(({ flaw }) => flaw)).toEqual(flaws);
    }
  });

  it('is one of a time that cannot be, and an edit from the future outlives no real one', async () => {
    const store = await temporaryStore();
    const of = (fields: object) => JSON.stringify({ text: 'x', channel: CHANNEL, ...fields });
    const lines = [
      of({ time: -200_000 }),
      of({ time: Date.UTC(2014, 11, 31) }),
      of({ id: idAt(0), time: 1, edited: '2999-01-01' }),
      of({ id: idAt(0), time: 1, edited: -5 }),
      of({ id: idAt(0), time: '1970-01-01' }),
    ];
    const counts = await imported(store, fileWith(lines.join('\n')));
    expect(counts).toMatchObject({ added: 1, bad: 4 });
    expect(counts.badRows.map(({ flaw }) => flaw)).toEqual(['too_old', 'too_old', 'in_future', 'too_old']);
    expect(await stored(store)).toMatchObject([{ id: idAt(0), edited_at: 0 }]);
  });

  it('is listed up to the twentieth, and always counted', async () => {
    const store = await temporaryStore();
    const counts = await imported(store, fileWith(`{"text":1}\n`.repeat(50)));
    expect(counts.bad).toBe(50);
    expect(counts.badRows).toHaveLength(20);
  });
});

describe('what is not of this server', () => {
  it('is refused as a whole file, and left alone among others', async () => {
    const store = await temporaryStore();
    const foreign = exported([{}], { guild: { id: '4444' } });
    await expect(imported(store, fileWith(foreign))).rejects.toMatchObject({ key: 'import_other_guild' });
    const both = folderWith({ 'a.json': foreign, 'b.json': exported([{}]) });
    expect(await imported(store, both)).toMatchObject({ added: 1, elsewhere: 1 });
  });

  it('cannot get at the messages and channels of another server', async () => {
    const store = await temporaryStore();
    await imported(store, fileWith(exported([{ content: 'theirs' }])));
    const forged = [
      { id: idAt(0), text: 'forged', channel: '5', time: 1, edited: 1_750_000_000_000 },
      { id: idAt(5), text: 'smuggled', channel: CHANNEL, time: 1 },
    ];
    const file = fileWith(forged.map((each) => JSON.stringify(each)).join('\n'));
    for (const isRehearsal of [true, false]) {
      const counts = await imported(store, file, { guildId: '4444', isRehearsal });
      expect(counts).toMatchObject({ added: 0, edited: 0, known: 1, leftOut: { other_guild: 1 } });
    }
    expect((await stored(store)).map(({ content }) => content)).toEqual(['theirs']);
    expect(await stored(store, '4444')).toEqual([]);
  });
});
