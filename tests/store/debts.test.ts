import { describe, expect, it } from 'vitest';
import type { NewModel } from '../../src/store/models.js';
import type { Store } from '../../src/store/open.js';
import { message, temporaryStore } from '../helpers/store.js';

const MINUTE = 60_000;
const LINE = { guildId: '1', audience: 'public' };
/** When the corpus is read, and when the version that has learned it is filed. */
const READ = 1_000_000;
const FILED = READ + 10 * MINUTE;

describe('what a version owes', () => {
  it('is what it has learned and was deleted since it began to read', async () => {
    const { store, owed } = await learned();
    await erase(store, '1', READ - 1); // before it read
    expect(await owed()).toEqual([]);
    await erase(store, '2', READ); // at the latest moment before it, or at the first of its reading
    await erase(store, '3', FILED - 1); // while it learned
    await erase(store, '4', FILED + 1);
    expect(await owed()).toMatchObject([
      { messages: 1, created_from: 2 * MINUTE, erased_at: READ },
      { messages: 1, created_from: 3 * MINUTE },
      { messages: 1, created_from: 4 * MINUTE },
    ]);
  });

  it('is none of the messages that it held out, nor what was never stored', async () => {
    const { store, owed } = await learned();
    await erase(store, '46', FILED + 1); // learned were those up to minute 45
    await erase(store, 'unknown', FILED + 1);
    expect(await owed()).toEqual([]);
    await store.erasure.erase({ guildId: '1', channelId: '10' }, 'channel_deleted', FILED + 2);
    expect(await owed()).toMatchObject([{ reason: 'channel_deleted', messages: 49, created_from: 0 }]);
  });

  it('is not what came in late, after it was filed; what came while it learned it may know', async () => {
    const { store, owed } = await learned();
    await store.intake.take([message('late', 5)], FILED + 1);
    await erase(store, 'late', FILED + 2);
    expect(await owed()).toEqual([]);
    await store.intake.take([message('meanwhile', 6)], READ + 1);
    await erase(store, 'meanwhile', FILED + 3);
    expect(await owed()).toMatchObject([{ messages: 1, created_from: 6 * MINUTE }]);
  });

  it('is a text from before an edit, once', async () => {
    const { store, owed } = await learned();
    const edit = (content: string, at: number) =>
      store.intake.take([message('7', 7, { content, edited_at: at })], at);
    await edit('another text', FILED + 1);
    await edit('another text', FILED + 2); // the same again
    await edit('a third one', FILED + 3); // after one that it never saw
    await erase(store, '7', FILED + 4);
    expect(await owed()).toMatchObject([{ reason: 'edited', messages: 1, erased_at: FILED + 1 }]);
  });

  it('stays owed when a member opts out and in again', async () => {
    const { store, owed } = await learned();
    await store.withdrawals.optOut({ guildId: '1', memberId: '100' }, FILED + 1);
    const back = { guild_id: '1', member_id: '100', collecting: 'in', changed_at: FILED + 2 } as const;
    await store.privacy.change(back);
    expect(await owed()).toMatchObject([{ reason: 'opted_out', messages: 50 }]);
  });

  it('is owed once by who opted out and then had everything forgotten, and by no version that did not read it', async () => {
    const { store, owed } = await learned();
    await store.withdrawals.optOut({ guildId: '1', memberId: '100' }, FILED + 1);
    const without = await file(store, { read_at: FILED + 2, created_at: FILED + 3 });
    await store.erasure.erase({ guildId: '1', authorId: '100' }, 'forgotten', FILED + 4);
    expect(await owed()).toMatchObject([{ reason: 'opted_out', messages: 50 }]);
    expect(await store.debts.owedBy({ guild_id: '1', version: without })).toEqual([]);
  });

  it('is of the channels that it reads: those of everyone, and those of its own readers', async () => {
    const { store } = await learned();
    await store.channels.setCollecting({ id: '11', guildId: '1' }, true, 0);
    const own = await file(store, { audience: 'staff' });
    await erase(store, '1', FILED + 1);
    expect(await store.debts.owedBy({ guild_id: '1', version: own })).toHaveLength(1);
    expect(await store.debts.owedBy({ guild_id: '2', version: own })).toEqual([]);
  });

  it('counts by when the database heard of it: what a clock says is before a reading that had begun', async () => {
    const { store } = await learned();
    await store.trainings.add({ guild_id: '1', audience: 'public', channel_id: null, ...unlearned });
    await store.trainings.start('1', 'public', FILED + 100, 49 * MINUTE);
    await erase(store, '1', FILED + 99); // by the clock of whoever asked, who had to wait
    const training = await store.trainings.find('1', 'public');
    const version = await file(store, { read_at: training?.read_at ?? 0, created_at: FILED + 200 });
    expect(await store.debts.owedBy({ guild_id: '1', version })).toHaveLength(1);
  });

  it('of versions from before that was kept is what was deleted since they were filed', async () => {
    const { store } = await learned();
    const version = await file(store, { learned_until: null, read_at: null });
    await erase(store, '1', FILED - 1);
    await erase(store, '49', FILED + 1); // it may have learned all of them
    expect(await store.debts.owedBy({ guild_id: '1', version })).toMatchObject([{ erased_at: FILED + 1 }]);
  });
});

