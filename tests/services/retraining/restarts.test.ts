import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { message } from '../../helpers/store.js';
import { fill, HOUR, MINUTE, NOON, retrainingOf, trained } from '../../helpers/retraining.js';
import { everyone, PUBLIC } from '../../helpers/readers.js';

const ask = { ...everyone('1'), channelId: '10' };
const DAY = 24 * HOUR;

describe('a restart', () => {
  it('lets a training go on that it cut off, and announces its outcome where it was asked for', async () => {
    const first = await retrainingOf();
    const cut = first.retraining.retrain({ ...ask, minutes: 3 });
    const run = await first.worker.run(1);
    await run.handlers.onState(new Uint8Array([7]), { trainedMs: MINUTE, curve: [] });
    await first.retraining.stop();
    expect(await cut).toEqual({ kind: 'paused', until: undefined });
    await expect(first.retraining.retrain(ask)).rejects.toMatchObject({ key: 'shutting_down' });

    const { store } = first;
    const second = await retrainingOf({ store });
    second.worker.ends(trained(2));
    await second.retraining.tick();
    await expect
      .poll(() => second.announced)
      .toMatchObject([{ channelId: '10', outcome: { kind: 'promoted', version: 1 } }]);
    expect(second.worker.jobs()).toMatchObject([{ guildId: '1', budgetMs: 3 * MINUTE, trainedMs: MINUTE }]);
    await second.retraining.tick();
    expect(second.worker.jobs()).toHaveLength(1);
  });

  it('keeps the queue: what was cut off first, then first come, first served', async () => {
    const first = await retrainingOf();
    const { store, clock } = first;
    const answers = [];
    for (const guildId of ['3', '1', '2']) {
      if (guildId !== '1') await fill(store, guildId);
      clock.now += 1;
      answers.push(first.retraining.retrain({ ...everyone(guildId), channelId: `${guildId}0` }));
      await expect.poll(() => first.turns.line().length).toBe(answers.length);
    }
    await first.worker.run(1); // of guild 3
    await first.retraining.stop();
    const paused = { kind: 'paused', until: undefined };
    expect(await Promise.all(answers)).toEqual([paused, paused, paused]);

    const second = await retrainingOf({ store });
    for (let training = 0; training < 3; training++) second.worker.ends(trained(2));
    await second.retraining.tick();
    await expect.poll(() => second.announced.length).toBe(3);
    expect(second.worker.jobs().map(({ guildId }) => guildId)).toEqual(['3', '1', '2']);
    expect(second.announced.map(({ channelId }) => channelId)).toEqual(['30', '10', '20']);
  });

  it('drops a training that was cut off again and again, and says so', async () => {
    const { store, retraining, worker, announced } = await retrainingOf();
    await store.trainings.add({
      guild_id: '1',
      audience: PUBLIC,
      channel_id: '10',
      budget_ms: 1,
      seed: 1,
      corpus_until: 1,
    });
    for (let start = 0; start < 3; start++) await store.trainings.start('1', PUBLIC, start, 1);
    await retraining.tick();
    expect(worker.jobs()).toEqual([]);
    expect(await store.trainings.queue()).toEqual([]);
    expect(announced).toMatchObject([{ channelId: '10', outcome: { key: 'training_dropped' } }]);
  });

  it('announces what goes wrong, too', async () => {
    const { store, retraining, worker, announced } = await retrainingOf();
    await store.trainings.add({
      guild_id: '1',
      audience: PUBLIC,
      channel_id: '10',
      budget_ms: 1,
      seed: 1,
      corpus_until: 1,
    });
    worker.ends(new UserError('training_died', { reason: 'out of memory' }));
    await retraining.tick();
    await expect.poll(() => announced).toMatchObject([{ outcome: { key: 'training_died' } }]);
    expect(await store.trainings.queue()).toEqual([]);
  });
});

