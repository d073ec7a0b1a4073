import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { isUserError, UserError } from '../../src/errors.js';
import { createRetraining, type RetrainOutcome } from '../../src/services/retraining.js';
import type { Store } from '../../src/store/open.js';
import type { TrainingResult } from '../../src/training/protocol.js';
import type { TrainingHandlers, TrainingRun } from '../../src/training/training-client.js';
import { message, temporaryStore } from '../helpers/store.js';

const progress = {
  fraction: 0.25,
  loss: 2,
  bitsPerCharacter: 2,
  charactersPerSecond: 1,
  remainingMs: 1,
  setbacks: 0,
  setback: undefined,
};
const model = (bits: number, live?: number): TrainingResult => ({
  kind: 'finished',
  checkpoint: new Uint8Array([1]),
  report: {
    seed: 1,
    budgetMs: 1_000,
    trainedMs: 1_000,
    from: undefined,
    messages: 1,
    characters: 1,
    bitsPerCharacter: bits,
    liveVersion: live && 1,
    liveBitsPerCharacter: live,
    ngramBitsPerCharacter: undefined,
    verbatimRate: 0,
    loopRate: 0,
    samples: [],
    curve: [],
  },
});

describe('retraining', () => {
  it('promotes the first model, then only a better one', async () => {
    const { store, retraining, worker } = await set();
    worker.ends(model(2.5));
    expect(await retraining.retrain({ guildId: '1', channelId: null })).toMatchObject({
      kind: 'promoted',
      version: 1,
    });
    worker.ends(model(2.5, 2.4));
    expect(await retraining.retrain({ guildId: '1', channelId: null })).toEqual({
      kind: 'rejected',
      bitsPerCharacter: 2.5,
      liveBitsPerCharacter: 2.4,
    });
    expect((await store.models.live('1'))?.version).toBe(1);
    worker.ends(model(2.3, 2.4));
    expect(await retraining.retrain({ guildId: '1', channelId: null })).toMatchObject({ version: 2 });
  });

  it('runs one at a time, and says how far the other one is', async () => {
    const { retraining, worker } = await set();
    const first = retraining.retrain({ guildId: '1', channelId: null });
    await worker.started();
    worker.handlers().onProgress(progress);
    await expect(retraining.retrain({ guildId: '2', channelId: null })).rejects.toMatchObject({
      key: 'already_training',
      params: { percent: 25 },
    });
    worker.ends(model(2));
    await first;
    worker.ends(model(1, 2));
    await retraining.retrain({ guildId: '1', channelId: null });
  });

  it('refuses a corpus that teaches nothing, and a bot without permission', async () => {
    const { retraining } = await set();
    await expect(retraining.retrain({ guildId: '2', channelId: null })).rejects.toMatchObject({
      key: 'corpus_too_small',
      params: { have: 0 },
    });
    const other = await set({ permitted: false });
    await expect(other.retraining.retrain({ guildId: '1', channelId: null })).rejects.toMatchObject({
      key: 'training_not_permitted',
    });
  });

  it('that died leaves the live model and makes room for the next', async () => {
    const { store, retraining, worker } = await set();
    worker.ends(model(2));
    await retraining.retrain({ guildId: '1', channelId: null });
    worker.ends(new UserError('training_died', { reason: 'out of memory' }));
    await expect(retraining.retrain({ guildId: '1', channelId: null })).rejects.toMatchObject({
      key: 'training_died',
    });
    expect((await store.models.live('1'))?.version).toBe(1);
    worker.ends(model(1, 2));
    expect(await retraining.retrain({ guildId: '1', channelId: null })).toMatchObject({ kind: 'promoted' });
  });

  it('that a restart cut off goes on, and announces its outcome where it was asked for', async () => {
    const first = await set();
    const cut = first.retraining.retrain({ guildId: '1', channelId: '10', minutes: 3 });
    await first.worker.started();
    await first.worker.handlers().onState(new Uint8Array([7]), { trainedMs: 0, curve: [] });
    const stopped = first.retraining.stop();
    first.worker.ends({ kind: 'paused', trainedMs: 0, curve: [] });
    expect(await cut).toEqual({ kind: 'paused' });
    await stopped;
    await expect(first.retraining.retrain({ guildId: '1', channelId: null })).rejects.toMatchObject({
      key: 'shutting_down',
    });

    const second = await set({ store: first.store });
    const announced: [string, RetrainOutcome | UserError][] = [];
    second.worker.ends(model(2));
    await second.retraining.resumeUnfinished((channel, outcome) => announced.push([channel, outcome]));
    expect(second.worker.jobs()).toMatchObject([{ guildId: '1', budgetMs: 180_000 }]);
    expect(announced).toMatchObject([['10', { kind: 'promoted', version: 1 }]]);
    await second.retraining.resumeUnfinished(() => {
      throw new Error('nothing is left to resume');
    });
  });

  it('that was cut off again and again is dropped', async () => {
    const { store, retraining, worker } = await set();
    await store.trainings.begin({ guild_id: '1', channel_id: null, budget_ms: 1, seed: 1, corpus_until: 1 });
    for (let restart = 0; restart < 3; restart++) await store.trainings.takeUnfinished();
    await retraining.resumeUnfinished(() => {});
    expect(worker.jobs()).toEqual([]);
    expect(await store.trainings.takeUnfinished()).toEqual([]);
  });

  it('happens by itself where enough new messages came in', async () => {
    const { store, retraining, worker } = await set();
    worker.ends(model(2));
    await retraining.retrainStale(); // 50 messages, 50 needed
    expect(worker.jobs()).toHaveLength(1);
    await retraining.retrainStale(); // no new ones
    expect(worker.jobs()).toHaveLength(1);
    await store.messages.add(Array.from({ length: 49 }, (_, index) => message(`n${index}`, 100 + index)));
    await retraining.retrainStale(); // one too few
    expect(worker.jobs()).toHaveLength(1);
    await store.messages.add([message('n50', 200)]);
    worker.ends(model(1, 2));
    await retraining.retrainStale();
    expect(worker.jobs()).toHaveLength(2);
  });
});

