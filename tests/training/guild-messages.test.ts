import { describe, expect, it } from 'vitest';
import { readGuildMessages } from '../../src/training/guild-messages.js';
import { PUBLIC } from '../helpers/readers.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';

const said = (about: string) => `this is what somebody said some time ago about ${about}`;

async function filled(guilds: string[]) {
  const path = temporaryDatabase();
  const store = await temporaryStore(path);
  const say = (id: string, guild_id: string, content: string) =>
    store.intake.take([message(id, Number(id), { guild_id, channel_id: `10${guild_id}`, content })], 0);
  for (const guildId of guilds) {
    await store.channels.setCollecting({ id: `10${guildId}`, guildId }, true, 0);
    await say(guildId, guildId, said(`guild ${guildId}`));
  }
  return { path, store, say };
}

it('finds the newest messages in their learned form, flagged ones and empty ones left out', async () => {
  const { path, say } = await filled(['1']);
  const texts = ['**bold** words', 'buy now', 'https://example.com', 'hi <@5>'];
  for (const [index, text] of texts.entries()) await say(String(10 + index), '1', text);
  const flag = { id: '11', guild_id: '1', channel_id: '101', author_id: '100', content_key: 'x' };
  const store = await temporaryStore(path);
  await store.flags.add({ ...FLAG, ...flag });
  const model = { guild_id: '1', audience: PUBLIC, bits_per_character: 1, corpus_until: 0, created_at: 0 };
  await store.models.promote({ ...model, checkpoint: new Uint8Array([1]) });
  expect(await readGuildMessages(path, () => 0).recent('1', 1, 4)).toEqual(['hi @someone', 'bold words']);
});

const FLAG = {
  ...({ origin: 'model', content: null, state: 'open', action: 'none', gone: 0, disputed: 0 } as const),
  ...{ signals: '[]', weights: '[]', copies: '[]', score: 1, version: 0, times: 1, created_at: 0 },
  ...{ resolved_by: null, resolved_at: null, notice_channel_id: null, notice_id: null },
};

describe('what is recent', () => {
  it('is what the version could learn: of the channels that its readers can read', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.channels.setCollecting({ id: '20', guildId: '1', audience: 'staff' }, true, 0);
    await store.intake.take([message('open', 1), message('closed', 2, { channel_id: '20' })], 0);
    const model = { guild_id: '1', bits_per_character: 1, corpus_until: 0, created_at: 0 };
    for (const audience of [PUBLIC, 'staff']) {
      await store.models.promote({ ...model, audience, checkpoint: new Uint8Array([1]) });
    }
    const messages = readGuildMessages(path, () => 0);
    expect(await messages.recent('1', 1, 5)).toEqual(['message open']);
    expect(await messages.recent('1', 2, 5)).toEqual(['message closed', 'message open']);
    expect(await messages.recent('1', 3, 5)).toEqual([]);
  });
});

describe('what could be copied', () => {
  it('is what was said in the same server', async () => {
    const { path } = await filled(['1', '2']);
    const messages = readGuildMessages(path, () => 0);
    expect((await messages.verbatim('1', 1)).longestRun(said('guild 1'))).toBe(said('guild 1').length);
    expect((await messages.verbatim('2', 1)).longestRun(said('guild 1'))).toBe(said('guild ').length);
    expect((await messages.verbatim('3', 1)).longestRun(said('guild 1'))).toBe(0);
  });

  it('is let go of when it is dropped, and read again as it is then', async () => {
    const { path, store } = await filled(['1']);
    const messages = readGuildMessages(path, () => 0);
    await messages.verbatim('1', 1);
    await store.erasure.erase({ guildId: '1', ids: ['1'] }, 'deleted', 0);
    expect((await messages.verbatim('1', 2)).messages).toBe(1); // a model may still know it
    messages.drop('1');
    expect((await messages.verbatim('1', 2)).messages).toBe(0);
  });

  it('is read once for all who ask, and again after a minute', async () => {
    const { path, say } = await filled(['1']);
    const clock = { now: 0 };
    const messages = readGuildMessages(path, () => clock.now);
    const [first, second] = await Promise.all([messages.verbatim('1', 1), messages.verbatim('1', 1)]);
    expect(second).toBe(first);
    expect(first.messages).toBe(1);
    await say('9', '1', said('something new'));
    clock.now = 59_999;
    expect((await messages.verbatim('1', 1)).messages).toBe(1);
    clock.now = 60_000;
    expect((await messages.verbatim('1', 1)).messages).toBe(2);
    expect(await messages.verbatim('1', 1)).toBe(first);
  });

  it('has all that a new model may have learned, also what was filled in late', async () => {
    const { path, say } = await filled(['1']);
    const messages = readGuildMessages(path, () => 0);
    const index = await messages.verbatim('1', 1);
    await say('0', '1', said('something old'));
    expect((await messages.verbatim('1', 1)).messages).toBe(1);
    expect(await messages.verbatim('1', 2)).toBe(index);
    expect(index.messages).toBe(2);
  });

  it('cannot be told without the database, and can be as soon as that is there', async () => {
    const path = temporaryDatabase();
    const messages = readGuildMessages(path, () => 0);
    await expect(messages.verbatim('1', 1)).rejects.toMatchObject({ key: 'database_unusable' });
    await temporaryStore(path);
    expect((await messages.verbatim('1', 1)).messages).toBe(0);
  });

  it('is dropped of the server that was silent longest, when there is no room for all', async () => {
    const { path } = await filled(['1', '2', '3']);
    const { bytes } = await readGuildMessages(path, () => 0).verbatim('1', 1);
    const messages = readGuildMessages(path, () => 0, { maxIndexBytes: bytes * 2 });
    const first = await messages.verbatim('1', 1);
    const second = await messages.verbatim('2', 1);
    expect(await messages.verbatim('1', 1)).toBe(first);
    await messages.verbatim('3', 1);
    expect(await messages.verbatim('1', 1)).toBe(first);
    expect(await messages.verbatim('2', 1)).not.toBe(second);
  });
});