describe('the schedule', () => {
  const nightly = { defaultSchedule: '0 4 * * *' };

  it('trains where enough new messages came in, once each time it is due', async () => {
    const { store, retraining, worker, clock } = await retrainingOf(nightly);
    await retraining.reschedule('1', { zone: 'UTC' });
    await retraining.tick();
    expect(worker.jobs()).toEqual([]);
    clock.now = NOON + 16 * HOUR; // four at night
    worker.ends(trained(2));
    await retraining.tick(); // 50 messages, 50 needed
    await retraining.tick();
    await expect.poll(async () => (await store.models.live('1', PUBLIC))?.version).toBe(1);
    expect(worker.jobs()).toHaveLength(1);
    clock.now += DAY;
    await retraining.tick(); // no new ones
    await store.intake.take(
      Array.from({ length: 49 }, (_, index) => message(`n${index}`, 100 + index)),
      0,
    );
    clock.now += DAY;
    await retraining.tick(); // one too few
    expect(worker.jobs()).toHaveLength(1);
    await store.intake.take([message('n50', 200)], 0);
    clock.now += DAY;
    worker.ends(trained(1, 2));
    await retraining.tick();
    await expect.poll(async () => (await store.models.live('1', PUBLIC))?.version).toBe(2);
  });

  it('does not try again what was refused, as long as nothing new came', async () => {
    const { store, retraining, worker, clock } = await retrainingOf(nightly);
    await retraining.reschedule('1', { zone: 'UTC' });
    worker.ends(trained(2));
    await retraining.retrain(ask);
    await store.intake.take(
      Array.from({ length: 60 }, (_, index) => message(`n${index}`, 100 + index)),
      0,
    );
    clock.now = NOON + 16 * HOUR;
    worker.ends(trained(3, 2));
    await retraining.tick();
    await expect.poll(async () => (await store.models.find('1', 2))?.state).toBe('rejected');
    clock.now += DAY;
    await retraining.tick();
    expect(worker.jobs()).toHaveLength(2);
  });

  it('makes up for an hour that came while the bot was off', async () => {
    const { store, retraining, clock } = await retrainingOf(nightly);
    await retraining.tick();
    clock.now = NOON + 15 * HOUR;
    await retraining.stop();
    const second = await retrainingOf({ ...nightly, store });
    second.clock.now = NOON + 40 * HOUR;
    second.worker.ends(trained(2));
    await second.retraining.tick();
    await second.retraining.tick();
    await expect.poll(async () => (await store.models.live('1', PUBLIC))?.version).toBe(1);
    expect(second.worker.jobs()).toHaveLength(1);
  });

  it("is the guild's own where it has one, and its outcome is told where the guild wants it", async () => {
    const { retraining, worker, clock, announced } = await retrainingOf(nightly);
    const own = { at: '21:30', zone: 'Asia/Seoul', minutes: 7, channelId: '77' }; // 12:30 UTC
    await retraining.reschedule('1', own);
    expect(await retraining.plan('1')).toMatchObject({ minutes: 7, next: NOON + HOUR / 2 });
    clock.now = NOON + HOUR / 2;
    worker.ends(trained(2));
    await retraining.tick();
    await expect.poll(() => announced).toMatchObject([{ channelId: '77', outcome: { kind: 'promoted' } }]);
    expect(worker.jobs()).toMatchObject([{ budgetMs: 7 * MINUTE }]);
    expect((await retraining.plan('1')).next).toBe(NOON + HOUR / 2 + DAY);
  });

  it('is never where it is off', async () => {
    const { retraining, worker, clock } = await retrainingOf(nightly);
    await retraining.reschedule('1', { off: true });
    expect((await retraining.plan('1')).next).toBeUndefined();
    clock.now += 3 * DAY;
    await retraining.tick();
    expect(worker.jobs()).toEqual([]);
    await retraining.reschedule('1', { off: false });
    expect((await retraining.plan('1')).next).toBeDefined();
    await retraining.tick(); // not in arrears for the nights it was off
    expect(worker.jobs()).toEqual([]);
  });

  it('takes what is left of the budget, or waits until that is worth it', async () => {
    const { store, retraining, worker, clock } = await retrainingOf();
    await retraining.reschedule('1', { at: '12:30', zone: 'UTC', minutes: 10, budget: 15 });
    await store.trainings.noteTime({ guild_id: '1', started_at: 0, ended_at: NOON, trained_ms: 8 * MINUTE });
    const late = { guild_id: '1', started_at: 1, ended_at: NOON + HOUR, trained_ms: 6.5 * MINUTE };
    clock.now = NOON + 2 * HOUR;
    await store.trainings.noteTime(late);
    await retraining.tick(); // half a minute is left
    expect(worker.jobs()).toEqual([]);
    clock.now = NOON + DAY;
    worker.ends(trained(2));
    await retraining.tick(); // 15 minutes less 6.5
    expect((await worker.run(1)).job.budgetMs).toBe(8.5 * MINUTE);
  });

  it('does not disturb a training that is asked for', async () => {
    const { retraining, worker, clock } = await retrainingOf();
    await retraining.reschedule('1', { at: '12:30', zone: 'UTC' });
    const asked = retraining.retrain(ask);
    const run = await worker.run(1);
    clock.now = NOON + HOUR;
    await retraining.tick();
    run.ends(trained(2));
    expect(await asked).toMatchObject({ kind: 'promoted' });
    await retraining.tick();
    expect(worker.jobs()).toHaveLength(1);
  });
});