describe('settling', () => {
  it('erases older versions when a live one was read later, and says so in a receipt', async () => {
    const { store } = await learned();
    await erase(store, '1', FILED + 1);
    await store.erasure.erase({ guildId: '1', ids: ['2', '3'] }, 'never_learn', FILED + 5);
    expect(await store.debts.settle(LINE, 0, FILED + 6)).toBeUndefined();
    await file(store, { read_at: FILED + 6, created_at: FILED + 7 });
    const receipt = {
      ...{ guild_id: '1', audience: 'public', written_at: FILED + 8, version: 2 },
      ...{ reasons: { deleted: 1, never_learn: 2 }, messages: 3 },
      ...{ asked_at: FILED + 1, asked_until: FILED + 5, erased_versions: [1] },
    };
    expect(await store.debts.settle(LINE, 0, FILED + 8)).toEqual(receipt);
    expect(await store.debts.receipts('1')).toEqual([receipt]);
    expect(await store.debts.list('1')).toEqual([]);
    expect(await store.models.checkpoint('1', 1)).toBeUndefined();
    expect(await store.models.writable('1', 'public')).toEqual([2]);
    expect(await store.debts.settle(LINE, 0, FILED + 9)).toBeUndefined(); // once
  });

  it('leaves what the new version owes, too, and the versions that owe nothing else', async () => {
    const { store } = await learned();
    await erase(store, '1', FILED + 1);
    await file(store, { read_at: FILED + 2, created_at: FILED + 9 });
    await file(store, { read_at: FILED + 2, created_at: FILED + 9 });
    await erase(store, '2', FILED + 3);
    expect(await store.debts.settle(LINE, 0, FILED + 10)).toMatchObject({
      messages: 1,
      erased_versions: [1],
    });
    expect(await store.debts.owing('1')).toMatchObject([
      { version: 2, messages: 1, oldest: FILED + 3 },
      { version: 3, messages: 1, oldest: FILED + 3 },
    ]);
  });

  it('withdraws the live version, too, when its time is over', async () => {
    const { store } = await learned();
    await erase(store, '1', FILED + 1);
    expect(await store.debts.settle(LINE, FILED, FILED + 5)).toBeUndefined();
    expect(await store.debts.settle(LINE, FILED + 1, FILED + 5)).toMatchObject({
      version: null,
      erased_versions: [1],
    });
    expect(await store.models.live('1', 'public')).toBeUndefined();
    expect(await store.models.find('1', 1)).toMatchObject({ state: 'past', pruned: true });
    expect(await store.debts.withdrawn()).toEqual([LINE]);
    await file(store, { read_at: FILED + 6, created_at: FILED + 7 });
    expect(await store.debts.withdrawn()).toEqual([]);
  });

  it('gives a training nothing to go on from that has read what must be gone', async () => {
    const { store } = await learned();
    await store.trainings.add({ guild_id: '1', audience: 'public', channel_id: null, ...unlearned });
    await store.trainings.start('1', 'public', FILED + 1, 49 * MINUTE);
    await store.trainings.saveState('1', 'public', new Uint8Array([7]), { trainedMs: 5, curve: [] });
    await erase(store, '48', FILED + 2); // live did not learn it; the training may have
    expect(await store.debts.overdueTrainings(FILED + 1)).toEqual([]);
    expect(await store.debts.overdueTrainings(FILED + 2)).toEqual([LINE]);
    await store.debts.removeUnowed();
    expect(await store.debts.list('1')).toHaveLength(1);
    await store.debts.restartOverdue(FILED + 2);
    await store.debts.removeUnowed();
    expect(await store.trainings.state('1', 'public')).toBeUndefined();
    expect(await store.debts.list('1')).toEqual([]);
    expect(await store.models.live('1', 'public')).toBeDefined();
  });

  it('is not needed for a training that starts again: of what it has read and is gone it keeps nothing', async () => {
    const { store } = await learned();
    await store.trainings.add({ guild_id: '1', audience: 'public', channel_id: null, ...unlearned });
    await store.trainings.start('1', 'public', FILED + 1, 49 * MINUTE);
    const state = new Uint8Array([7]);
    await store.trainings.saveState('1', 'public', state, { trainedMs: 5, curve: [] });
    await store.trainings.start('1', 'public', FILED + 2, 49 * MINUTE);
    expect(await store.trainings.state('1', 'public')).toHaveLength(1);
    await erase(store, '48', FILED + 3);
    await store.trainings.start('1', 'public', FILED + 4, 49 * MINUTE);
    expect(await store.trainings.state('1', 'public')).toBeUndefined();
    expect(await store.trainings.find('1', 'public')).toMatchObject({ trained_ms: 0, curve: [] });
  });

  it('forgets what nobody owes', async () => {
    const { store } = await learned();
    await erase(store, '48', FILED + 1);
    await erase(store, '1', FILED + 2);
    await store.debts.removeUnowed();
    expect(await store.debts.list('1')).toMatchObject([{ created_from: MINUTE }]);
  });
});

/** A store with fifty messages, a minute apart, of which version 1 has learned the first 46. */
async function learned() {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  const messages = Array.from({ length: 50 }, (_, index) => message(String(index), index));
  await store.intake.take(messages, 0);
  await file(store);
  return { store, owed: () => store.debts.owedBy({ guild_id: '1', version: 1 }) };
}

const unlearned = { budget_ms: 1, seed: 1, corpus_until: 1 };

function file(store: Store, more: Partial<NewModel> = {}): Promise<number> {
  return store.models.promote({
    guild_id: '1',
    audience: 'public',
    checkpoint: new Uint8Array([1]),
    bits_per_character: 2,
    corpus_until: 49 * MINUTE,
    created_at: FILED,
    learned_until: 45 * MINUTE,
    read_at: READ,
    ...more,
  });
}

const erase = (store: Store, id: string, at: number) =>
  store.erasure.erase({ guildId: '1', ids: [id] }, 'deleted', at);