async function set(options: { store?: Store; permitted?: boolean } = {}) {
  const { store = await filledStore(), permitted = true } = options;
  const worker = scriptedWorker();
  const retraining = createRetraining({
    store,
    startTraining: worker.start,
    permitted,
    defaultMinutes: 1,
    minNewMessages: 50,
    now: () => 0,
    random: () => 0.5,
    log: pino({ level: 'silent' }),
  });
  return { store, retraining, worker };
}

async function filledStore(): Promise<Store> {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.messages.add(
    Array.from({ length: 50 }, (_, index) => message(String(index), index, { content: 'x'.repeat(20) })),
  );
  return store;
}

/** A worker whose end the test decides; the real one is tested in tests/training. */
function scriptedWorker() {
  const jobs: object[] = [];
  let started = deferred<TrainingHandlers>();
  let end = deferred<TrainingResult>();
  let latest: TrainingHandlers | undefined;
  return {
    jobs: () => jobs,
    started: () => started.promise,
    handlers: () => latest ?? fail(),
    ends(result: TrainingResult | UserError) {
      if (isUserError(result)) end.reject(result);
      else end.resolve(result);
      end.promise.catch(() => {});
    },
    start(job: object, handlers: TrainingHandlers): TrainingRun {
      jobs.push(job);
      latest = handlers;
      started.resolve(handlers);
      const finished = end.promise.finally(() => {
        started = deferred();
        end = deferred();
      });
      return { finished, stop: () => {} };
    },
  };
}

function fail(): never {
  throw new Error('no training was started');
}

function deferred<T>() {
  let resolve: (value: T) => void = fail;
  let reject: (error: Error) => void = fail;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
