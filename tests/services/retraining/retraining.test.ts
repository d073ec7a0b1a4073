import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import type { Place } from '../../../src/services/retraining/turns.js';
import { message } from '../../helpers/store.js';
import {
  fill,
  filledStore,
  HOUR,
  MINUTE,
  NOON,
  progress,
  retrainingOf,
  trained,
} from '../../helpers/retraining.js';
import { everyone, PUBLIC } from '../../helpers/readers.js';

const ask = { ...everyone('1'), channelId: '10' };

describe('retraining', () => {
  it('promotes the first model, then only a better one, and keeps every version', async () => {
    const { store, retraining, worker } = await retrainingOf();
    worker.ends(trained(2.5));
    expect(await retraining.retrain(ask)).toMatchObject({ kind: 'promoted', version: 1, reason: 'first' });
    worker.ends(trained(2.5, 2.4));
    expect(await retraining.retrain(ask)).toMatchObject({
      kind: 'rejected',
      version: 2,
      reason: 'not_better',
      report: { bitsPerCharacter: 2.5, liveBitsPerCharacter: 2.4 },
    });
    expect((await store.models.live('1', PUBLIC))?.version).toBe(1);
    worker.ends(trained(2.3, 2.4));
    expect(await retraining.retrain(ask)).toMatchObject({ kind: 'promoted', version: 3, reason: 'better' });
    const states = (await store.models.versions('1')).map(({ version, state }) => [version, state]);
    expect(states).toEqual([
      [3, 'live'],
      [2, 'rejected'],
      [1, 'past'],
    ]);
  });

  it('prunes old versions to the newest ones and the live one', async () => {
    const { store, retraining, worker, dropped } = await retrainingOf({ keepModels: 2 });
    worker.ends(trained(2));
    await retraining.retrain(ask);
    for (let version = 2; version <= 4; version++) {
      worker.ends(trained(3, 2));
      await retraining.retrain(ask);
    }
    const whole = (await store.models.versions('1')).filter(({ pruned }) => !pruned);
    expect(whole.map(({ version }) => version)).toEqual([4, 3, 1]);
    expect(dropped).toEqual([{ guildId: '1', versions: [2], texts: false }]);
  });

  it('does not judge a model by one that is no longer live', async () => {
    const { store, retraining, worker } = await retrainingOf();
    worker.ends(trained(2));
    await retraining.retrain(ask);
    worker.ends(trained(1.9, 2));
    await retraining.retrain(ask);
    const third = retraining.retrain(ask);
    const run = await worker.run(3);
    await store.models.goLive('1', 1, NOON);
    run.ends(trained(1.8, 1.9, { liveVersion: 2 }));
    expect(await third).toMatchObject({ kind: 'rejected', version: 3, reason: 'live_changed' });
  });

  it('refuses a corpus that teaches nothing, a second training, and a bot without permission', async () => {
    const { retraining, worker } = await retrainingOf();
    await expect(retraining.retrain({ ...ask, guildId: '2' })).rejects.toMatchObject({
      key: 'corpus_too_small',
      params: { have: 0 },
    });
    const first = retraining.retrain(ask);
    const run = await worker.run(1);
    run.handlers.onProgress(progress);
    const taken = { key: 'already_training', params: { percent: 25 } };
    await expect(retraining.retrain(ask)).rejects.toMatchObject(taken);
    await expect(retraining.estimate(everyone('1'), {})).rejects.toMatchObject(taken);
    run.ends(trained(2));
    await first;
    const other = await retrainingOf({ permitted: false });
    await expect(other.retraining.retrain(ask)).rejects.toMatchObject({ key: 'training_not_permitted' });
  });

  it('that died leaves the live model and makes room for the next', async () => {
    const { store, retraining, worker } = await retrainingOf();
    worker.ends(trained(2));
    await retraining.retrain(ask);
    worker.ends(new UserError('training_died', { reason: 'out of memory' }));
    await expect(retraining.retrain(ask)).rejects.toMatchObject({ key: 'training_died' });
    expect((await store.models.live('1', PUBLIC))?.version).toBe(1);
    worker.ends(trained(1, 2));
    expect(await retraining.retrain(ask)).toMatchObject({ kind: 'promoted' });
  });

  it('goes on without a state that could not be saved, and is kept where filing its model fails', async () => {
    const store = await filledStore();
    const full = async () => Promise.reject(new Error('database or disk is full'));
    const { saveState } = store.trainings;
    const { promote } = store.models;
    store.trainings.saveState = full;
    store.models.promote = full;
    const { retraining, worker, announced } = await retrainingOf({ store });
    const training = retraining.retrain(ask);
    const run = await worker.run(1);
    await run.handlers.onState(new Uint8Array([7]), { trainedMs: 1, curve: [] });
    run.ends(trained(2));
    await expect(training).rejects.toThrow('disk is full');
    expect(await store.trainings.find('1', PUBLIC)).toMatchObject({ attempts: 1 });
    Object.assign(store.trainings, { saveState });
    Object.assign(store.models, { promote });
    worker.ends(trained(2));
    await retraining.tick();
    await expect.poll(() => announced).toMatchObject([{ channelId: '10', outcome: { kind: 'promoted' } }]);
  });

  it('hands the worker what was asked for', async () => {
    const { retraining, worker } = await retrainingOf();
    worker.ends(trained(2));
    await retraining.retrain({ ...ask, minutes: 3, fresh: true });
    expect(worker.jobs()).toEqual([
      {
        guildId: '1',
        audience: PUBLIC,
        budgetMs: 3 * MINUTE,
        seed: 2 ** 30,
        corpusUntil: 49 * MINUTE,
        fresh: true,
        trainedMs: 0,
        curve: [],
      },
    ]);
  });
});

