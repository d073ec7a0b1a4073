import { describe, expect, it } from 'vitest';
import type { Leaving } from '../../src/store/leaving.js';
import type { DebtReason, FlagRow } from '../../src/store/schema.js';
import { message, temporaryStore } from '../helpers/store.js';

describe('the words of an erased message', () => {
  it.each<[string, Leaving, DebtReason, string[]]>([
    ['alone', { guildId: '1', ids: ['a', 'never stored'] }, 'never_learn', ['a']],
    ['with its thread', { guildId: '1', threadId: '12' }, 'channel_deleted', ['a', 'b']],
    ['with its channel', { guildId: '1', channelId: '10' }, 'channel_deleted', ['a', 'c']],
    ['by a ban', { guildId: '1', authorId: '100', since: 2 * 60_000 }, 'banned', ['c']],
  ])('are in no verdict and no settled flag: %s', async (_, leaving, reason, gone) => {
    const store = await told();
    await store.erasure.erase(leaving, reason, 1);
    const left = ['a', 'b', 'c', 'd'].filter((id) => !gone.includes(id));
    const labels = await store.labels.list('1', 'spam', 'learned');
    expect(labels.map(({ message_id }) => message_id)).toEqual(left);
    for (const id of ['a', 'b', 'c', 'd']) {
      const { content, weights } = (await store.flags.find(id)) ?? {};
      expect({ content, weights }).toEqual(
        left.includes(id) ? { content: 'buy', weights: '[1]' } : { content: null, weights: '[]' },
      );
    }
  });

  it('stay where moderators still have to judge, or had the bot delete it', async () => {
    const store = await told({ action: 'delete' });
    await store.flags.add(flag('open', { state: 'open' }));
    await store.erasure.erase({ guildId: '1', ids: ['a', 'open'] }, 'deleted', 1);
    expect(await store.labels.list('1', 'spam', 'learned')).toHaveLength(4);
    expect(await store.flags.find('a')).toMatchObject({ content: 'buy' });
    expect(await store.flags.find('open')).toMatchObject({ content: 'buy' });
    await store.erasure.erase({ guildId: '1', ids: ['a'] }, 'never_learn', 2);
    expect(await store.labels.list('1', 'spam', 'learned')).toHaveLength(3);
  });

  it('go with the texts that stand in a channel which is gone, or go on with what stood there', async () => {
    const store = await told();
    const text = { guild_id: '1', model_version: 1, prompt: 'a', text: 'b', temperature: 1, top_p: 1 };
    const rest = {
      version_given: 0,
      length: 1,
      seed: 1,
      member_id: '9',
      author_id: null,
      kind: 'message',
      message_id: '5',
    } as const;
    const texts = [
      { id: 'in it', channel_id: '10', source_id: null },
      { id: 'on it', channel_id: '11', source_id: 'a' },
      { id: 'elsewhere', channel_id: '11', source_id: 'd' },
    ];
    for (const each of texts) await store.generations.add({ ...text, ...rest, ...each, created_at: 1 });
    await store.erasure.erase({ guildId: '1', channelId: '10' }, 'channel_deleted', 1);
    const found = await Promise.all(texts.map(({ id }) => store.generations.find(id, '1')));
    expect(found.map((row) => row?.id)).toEqual([undefined, undefined, 'elsewhere']);
  });
});

/** Messages, flags and verdicts: in a thread, flagged there but not stored, in its channel, and in another one. */
async function told(more: Partial<FlagRow> = {}) {
  const store = await temporaryStore();
  for (const id of ['10', '11']) await store.channels.setCollecting({ id, guildId: '1' }, true, 0);
  const elsewhere = { channel_id: '11', author_id: '101' };
  const messages = [message('a', 0, { thread_id: '12' }), message('c', 2), message('d', 3, elsewhere)];
  await store.intake.take(messages, 0);
  const places = { a: '12', b: '12', c: '10', d: '11' };
  for (const [id, channel_id] of Object.entries(places)) {
    await store.flags.add(flag(id, { channel_id, author_id: '101', ...more }));
    await store.labels.put({
      ...{ guild_id: '1', task: 'spam', message_id: id, member_id: '100', content: 'buy' },
      ...{ content_key: 'ffffffff', signals: '[]', label: 'spam', author_id: '7', created_at: 1 },
    });
  }
  return store;
}

function flag(id: string, more: Partial<FlagRow>): FlagRow {
  return {
    ...{ id, guild_id: '1', channel_id: '10', author_id: '100', origin: 'model', content: 'buy' },
    ...{ content_key: id, signals: '[]', weights: '[1]', score: 0.9, version: 0, times: 1, copies: '[]' },
    ...{ state: 'confirmed', action: 'none', gone: 0, disputed: 0, resolved_by: null, resolved_at: null },
    ...{ notice_channel_id: null, notice_id: null, created_at: 1 },
    ...more,
  };
}
