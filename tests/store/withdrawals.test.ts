import { describe, expect, it } from 'vitest';
import { PUBLIC } from '../../src/store/messages.js';
import type { Store } from '../../src/store/open.js';
import { message, temporaryStore } from '../helpers/store.js';

describe('taking back that messages are learned', () => {
  const ways: Record<string, (store: Store, at: number) => Promise<void>> = {
    'by opting out': (store, at) => store.withdrawals.optOut({ memberId: '100', guildId: '1' }, at),
    'by opting out everywhere': (store, at) => store.withdrawals.optOut({ memberId: '100' }, at),
    'by a rule of the server': (store, at) => store.withdrawals.requireOptIn('1', at),
    'by ignoring the channel': (store, at) =>
      store.withdrawals.ignore({ id: '10', guildId: '1' }, 'ignored', at),
  };

  it.each(Object.entries(ways))('%s is owed as soon as it holds, and once', async (_, takeBack) => {
    const store = await learned();
    // Whoever reads while this is under way waits behind it, and reads what is owed or nothing.
    const [, between] = await Promise.all([takeBack(store, 10), state(store)]);
    expect(between.learnable === 0).toBe(between.owed === 1);
    await takeBack(store, 11);
    expect(await state(store)).toEqual({ learnable: 0, owed: 1 });
    expect(await store.messages.totals('2', PUBLIC)).toMatchObject({ messages: 1 });
    expect(await store.debts.list('1')).toMatchObject([{ messages: 1, erased_at: 10 }]);
  });
});

async function state(store: Store) {
  const owed = await store.debts.list('1');
  return { learnable: (await store.messages.totals('1', PUBLIC)).messages, owed: owed.length };
}

/** A guild whose model has learned a message, and another one with one by somebody else. */
async function learned(): Promise<Store> {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.channels.setCollecting({ id: '20', guildId: '2' }, true, 0);
  const elsewhere = message('b', 0, { guild_id: '2', channel_id: '20', author_id: '200' });
  await store.intake.take([message('a', 0), elsewhere], 0);
  await store.models.promote({
    guild_id: '1',
    audience: PUBLIC,
    checkpoint: new Uint8Array([1]),
    bits_per_character: 2,
    corpus_until: 5,
    created_at: 5,
  });
  return store;
}