describe('the line of trainings', () => {
  it('lets one train at a time, and tells the others who is ahead and how far', async () => {
    const { store, retraining, worker } = await retrainingOf();
    await fill(store, '2');
    const first = retraining.retrain(ask);
    const one = await worker.run(1);
    const told: (readonly Place[])[] = [];
    const second = retraining.retrain({
      ...everyone('2'),
      channelId: '20',
      onWait: (ahead) => told.push(ahead),
    });
    await expect.poll(() => told).toEqual([[{ ...everyone('1'), what: 'model', fraction: 0 }]]);
    one.handlers.onProgress(progress);
    expect(told.at(-1)).toEqual([{ ...everyone('1'), what: 'model', fraction: 0.25 }]);
    expect(await retraining.status(everyone('2'))).toMatchObject({
      ahead: [{ guildId: '1' }],
      progress: undefined,
    });
    await expect(retraining.estimate(everyone('2'), {})).rejects.toMatchObject({ key: 'already_queued' });
    expect(worker.jobs()).toHaveLength(1);
    one.ends(trained(2));
    await first;
    (await worker.run(2)).ends(trained(2));
    expect(await second).toMatchObject({ kind: 'promoted' });
    expect(await retraining.status(everyone('2'))).toBeUndefined();
  });

  it('waits for other trainings of the process, too', async () => {
    const { retraining, worker, turns } = await retrainingOf();
    let end = () => {};
    const spam = turns.take({ guildId: '1', what: 'spam' }, () => new Promise<void>((done) => (end = done)));
    worker.ends(trained(2));
    const training = retraining.retrain(ask);
    await expect.poll(() => turns.line().length).toBe(2);
    expect(worker.jobs()).toEqual([]);
    end();
    await spam;
    expect(await training).toMatchObject({ kind: 'promoted' });
  });

  it('reads what came while a training waited', async () => {
    const { store, retraining, worker, turns } = await retrainingOf();
    let end = () => {};
    const other = turns.take({ guildId: '', what: 'spam' }, () => new Promise<void>((done) => (end = done)));
    const training = retraining.retrain(ask);
    await expect.poll(() => turns.line().length).toBe(2);
    await store.intake.take([message('late', 70)], 0);
    end();
    await other;
    const run = await worker.run(1);
    expect(run.job.corpusUntil).toBe(70 * MINUTE);
    run.ends(trained(2));
    await training;
    expect((await store.models.live('1', PUBLIC))?.corpus_until).toBe(70 * MINUTE);
  });
});

