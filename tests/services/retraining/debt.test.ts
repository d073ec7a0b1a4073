import { describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { HOUR, MINUTE, NOON, progress, retrainingOf, trained } from '../../helpers/retraining.js';
import { message } from '../../helpers/store.js';

const ask = { guildId: '1', audience: 'public', channelId: '10' };
const DEADLINE = 72 * HOUR;
/** When the first of the messages leaves. */
const GONE = NOON + MINUTE;

describe('what the live model owes', () => {
  it('is told with its reasons, and until when', async () => {
    const { store, retraining, gone } = await owing();
    await store.erasure.erase({ guildId: '1', ids: ['1/4', '1/5'] }, 'opted_out', GONE + HOUR);
    await gone(['1/49'], GONE + HOUR); // held out
    expect(await retraining.debt.of('1')).toEqual({
      lines: [
        {
          audience: 'public',
          version: 1,
          messages: 3,
          reasons: { deleted: 1, opted_out: 2 },
          oldest: GONE,
          trainsAt: GONE + DEADLINE / 2,
          deadline: GONE + DEADLINE,
        },
      ],
      receipt: undefined,
    });
    expect(await retraining.debt.byVersion('1')).toEqual(new Map([[1, 3]]));
    expect(await retraining.debt.of('2')).toEqual({ lines: [], receipt: undefined });
  });

  it('is told of a class of readers, with its receipts, only to those who are to hear of them', async () => {
    const { store, retraining } = await owing();
    const staff = { guild_id: '1', audience: 'staff', checkpoint: new Uint8Array([1]) };
    await store.models.promote({ ...staff, bits_per_character: 2, corpus_until: NOON, created_at: GONE });
    const audiences = async (...told: string[]) =>
      (await retraining.debt.of('1', (audience) => told.includes(audience))).lines.map(
        (line) => line.audience,
      );
    expect(await audiences('public', 'staff')).toEqual(['public', 'staff']);
    expect(await audiences('public')).toEqual(['public']);
    await store.debts.settle({ guildId: '1', audience: 'staff' }, GONE, GONE + 1);
    expect((await retraining.debt.of('1')).receipt).toMatchObject({ audience: 'staff' });
    expect((await retraining.debt.of('1', (audience) => audience === 'public')).receipt).toBeUndefined();
  });

  it('is also what was deleted while it learned', async () => {
    const { retraining, worker, clock, gone } = await owing();
    const answer = retraining.retrain(ask);
    const run = await worker.run(2);
    await gone(['1/7'], clock.now + 1);
    clock.now += MINUTE;
    run.ends(unlearned());
    await answer;
    // The first version owed both, and is gone; the second one owes what it had read already.
    expect(await retraining.debt.of('1')).toMatchObject({
      lines: [{ version: 2, messages: 1, oldest: GONE + 2 }],
      receipt: { version: 2, messages: 1, erased_versions: [1] },
    });
  });
});

describe('a training because of what is owed', () => {
  it('begins by itself after half of the time, whatever schedule, budget and news', async () => {
    const { store, retraining, worker, clock, announced, dropped } = await owing();
    await retraining.reschedule('1', { off: true, minutes: 7, budget: 1, channelId: '77' });
    clock.now = GONE + DEADLINE / 2 - 1;
    await retraining.tick();
    expect(worker.jobs()).toHaveLength(1);
    clock.now += 1;
    worker.ends(unlearned());
    await retraining.tick();
    await expect.poll(() => announced.length).toBe(2);
    expect(worker.jobs()[1]).toMatchObject({ budgetMs: 7 * MINUTE });
    expect(announced).toMatchObject([
      { channelId: '77', outcome: { kind: 'settled', why: undefined, receipt: { version: 2, messages: 1 } } },
      { channelId: '77', outcome: { kind: 'promoted', version: 2, reason: 'changed' } },
    ]);
    expect(dropped).toEqual([{ guildId: '1', versions: [1], texts: true }]);
    expect(await store.models.writable('1', 'public')).toEqual([2]);
    await retraining.tick();
    expect(worker.jobs()).toHaveLength(2);
  });

  it('keeps the quiet hours', async () => {
    const { retraining, worker, clock } = await owing();
    await retraining.reschedule('1', { quiet: '23:00-01:00', zone: 'UTC' });
    clock.now = GONE + DEADLINE / 2; // one minute after midnight
    await retraining.tick();
    expect(worker.jobs()).toHaveLength(1);
    clock.now += HOUR;
    worker.ends(unlearned());
    await retraining.tick();
    await expect.poll(async () => (await retraining.debt.of('1')).receipt).toMatchObject({ version: 2 });
  });

  it('is tried again now and then while it fails, and the model withdrawn at the deadline', async () => {
    const { store, retraining, worker, clock, announced } = await owing();
    const told = () => announced.filter(({ outcome }) => 'kind' in outcome && outcome.kind === 'settled');
    worker.ends(new UserError('training_died', { reason: 'x' }));
    for (clock.now = GONE + DEADLINE / 2; clock.now < GONE + DEADLINE - HOUR; clock.now += HOUR) {
      worker.ends(unlearned({ loopRate: 0.9 }));
      await retraining.tick();
      await expect.poll(async () => store.trainings.queue()).toEqual([]);
    }
    expect(worker.jobs()).toHaveLength(1 + 4);
    expect((await store.models.live('1', 'public'))?.version).toBe(1);
    expect(told()).toEqual([]);
    clock.now = GONE + DEADLINE - MINUTE; // the next look would be too late
    await retraining.tick();
    expect(told()).toMatchObject([
      { channelId: '10', outcome: { why: 'refused', receipt: { version: null, erased_versions: [1] } } },
    ]);
    expect(await store.models.live('1', 'public')).toBeUndefined();
    expect(await store.models.checkpoint('1', 1)).toBeUndefined();
  });
});

describe('at the deadline', () => {
  it('the model is withdrawn where too little is left to learn from', async () => {
    const { store, retraining, worker, clock, announced, gone } = await owing();
    const all = Array.from({ length: 60 }, (_, index) => [`1/${index}`, `n${index}`]).flat();
    await gone(all, GONE);
    clock.now = GONE + DEADLINE / 2;
    await retraining.tick();
    clock.now = GONE + DEADLINE;
    await retraining.tick();
    expect(announced).toMatchObject([{ outcome: { kind: 'settled', why: 'too_small' } }]);
    expect(worker.jobs()).toHaveLength(1);
    expect(await store.debts.list('1')).toEqual([]);
  });

  it('the model is withdrawn where the right to train is gone', async () => {
    const { store } = await owing();
    const { retraining, worker, clock, announced } = await retrainingOf({ store, permitted: false });
    expect((await retraining.debt.of('1')).lines).toMatchObject([{ trainsAt: undefined }]);
    clock.now = GONE + DEADLINE;
    await retraining.tick();
    expect(announced).toMatchObject([{ outcome: { kind: 'settled', why: 'not_permitted' } }]);
    expect(worker.jobs()).toEqual([]);
  });

  it('that came while the bot was off, the model is withdrawn first of all, and a new one trained', async () => {
    const { store } = await owing();
    const { retraining, worker, clock, announced } = await retrainingOf({ store });
    clock.now = GONE + 10 * DEADLINE;
    await retraining.settleOverdue();
    expect(await store.models.live('1', 'public')).toBeUndefined();
    expect(announced).toEqual([]); // nobody to tell yet
    worker.ends(trained(2));
    await retraining.tick();
    expect(announced).toMatchObject([{ outcome: { kind: 'settled', why: 'unfinished' } }]);
    await expect.poll(async () => (await store.models.live('1', 'public'))?.version).toBe(2);
  });

  it('a paused training begins from nothing that has read what is gone; one in flight ends first', async () => {
    const { store, retraining, worker, clock, gone } = await owing();
    worker.ends(unlearned());
    await retraining.retrain(ask); // owes nothing
    void retraining.retrain({ ...ask, minutes: 1_000 });
    const run = await worker.run(3);
    run.handlers.onProgress(progress);
    await run.handlers.onState(new Uint8Array([7]), { trainedMs: 1, curve: [] });
    await gone(['1/8'], clock.now + 1);
    clock.now += DEADLINE;
    worker.ends(unlearned({ liveVersion: undefined }));
    await retraining.tick();
    await expect.poll(async () => (await store.models.live('1', 'public'))?.version).toBe(3);
    expect(worker.jobs()).toHaveLength(4);
    expect(await retraining.debt.of('1')).toMatchObject({ lines: [], receipt: { version: null } });
  });

  it('nothing is kept of a paused training, though no version owes what it has read', async () => {
    const { store, retraining, worker, clock, gone } = await owing();
    worker.ends(unlearned());
    await retraining.retrain(ask); // owes nothing
    void retraining.retrain(ask);
    const run = await worker.run(3);
    await run.handlers.onState(new Uint8Array([7]), { trainedMs: 1, curve: [] });
    await retraining.stop();
    await gone(['1/49'], clock.now + 1); // no version has learned it
    const later = await retrainingOf({ store });
    later.clock.now = clock.now + DEADLINE + MINUTE;
    await later.retraining.settleOverdue();
    expect(await store.trainings.state('1', 'public')).toBeUndefined();
    expect(await store.trainings.find('1', 'public')).toMatchObject({ read_at: null, trained_ms: 0 });
    expect(await store.debts.list('1')).toEqual([]);
  });

  it('and before, what is gone is nothing to compare texts with where no version has learned it', async () => {
    const { store, retraining, worker, clock, dropped, gone } = await owing();
    await gone(['1/49'], GONE + 1); // held out
    await retraining.tick();
    expect(dropped).toEqual([]); // the version owes another one
    worker.ends(unlearned());
    await retraining.retrain(ask);
    await gone(['1/48'], clock.now + 1);
    await retraining.tick();
    expect(dropped.slice(1)).toEqual([{ guildId: '1', versions: [], texts: true }]);
    expect(await store.models.writable('1', 'public')).toEqual([2]);
  });

  it('the log of the database is emptied of erased weights, as soon as nobody needs it', async () => {
    const { store, retraining, clock } = await owing();
    const swept = vi.spyOn(store.upkeep, 'sweep').mockReturnValue(false);
    clock.now = GONE + DEADLINE;
    for (const times of [1, 2]) {
      await retraining.settleOverdue();
      expect(swept).toHaveBeenCalledTimes(times);
    }
    swept.mockReturnValue(true);
    for (let looks = 0; looks < 2; looks++) await retraining.settleOverdue();
    expect(swept).toHaveBeenCalledTimes(3);
    expect(await store.debts.receipts('1')).toHaveLength(1);
  });

  it('older versions are erased that nobody would go back to any more', async () => {
    const { store, retraining, worker, clock, gone } = await owing();
    worker.ends(trained(3, 2)); // refused
    await retraining.retrain(ask);
    await store.models.goLive('1', 2, clock.now); // read after what is gone: it takes over
    await retraining.tick();
    expect(await store.models.writable('1', 'public')).toEqual([2]);
    await gone(['1/9'], clock.now + 1);
    expect((await retraining.debt.of('1')).lines).toMatchObject([{ version: 2, messages: 1 }]);
  });
});

/** A training that began from nothing, because the live model owes something. */
function unlearned(more: Parameters<typeof trained>[2] = {}) {
  return trained(3, 2, { fresh: 'changed', ...more });
}

/** A guild with a model that has learned a message which is deleted now. */
async function owing() {
  const set = await retrainingOf();
  const { store, retraining, worker, clock } = set;
  await store.intake.take(
    Array.from({ length: 60 }, (_, index) => message(`n${index}`, 100 + index, { content: 'y'.repeat(20) })),
    0,
  );
  worker.ends(trained(2));
  await retraining.retrain(ask);
  const gone = (ids: string[], at: number) => store.erasure.erase({ guildId: '1', ids }, 'deleted', at);
  await gone(['1/3'], GONE);
  clock.now = GONE + 1;
  return { ...set, gone };
}