describe('outcomes', () => {
  it('of trainings by themselves are told where one was asked for the last time', async () => {
    const { store, retraining, worker, clock, announced } = await retrainingOf();
    await retraining.reschedule('1', { at: '12:30', zone: 'UTC' });
    worker.ends(trained(2));
    await retraining.retrain({ ...ask, channelId: '88' });
    await store.intake.take(
      Array.from({ length: 60 }, (_, index) => message(`n${index}`, 100 + index)),
      0,
    );
    clock.now = NOON + HOUR;
    worker.ends(trained(1, 2));
    await retraining.tick();
    await expect.poll(() => announced).toMatchObject([{ channelId: '88', outcome: { version: 2 } }]);
  });

  it('that took longer are told where they were asked for, too, as was said there', async () => {
    const { retraining, worker, clock, announced } = await retrainingOf();
    await retraining.reschedule('1', { quiet: '11:00-13:00', zone: 'UTC', channelId: '77' });
    await retraining.retrain(ask);
    clock.now = NOON + HOUR;
    worker.ends(trained(2));
    await retraining.tick();
    await expect.poll(() => announced.map(({ channelId }) => channelId)).toEqual(['77', '10']);
  });

  it('of what ends in the moment of a stop are told before it is over', async () => {
    const { store, retraining, worker, announced } = await retrainingOf();
    await store.trainings.add({
      guild_id: '1',
      audience: PUBLIC,
      channel_id: '10',
      budget_ms: 1,
      seed: 1,
      corpus_until: 1,
    });
    worker.stopsSlowly();
    await retraining.tick();
    const run = await worker.run(1);
    const stopped = retraining.stop();
    run.ends(trained(2));
    await stopped;
    expect(announced).toMatchObject([{ channelId: '10', outcome: { kind: 'promoted' } }]);
  });

  it('are also told in the channel that the guild chose, when it is another one', async () => {
    const { retraining, worker, announced } = await retrainingOf();
    await retraining.reschedule('1', { channelId: '77' });
    worker.ends(trained(2));
    await retraining.retrain(ask);
    expect(announced).toMatchObject([{ channelId: '77', outcome: { kind: 'promoted', version: 1 } }]);
    worker.ends(trained(1, 2));
    await retraining.retrain({ ...ask, channelId: '77' });
    expect(announced).toHaveLength(1);
  });
});
