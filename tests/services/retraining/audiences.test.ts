import { describe, expect, it } from 'vitest';
import { everyone, PUBLIC } from '../../helpers/readers.js';
import { HOUR, MINUTE, NOON, retrainingOf, trained } from '../../helpers/retraining.js';
import { message } from '../../helpers/store.js';

const STAFF = { guildId: '1', audience: 'class of the staff' };
const DAILY = '0 13 * * *';

describe('the models of a guild', () => {
  it('are trained each for itself, one after the other, and compared with their own', async () => {
    const { store, retraining, worker, clock } = await twoModels();
    const first = retraining.retrain({ ...everyone(), channelId: '10' });
    const second = retraining.retrain({ ...STAFF, channelId: '20' });
    const one = await worker.run(1);
    await expect.poll(() => retraining.status(STAFF)).toMatchObject({ ahead: [everyone()] });
    await expect(retraining.retrain({ ...STAFF, channelId: '20' })).rejects.toMatchObject({
      key: 'already_queued',
    });
    clock.now += MINUTE;
    one.ends(trained(2));
    expect(await first).toMatchObject({ kind: 'promoted', version: 1, audience: PUBLIC, reason: 'first' });
    const two = await worker.run(2);
    expect(two.job).toMatchObject({ ...STAFF, corpusUntil: 99 * MINUTE });
    expect(one.job).toMatchObject({ ...everyone(), corpusUntil: 49 * MINUTE });
    two.ends(trained(3));
    expect(await second).toMatchObject({ kind: 'promoted', version: 2, ...{ audience: STAFF.audience } });
    expect((await store.models.live('1', PUBLIC))?.version).toBe(1);

    expect((await retraining.estimate(everyone(), {})).messages).toBe(50);
    expect((await retraining.estimate(STAFF, {})).messages).toBe(51);
    await expect(retraining.cancel(STAFF)).rejects.toMatchObject({ key: 'no_training' });
  });

  it('are cancelled each for itself', async () => {
    const { retraining, worker } = await twoModels();
    const first = retraining.retrain({ ...everyone(), channelId: '10' });
    const second = retraining.retrain({ ...STAFF, channelId: '20' });
    const run = await worker.run(1);
    await expect.poll(() => retraining.status(STAFF)).toBeDefined();
    await retraining.cancel(STAFF);
    expect(await second).toEqual({ kind: 'cancelled' });
    run.ends(trained(2));
    expect(await first).toMatchObject({ kind: 'promoted' });
  });

  it('share the minutes of a day, those of what waits as well', async () => {
    const { retraining, worker, clock } = await twoModels();
    await retraining.reschedule('1', { budget: 30 });
    const first = retraining.retrain({ ...everyone(), channelId: '10', minutes: 20 });
    const run = await worker.run(1);
    await expect(retraining.estimate(STAFF, { minutes: 11 })).rejects.toMatchObject({
      key: 'over_budget',
      params: { leftMs: 10 * MINUTE },
    });
    clock.now += MINUTE;
    run.ends(trained(2, undefined, { trainedMs: 20 * MINUTE }));
    await first;
    await expect(retraining.estimate(STAFF, { minutes: 11 })).rejects.toMatchObject({ key: 'over_budget' });
    expect((await retraining.estimate(STAFF, { minutes: 10 })).budget).toMatchObject({ leftMs: 10 * MINUTE });
  });
});

describe('the schedule', () => {
  it('trains every model that has enough news, the public one first', async () => {
    const { retraining, worker, clock, announced } = await twoModels({ defaultSchedule: DAILY });
    await retraining.tick();
    clock.now = NOON + HOUR;
    worker.ends(trained(2));
    worker.ends(trained(2));
    await retraining.tick();
    await worker.run(2);
    expect(worker.jobs().map(({ audience }) => audience)).toEqual([PUBLIC, STAFF.audience]);
    expect(announced).toEqual([]);
    clock.now += 24 * HOUR;
    await retraining.tick();
    expect(worker.jobs()).toHaveLength(2);
  });

  it('gives the next what the budget leaves, and leaves out who would have too little', async () => {
    const { store, retraining, worker, clock } = await twoModels({ defaultSchedule: DAILY });
    await store.audiences.add({ guild_id: '1', id: 'third', channel_id: '30', created_at: 9 });
    await retraining.reschedule('1', { minutes: 10, budget: 15 });
    await retraining.tick();
    clock.now = NOON + HOUR;
    worker.ends(trained(2));
    worker.ends(trained(2));
    await retraining.tick();
    await worker.run(2);
    const minutes = worker.jobs().map(({ audience, budgetMs }) => [audience, budgetMs / MINUTE]);
    expect(minutes).toEqual([
      [PUBLIC, 10],
      [STAFF.audience, 5],
    ]);
  });
});

/** Fifty messages that everyone reads, and a later one that only the staff does. */
async function twoModels(options: Parameters<typeof retrainingOf>[0] = {}) {
  const set = await retrainingOf(options);
  const { store } = set;
  await store.audiences.add({ guild_id: '1', id: STAFF.audience, channel_id: '20', created_at: 0 });
  await store.channels.setCollecting({ id: '20', ...STAFF }, true, 0);
  await store.intake.take([message('secret', 99, { channel_id: '20' })], 0);
  return set;
}
