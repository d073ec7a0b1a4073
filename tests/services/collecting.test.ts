import { PUBLIC } from '../../src/store/messages.js';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createCollecting, type IncomingMessage } from '../../src/services/collecting.js';
import type { Store } from '../../src/store/open.js';
import { temporaryStore } from '../helpers/store.js';

const general = { id: '10', guildId: '1', audience: PUBLIC };

describe('collecting', () => {
  it('takes only what people write in switched-on channels', async () => {
    const { store, collecting } = await set();
    await collecting.received(incoming('before'));
    await collecting.collect(general);
    await collecting.received(incoming('hello'));
    await collecting.received(incoming('from a thread', { threadId: '77' }));
    await collecting.received(incoming('beep', { fromPerson: false }));
    await collecting.received(incoming('!play song'));
    await collecting.received(incoming('   '));
    await collecting.received(incoming('elsewhere', { channelId: '20' }));
    expect(await contents(store)).toEqual(['hello', 'from a thread']);
    await collecting.ignore(general);
    await collecting.received(incoming('after'));
    expect((await store.messages.totals('1', PUBLIC)).messages).toBe(0);
  });

  it('follows edits and deletes, known or unknown', async () => {
    const { store, collecting } = await set();
    await collecting.collect(general);
    await collecting.received(incoming('first', { id: 'a' }));
    await collecting.received(incoming('second', { id: 'b' }));
    await collecting.received(incoming('third', { id: 'c' }));
    await collecting.edited({ id: 'a', content: 'first, better', editedAt: 1 });
    await collecting.edited({ id: 'b', content: ' ', editedAt: 1 });
    await collecting.edited({ id: 'unknown', content: 'never seen', editedAt: 1 });
    await collecting.removed('1', ['c', 'unknown']);
    expect(await contents(store)).toEqual(['first, better']);
  });

  it('counts what stays out, once, and why', async () => {
    const { store, collecting } = await set();
    await collecting.collect(general);
    await store.privacy.change({ guild_id: '1', member_id: 'out', collecting: 'out', changed_at: 0 });
    await collecting.removed('1', ['gone']);
    await collecting.received(incoming('hello'));
    await collecting.received(incoming('beep', { fromPerson: false }));
    await collecting.received(incoming('!play song', { authorId: 'out' }));
    await collecting.received(incoming('   '));
    await collecting.received(incoming('not for you', { authorId: 'out' }));
    await collecting.received(incoming('back again', { id: 'gone' }));
    // As when the preview of a link arrives.
    await collecting.received(incoming('beep', { fromPerson: false }), { isUpdate: true });
    await collecting.received(incoming('!play song'), { isUpdate: true });
    await collecting.received(incoming('elsewhere', { channelId: '20', fromPerson: false }));
    const counts = (await store.omissions.list('1')).map(({ reason, messages }) => [reason, messages]);
    expect(Object.fromEntries(counts)).toEqual({ bot: 1, command: 1, empty: 1, opted_out: 1, erased: 1 });
  });

  it('keeps nothing of a text that was edited by somebody who does not allow it any more', async () => {
    const { store, collecting } = await set();
    await collecting.collect(general);
    const said = (content: string, editedAt: number) =>
      collecting.received(incoming(content, { id: 'a', authorId: 'out', createdAt: 1, editedAt }));
    await said('first', 0);
    await store.privacy.change({ guild_id: '1', member_id: 'out', collecting: 'out', changed_at: 0 });
    const contentOf = async () =>
      (await store.messages.pageOfAll('1', { created_at: 0, id: '' }, 10)).map(({ content }) => content);
    await said('first', 0);
    expect(await contentOf()).toEqual(['first']);
    await collecting.edited({ id: 'a', content: 'second', editedAt: 5 });
    expect(await contentOf()).toEqual(['']);
    // Neither text comes back, whatever is allowed later.
    await store.privacy.change({ guild_id: '1', member_id: 'out', collecting: 'in', changed_at: 0 });
    await said('first', 0);
    expect(await contentOf()).toEqual(['']);
    await said('third', 6);
    expect(await contentOf()).toEqual(['third']);
  });

  it('does nothing until the operator has stated the right to train', async () => {
    const { store, collecting } = await set({ permitted: false });
    await expect(collecting.collect(general)).rejects.toMatchObject({
      key: 'training_not_permitted',
    });
    await store.channels.setCollecting(general, true, 0);
    await collecting.received(incoming('hello'));
    expect(await contents(store)).toEqual([]);
  });

  it('remembers after a restart which channels are switched on', async () => {
    const { store, collecting } = await set();
    await collecting.collect(general);
    const restarted = await set({ store });
    await restarted.collecting.received(incoming('hello'));
    expect(await contents(store)).toEqual(['hello']);
  });
});

async function set(options: { store?: Store; permitted?: boolean } = {}) {
  const { store = await temporaryStore(), permitted = true } = options;
  const collecting = await createCollecting({
    store,
    permitted,
    now: () => 0,
    log: pino({ level: 'silent' }),
  });
  return { store, collecting };
}

let nextId = 1_000;
function incoming(content: string, more: Partial<IncomingMessage> = {}): IncomingMessage {
  nextId += 1;
  return {
    id: String(nextId),
    guildId: '1',
    channelId: '10',
    threadId: undefined,
    authorId: '100',
    content,
    attachments: [],
    mentions: 0,
    authorCreatedAt: 0,
    authorRoleIds: [],
    authorIsModerator: false,
    replyToId: undefined,
    editedAt: 0,
    createdAt: nextId,
    fromPerson: true,
    ...more,
  };
}

async function contents(store: Store): Promise<string[]> {
  const found: string[] = [];
  for await (const { content } of store.messages.inOrder('1', PUBLIC, Number.MAX_SAFE_INTEGER))
    found.push(content);
  return found;
}
