import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MessageRow } from '../../src/store/schema.js';
import type { SamplingMessage, SamplingRequest, TrainingMessage } from '../../src/training/protocol.js';
import { decodeCheckpoint, sizedFor } from '../../src/rnn/checkpoint.js';
import { readGuildMessages } from '../../src/training/guild-messages.js';
import { serveSampling } from '../../src/training/serve-sampling.js';
import { kernel } from '../helpers/rnn-models.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { plainMessages, trainInProcess } from '../helpers/training.js';
import { PUBLIC } from '../helpers/readers.js';

async function filledStore(path = temporaryDatabase()) {
  const store = await temporaryStore(path);
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.intake.take(plainMessages(200), 0);
  return {
    store,
    job: {
      databasePath: path,
      // The slowest: the others learn this little text by heart before anybody can interrupt them.
      engine: 'js' as const,
      threads: 1,
      maxSpeakerShare: 1,
      guildId: '1',
      audience: PUBLIC,
      budgetMs: 1_000,
      seed: 1,
      corpusUntil: 200 * 60_000,
      fresh: false,
      trainedMs: 0,
      curve: [],
    },
  };
}

function characters(messages: MessageRow[]): number {
  return messages.reduce((sum, message) => sum + message.characters + 1, 0);
}

describe('runTraining', () => {
  it('reports progress and ends with a model that the sampling worker can write with', async () => {
    const { job } = await filledStore();
    const { messages, ended } = trainInProcess(job);
    await ended;
    await new Promise(setImmediate);
    expect(messages.map(({ type }) => type)).toContain('progress');
    const last = messages.at(-1);
    if (last?.type !== 'result' || last.result.kind !== 'finished') throw new Error('expected a model');
    const { report } = last.result;
    expect(report).toMatchObject({ seed: 1, budgetMs: 1_000, from: undefined, liveVersion: undefined });
    expect(report.messages).toBe(180); // of 200, the newest tenth is held out
    expect(report.characters).toBe(characters(plainMessages(180)));
    expect(report.bitsPerCharacter).toBeLessThan(5);
    expect(report.liveBitsPerCharacter).toBeUndefined();
    expect(report.ngramBitsPerCharacter).toBeLessThan(5);
    expect(report.verbatimRate).toBe(0); // six words of its corpus have fewer than 40 characters
    expect(report).toMatchObject({ isMute: false, fresh: 'first' });
    expect(report.trainedMs).toBeGreaterThan(900);
    expect(report.curve.length).toBeGreaterThan(3);
    expect(report.curve.map(({ trainedMs }) => trainedMs)).toEqual(
      report.curve.map(({ trainedMs }) => trainedMs).toSorted((a, b) => a - b),
    );
    expect(report.curve.some(({ bitsPerCharacter }) => bitsPerCharacter !== undefined)).toBe(true);

    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    serveSampling(
      port2,
      kernel,
      readGuildMessages(job.databasePath, () => 0),
    );
    const answer = () => new Promise<SamplingMessage>((resolve) => port1.once('message', resolve));
    const request = (id: number): SamplingRequest => ({
      type: 'write',
      id,
      guildId: '1',
      version: 1,
      wanted: { kind: 'continuation', prompt: 'the ☃', length: 30 },
      temperature: 0.8,
      topP: 1,
      seed: 5,
      guard: { blocked: [], takenBack: [], maxVerbatim: undefined },
      streams: false,
    });
    port1.postMessage(request(1));
    expect(await answer()).toEqual({ type: 'missing', id: 1 });
    port1.postMessage({ type: 'load', guildId: '1', version: 1, checkpoint: last.result.checkpoint });
    port1.postMessage(request(2));
    const first = await answer();
    if (first.type !== 'written') throw new Error('expected a text');
    expect([...first.text]).toHaveLength(30);
    port1.postMessage(request(3));
    expect(await answer()).toEqual({ ...first, id: 3 });
  });

  it('measures a new model and the live one on the same text', async () => {
    const { store, job } = await filledStore();
    const first = trainInProcess(job);
    await first.ended;
    await new Promise(setImmediate);
    const result = first.messages.at(-1);
    if (result?.type !== 'result' || result.result.kind !== 'finished') throw new Error('expected a model');
    await store.models.promote({
      guild_id: '1',
      audience: PUBLIC,
      checkpoint: result.result.checkpoint,
      bits_per_character: result.result.report.bitsPerCharacter,
      corpus_until: job.corpusUntil,
      created_at: 0,
    });
    const second = trainInProcess(job);
    await second.ended;
    await new Promise(setImmediate);
    expect(second.messages.at(-1)).toMatchObject({
      type: 'result',
      result: {
        report: {
          liveVersion: 1,
          liveBitsPerCharacter: expect.closeTo(result.result.report.bitsPerCharacter, 3) as number,
        },
      },
    });
  });

  it('goes on from the live model while text and time are of its size, and starts from nothing when it has outgrown it or is told to', async () => {
    const { store, job } = await filledStore();
    const train = async (budgetMs: number, corpusUntil = 260 * 60_000, fresh = false) => {
      const { messages, ended } = trainInProcess({ ...job, budgetMs, corpusUntil, fresh });
      await ended;
      await new Promise(setImmediate);
      const last = messages.at(-1);
      if (last?.type !== 'result' || last.result.kind !== 'finished') throw new Error('expected a model');
      const { checkpoint, report } = last.result;
      return { bytes: checkpoint, model: decodeCheckpoint(checkpoint), report };
    };
    const { bytes } = await train(500, job.corpusUntil);
    const live = decodeCheckpoint(bytes);
    await store.models.promote({
      guild_id: '1',
      audience: PUBLIC,
      checkpoint: bytes,
      bits_per_character: 1,
      corpus_until: job.corpusUntil,
      created_at: 0,
    });
    await store.intake.take(
      [message('last', 185, { content: '☃☃☃☃☃☃☃☃' }), ...plainMessages(260).slice(200)],
      0,
    );
    const { model: warm, report } = await train(500);
    expect(report).toMatchObject({ from: 1, fresh: undefined, liveVersion: 1 });
    expect(warm.vocabulary.codePoints).toEqual([...live.vocabulary.codePoints, 0x2603]);
    expect(warm.shape).toEqual({ ...live.shape, vocabulary: live.shape.vocabulary + 1 });
    expect(sizedFor(warm)).toEqual(sizedFor(live));
    const fresh = await train(500, undefined, true);
    expect(fresh.report).toMatchObject({ from: undefined, fresh: 'asked', liveVersion: 1 });
    expect(fresh.model.vocabulary.codePoints).not.toEqual(warm.vocabulary.codePoints);
    await store.erasure.erase({ guildId: '1', ids: ['5'] }, 'deleted', 0);
    const { model: anew, report: changed } = await train(500); // what the deleted message taught is gone
    expect(changed).toMatchObject({ from: undefined, fresh: 'changed', liveVersion: 1 });
    expect((await train(500, undefined, true)).report.fresh).toBe('changed'); // whoever asked
    expect(anew.vocabulary.codePoints).not.toEqual(warm.vocabulary.codePoints);
    const { model: cold } = await train(2_500); // more than 4 times 500
    expect(sizedFor(cold)).toMatchObject({ milliseconds: 2_500 });
    expect(cold.vocabulary.codePoints).not.toEqual(warm.vocabulary.codePoints);
  });

  it('measures itself by no live model that is damaged, or that has learned what is held out', async () => {
    const { store, job } = await filledStore();
    const train = async (corpusUntil = job.corpusUntil) => {
      const { messages, ended } = trainInProcess({ ...job, budgetMs: 300, corpusUntil });
      await ended;
      await new Promise(setImmediate);
      const last = messages.at(-1);
      if (last?.type !== 'result' || last.result.kind !== 'finished') throw new Error('expected a model');
      return last.result;
    };
    const model = {
      guild_id: '1',
      audience: PUBLIC,
      bits_per_character: 1,
      corpus_until: job.corpusUntil,
      created_at: 0,
    };
    const { checkpoint } = await train();
    await store.models.promote({ ...model, checkpoint: checkpoint.slice(0, -1) });
    expect((await train()).report).toMatchObject({
      fresh: 'damaged',
      liveVersion: 1,
      liveBitsPerCharacter: undefined,
    });
    await store.models.promote({ ...model, checkpoint });
    // It has learned 180 of 200 messages, and the newest 30 go.
    await store.erasure.erase(
      { guildId: '1', ids: Array.from({ length: 30 }, (_, index) => String(170 + index)) },
      'deleted',
      0,
    );
    expect((await train(169 * 60_000)).report).toMatchObject({
      fresh: 'changed',
      liveVersion: 2,
      liveBitsPerCharacter: undefined,
    });
  });

  it('stops when asked, and goes on from the state it left', async () => {
    const { store, job } = await filledStore();
    await store.trainings.add({
      guild_id: '1',
      audience: PUBLIC,
      channel_id: null,
      budget_ms: 60_000,
      seed: 1,
      corpus_until: 0,
    });
    const first = trainInProcess({ ...job, budgetMs: 60_000 });
    await first.heard('progress');
    first.port.postMessage({ type: 'stop' });
    await first.ended;
    await new Promise(setImmediate);
    const state = first.messages.find(({ type }) => type === 'state');
    if (state?.type !== 'state') throw new Error('expected a state');
    const { trainedMs, curve } = state;
    expect(curve.length).toBeGreaterThan(0);
    expect(first.messages.at(-1)).toMatchObject({ type: 'result', result: { kind: 'paused', curve } });
    await store.trainings.saveState('1', PUBLIC, state.state, state);

    const second = trainInProcess({ ...job, budgetMs: 60_000, trainedMs, curve });
    const progress = await second.heard('progress');
    second.port.postMessage({ type: 'stop' });
    const later = await second.heard('state');
    await second.ended;
    if (later.type !== 'state') throw new Error('expected a state');
    expect(later.trainedMs).toBeGreaterThan(trainedMs);
    expect(later.curve.slice(0, curve.length)).toEqual(curve);
    if (progress.type !== 'progress') throw new Error('expected progress');
    const before = first.messages.findLast(({ type }) => type === 'progress');
    if (before?.type !== 'progress') throw new Error('expected progress');
    expect(progress.progress.fraction).toBeGreaterThanOrEqual(before.progress.fraction);
  });

  it('starts over when messages of its text were deleted', async () => {
    const { store, job } = await filledStore();
    await store.trainings.add({
      guild_id: '1',
      audience: PUBLIC,
      channel_id: null,
      budget_ms: 60_000,
      seed: 1,
      corpus_until: 0,
    });
    const first = trainInProcess({ ...job, budgetMs: 60_000 });
    await first.heard('progress');
    first.port.postMessage({ type: 'stop' });
    const state = await first.heard('state');
    await first.ended;
    if (state.type !== 'state') throw new Error('expected a state');
    await store.trainings.saveState('1', PUBLIC, state.state, state);
    await store.erasure.erase({ guildId: '1', ids: ['5'] }, 'deleted', 0);
    const before = { trainedMs: 5_000, curve: [{ trainedMs: 4_000, loss: 77, bitsPerCharacter: 77 }] };
    const second = trainInProcess({ ...job, budgetMs: 500, ...before });
    await second.ended;
    await new Promise(setImmediate);
    const last = second.messages.at(-1);
    if (last?.type !== 'result' || last.result.kind !== 'finished') throw new Error('expected a model');
    // The time was taken, but what it led to is gone.
    expect(last.result.report.trainedMs).toBeGreaterThan(5_000);
    expect(last.result.report.curve).not.toContainEqual(before.curve[0]);
    expect(last.result.report.curve.length).toBeGreaterThan(0);
  });

  it('hears that it is to stop while it appraises its model', async () => {
    const { job } = await filledStore();
    // A clock a hundred times as fast: a second of training, progress every 5 ms, and many samples to write.
    const { port, messages, ended } = trainInProcess(
      { ...job, budgetMs: 100_000 },
      () => performance.now() * 100,
    );
    port.on('message', (each: TrainingMessage) => {
      if (each.type === 'progress' && each.progress.fraction === 1) port.postMessage({ type: 'stop' });
    });
    await ended;
    await new Promise(setImmediate);
    expect(messages.at(-1)).toMatchObject({ type: 'result', result: { kind: 'paused' } });
  });

  it('names what is wrong with the database', async () => {
    const { job } = await filledStore();
    const { messages, ended } = trainInProcess({ ...job, databasePath: '/nowhere/at/all.sqlite' });
    await ended;
    await new Promise(setImmediate);
    expect(messages).toMatchObject([{ type: 'problem', key: 'database_unusable' }]);
  });
});
