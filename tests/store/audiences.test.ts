import { describe, expect, it } from 'vitest';
import { PUBLIC } from '../helpers/readers.js';
import { message, temporaryStore, recentTexts } from '../helpers/store.js';

const STAFF = 'class of the staff';
const model = { guild_id: '1', audience: PUBLIC, bits_per_character: 2, corpus_until: 5, created_at: 6 };
const training = { guild_id: '1', channel_id: '10', budget_ms: 60_000, seed: 7, corpus_until: 5 };

describe('the models of a guild', () => {
  it('are one for each audience, with one live version, of numbers that all share', async () => {
    const store = await temporaryStore();
    const add = (audience: string) =>
      store.models.promote({ ...model, audience, checkpoint: new Uint8Array([1]) });
    expect([await add(PUBLIC), await add(STAFF), await add(PUBLIC), await add(STAFF)]).toEqual([1, 2, 3, 4]);
    expect((await store.models.live('1', PUBLIC))?.version).toBe(3);
    expect((await store.models.live('1', STAFF))?.version).toBe(4);
    expect(await store.models.live('1', 'others')).toBeUndefined();
    expect(await store.models.writable('1', STAFF)).toEqual([4, 3, 2, 1]);
    expect(await store.models.writable('1', PUBLIC)).toEqual([3, 1]);

    await store.models.goLive('1', 2, 9);
    const states = (await store.models.versions('1')).map(({ version, state }) => [version, state]);
    expect(states).toEqual([
      [4, 'past'],
      [3, 'live'],
      [2, 'live'],
      [1, 'past'],
    ]);
  });

  it('are pruned each for itself', async () => {
    const store = await temporaryStore();
    for (const audience of [PUBLIC, PUBLIC, PUBLIC, STAFF, STAFF, STAFF]) {
      await store.models.promote({ ...model, audience, checkpoint: new Uint8Array([1]) });
    }
    expect(await store.models.prune('1', 1)).toEqual([1, 4]); // 2 and 5 were live last
    expect(await store.models.writable('1', STAFF)).toEqual([6, 5, 3, 2]);
  });

  it('can be given up, one without the other', async () => {
    const store = await temporaryStore();
    await store.models.promote({ ...model, checkpoint: new Uint8Array([1]) });
    await store.models.promote({ ...model, audience: STAFF, checkpoint: new Uint8Array([1]) });
    expect(await store.models.withdraw('1', STAFF)).toEqual([2]);
    expect(await store.models.live('1', STAFF)).toBeUndefined();
    expect(await store.models.writable('1', STAFF)).toEqual([1]);
    expect(await store.models.goLive('1', 2, 9)).toBe(false);
    expect(await store.models.find('1', 2)).toMatchObject({ state: 'past', pruned: true });
    expect((await store.models.live('1', PUBLIC))?.version).toBe(1);
  });
});

describe('the trainings of a guild', () => {
  it('wait beside each other, the public one first, and end with the model that they give', async () => {
    const { trainings, models } = await temporaryStore();
    expect(await trainings.add({ ...training, audience: STAFF })).toBe(true);
    expect(await trainings.add({ ...training, audience: PUBLIC })).toBe(true);
    expect(await trainings.add({ ...training, audience: STAFF })).toBe(false);
    expect((await trainings.queue()).map(({ audience }) => audience)).toEqual([PUBLIC, STAFF]);
    await trainings.start('1', STAFF, 8, 9);
    await trainings.saveState('1', STAFF, new Uint8Array([3]), { trainedMs: 20, curve: [] });
    expect(await trainings.state('1', PUBLIC)).toBeUndefined();
    expect(await trainings.find('1', PUBLIC)).toMatchObject({ started_at: null, trained_ms: 0 });
    await models.promote({ ...model, audience: STAFF, checkpoint: new Uint8Array([1]) });
    expect((await trainings.queue()).map(({ audience }) => audience)).toEqual([PUBLIC]);
    await trainings.end('1', PUBLIC);
    expect(await trainings.queue()).toEqual([]);
  });
});

describe('what is learned for an audience', () => {
  it('is what everyone can read, and what only its readers can', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.channels.setCollecting({ id: '20', guildId: '1', audience: STAFF }, true, 0);
    await store.intake.take([message('a', 1), message('b', 2, { channel_id: '20' })], 0);
    expect(await recentTexts(store, '1', PUBLIC, 5)).toEqual(['message a']);
    expect(await recentTexts(store, '1', STAFF, 5)).toEqual(['message b', 'message a']);
    expect(await recentTexts(store, '1', 'others', 5)).toEqual(['message a']);
  });
});
