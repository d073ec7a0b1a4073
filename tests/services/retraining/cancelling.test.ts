import { describe, expect, it } from 'vitest';
import { fill, HOUR, MINUTE, NOON, retrainingOf, trained } from '../../helpers/retraining.js';
import { everyone } from '../../helpers/readers.js';

const ask = { ...everyone('1'), channelId: '10' };

describe('cancelling', () => {
  it('ends a training under way, and its time counts all the same', async () => {
    const { store, retraining, worker, clock } = await retrainingOf();
    const training = retraining.retrain(ask);
    const run = await worker.run(1);
    clock.now += MINUTE;
    await run.handlers.onState(new Uint8Array([7]), { trainedMs: 40_000, curve: [] });
    run.job.trainedMs = 50_000; // what the stopped worker says
    await retraining.cancel(everyone('1'));
    expect(await training).toEqual({ kind: 'cancelled' });
    expect(await store.trainings.queue()).toEqual([]);
    expect(await store.trainings.times('1', 0)).toEqual([
      { guild_id: '1', started_at: NOON, ended_at: NOON + MINUTE, trained_ms: 50_000 },
    ]);
    await expect(retraining.cancel(everyone('1'))).rejects.toMatchObject({ key: 'no_training' });
  });

  it('takes one out of the line, or out of its quiet hours', async () => {
    const { store, retraining, worker } = await retrainingOf();
    await fill(store, '2');
    const first = retraining.retrain(ask);
    const one = await worker.run(1);
    const second = retraining.retrain({ ...everyone('2'), channelId: '20' });
    await expect.poll(() => retraining.status(everyone('2'))).toBeDefined();
    await retraining.cancel(everyone('2'));
    expect(await second).toEqual({ kind: 'cancelled' });
    one.ends(trained(2));
    await first;

    await retraining.reschedule('1', { quiet: '11:00-13:00', zone: 'UTC' });
    expect(await retraining.retrain(ask)).toMatchObject({ kind: 'waiting' });
    await retraining.cancel(everyone('1'));
    expect(await store.trainings.queue()).toEqual([]);
  });

  it('of all of a server files nothing, not even of a training that comes to its end meanwhile', async () => {
    const { store, retraining, worker } = await retrainingOf();
    worker.stopsSlowly();
    const training = retraining.retrain(ask);
    const run = await worker.run(1);
    const ended = retraining.endAll('1');
    await store.erasure.eraseGuild('1'); // too early
    run.ends(trained(2));
    await ended;
    expect(await training).toEqual({ kind: 'cancelled' });
    expect(await store.models.versions('1')).toEqual([]);
  });

  it('counts more than a pause that is under way', async () => {
    const { store, retraining, worker, clock } = await retrainingOf();
    await retraining.reschedule('1', { quiet: '13:00-14:00', zone: 'UTC' });
    worker.stopsSlowly();
    const training = retraining.retrain(ask);
    const run = await worker.run(1);
    clock.now = NOON + HOUR;
    await retraining.tick();
    const cancelled = retraining.cancel(everyone('1'));
    run.ends({ kind: 'paused', trainedMs: 1, curve: [] });
    await cancelled;
    expect(await training).toEqual({ kind: 'cancelled' });
    expect(await store.trainings.queue()).toEqual([]);
  });

  it('comes in time also when the pause has just ended', async () => {
    const { store, retraining, worker, clock } = await retrainingOf();
    await retraining.reschedule('1', { quiet: '13:00-14:00', zone: 'UTC' });
    const { pause } = store.trainings;
    let cancelled: Promise<void> | undefined;
    store.trainings.pause = async (guildId, audience) => {
      cancelled = retraining.cancel(everyone('1'));
      await pause(guildId, audience);
    };
    const training = retraining.retrain(ask);
    await worker.run(1);
    clock.now = NOON + HOUR;
    await retraining.tick();
    expect(await training).toMatchObject({ kind: 'paused' });
    await cancelled;
    expect(await store.trainings.queue()).toEqual([]);
  });
});