describe('quiet hours', () => {
  it('let a training wait, which is then announced', async () => {
    const { retraining, worker, clock, announced } = await retrainingOf();
    await retraining.reschedule('1', { quiet: '11:00-13:00', zone: 'UTC' });
    expect(await retraining.estimate(everyone('1'), {})).toMatchObject({ quietUntil: NOON + HOUR });
    expect(await retraining.retrain(ask)).toEqual({ kind: 'waiting', until: NOON + HOUR });
    await retraining.tick();
    expect(worker.jobs()).toEqual([]);
    expect(await retraining.status(everyone('1'))).toMatchObject({
      ahead: undefined,
      quietUntil: NOON + HOUR,
    });
    clock.now = NOON + HOUR;
    worker.ends(trained(2));
    await retraining.tick();
    await expect.poll(() => announced).toMatchObject([{ channelId: '10', outcome: { kind: 'promoted' } }]);
  });

  it('pause a training that runs; it goes on afterwards where it stopped', async () => {
    const { retraining, worker, clock, announced } = await retrainingOf();
    await retraining.reschedule('1', { quiet: '13:00-14:00', zone: 'UTC' });
    const training = retraining.retrain({ ...ask, minutes: 120 });
    const first = await worker.run(1);
    clock.now = NOON + HOUR - 1;
    await retraining.tick();
    const curve = [{ trainedMs: 1, loss: 2, bitsPerCharacter: 3 }];
    await first.handlers.onState(new Uint8Array([7]), { trainedMs: HOUR, curve });
    clock.now = NOON + HOUR;
    await retraining.tick();
    expect(await training).toEqual({ kind: 'paused', until: NOON + 2 * HOUR });
    await retraining.tick();
    expect(worker.jobs()).toHaveLength(1);
    clock.now = NOON + 2 * HOUR;
    await retraining.tick();
    const second = await worker.run(2);
    expect(second.job).toMatchObject({ trainedMs: HOUR, curve, budgetMs: 2 * HOUR });
    second.ends(trained(2));
    await expect.poll(() => announced).toMatchObject([{ channelId: '10', outcome: { kind: 'promoted' } }]);
  });

  it('are kept by what waited in line until they began', async () => {
    const { retraining, worker, turns, clock } = await retrainingOf();
    await retraining.reschedule('1', { quiet: '13:00-14:00', zone: 'UTC' });
    let end = () => {};
    const other = turns.take({ guildId: '', what: 'spam' }, () => new Promise<void>((done) => (end = done)));
    const training = retraining.retrain(ask);
    await expect.poll(() => turns.line().length).toBe(2);
    clock.now = NOON + HOUR;
    end();
    await other;
    expect(await training).toEqual({ kind: 'waiting', until: NOON + 2 * HOUR });
    expect(worker.jobs()).toEqual([]);
  });
});

describe('the budget of a day', () => {
  it('refuses what is over it, saying what is left and when more is free', async () => {
    const { retraining, worker, clock } = await retrainingOf();
    await retraining.reschedule('1', { budget: 30 });
    worker.ends(trained(2, undefined, { trainedMs: 20 * MINUTE }));
    await retraining.retrain({ ...ask, minutes: 20 });
    const refusal = {
      key: 'over_budget',
      params: { minutes: 11, leftMs: 10 * MINUTE, minutesPerDay: 30, freeAt: NOON + 24 * HOUR },
    };
    await expect(retraining.estimate(everyone('1'), { minutes: 11 })).rejects.toMatchObject(refusal);
    await expect(retraining.retrain({ ...ask, minutes: 11 })).rejects.toMatchObject(refusal);
    expect((await retraining.estimate(everyone('1'), { minutes: 10 })).budget).toMatchObject({
      leftMs: 10 * MINUTE,
    });
    clock.now += 24 * HOUR;
    expect((await retraining.estimate(everyone('1'), { minutes: 11 })).budget).toMatchObject({
      leftMs: 30 * MINUTE,
    });
    await retraining.reschedule('1', { budget: 0 });
    expect((await retraining.estimate(everyone('1'), { minutes: 600 })).budget).toBeUndefined();
  });
});
