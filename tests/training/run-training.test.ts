import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SamplingMessage } from '../../src/training/protocol.js';
import { decodeCheckpoint, sizedFor } from '../../src/rnn/checkpoint.js';
import { serveSampling } from '../../src/training/serve-sampling.js';
import { kernel } from '../helpers/rnn-models.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { plainMessages, trainInProcess } from '../helpers/training.js';

async function filledStore(path = temporaryDatabase()) {
  const store = await temporaryStore(path);
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.messages.add(plainMessages(200));
  return {
    store,
    job: {
      databasePath: path,
      // The slowest: the others learn this little text by heart before anybody can interrupt them.
      engine: 'js' as const,
      threads: 1,
      guildId: '1',
      budgetMs: 1_000,
      seed: 1,
      corpusUntil: 200 * 60_000,
      fresh: false,
      trainedMs: 0,
      curve: [],
    },
  };
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
    expect(last.result.report.bitsPerCharacter).toBeLessThan(5);
    expect(last.result.report.liveBitsPerCharacter).toBeUndefined();

    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    serveSampling(port2, kernel);
    const answer = () => new Promise<SamplingMessage>((resolve) => port1.once('message', resolve));
    const request = { guildId: '1', version: 1, prompt: 'the ☃', length: 30, temperature: 0.8, seed: 5 };
    port1.postMessage({ type: 'sample', id: 1, ...request });
    expect(await answer()).toEqual({ type: 'missing', id: 1 });
    port1.postMessage({ type: 'load', guildId: '1', version: 1, checkpoint: last.result.checkpoint });
    port1.postMessage({ type: 'sample', id: 2, ...request });
    const first = await answer();
    if (first.type !== 'text') throw new Error('expected a text');
    expect([...first.text]).toHaveLength(30);
    port1.postMessage({ type: 'sample', id: 3, ...request });
    expect(await answer()).toEqual({ type: 'text', id: 3, text: first.text });
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

  it('goes on from the live model while text and time are of its size, and starts from nothing when it has outgrown it', async () => {
    const { store, job } = await filledStore();
    const trained = async (budgetMs: number, corpusUntil = 260 * 60_000) => {
      const { messages, ended } = trainInProcess({ ...job, budgetMs, corpusUntil });
      await ended;
      await new Promise(setImmediate);
      const last = messages.at(-1);
      if (last?.type !== 'result' || last.result.kind !== 'finished') throw new Error('expected a model');
      return last.result.checkpoint;
    };
    const bytes = await trained(500, job.corpusUntil);
    const live = decodeCheckpoint(bytes);
    await store.models.promote({
      guild_id: '1',
      checkpoint: bytes,
      bits_per_character: 1,
      corpus_until: job.corpusUntil,
      created_at: 0,
    });
    await store.messages.add([
      message('last', 185, { content: '☃☃☃☃☃☃☃☃' }),
      ...plainMessages(260).slice(200),
    ]);
    const warm = decodeCheckpoint(await trained(500));
    expect(warm.vocabulary.codePoints).toEqual([...live.vocabulary.codePoints, 0x2603]);
    expect(warm.shape).toEqual({ ...live.shape, vocabulary: live.shape.vocabulary + 1 });
    expect(sizedFor(warm)).toEqual(sizedFor(live));
    await store.messages.remove(['5']);
    const anew = decodeCheckpoint(await trained(500)); // what the deleted message taught is gone
    expect(anew.vocabulary.codePoints).not.toEqual(warm.vocabulary.codePoints);
    const cold = decodeCheckpoint(await trained(2_500)); // more than 4 times 500
    expect(sizedFor(cold)).toMatchObject({ milliseconds: 2_500 });
    expect(cold.vocabulary.codePoints).not.toEqual(warm.vocabulary.codePoints);
  });

  it('stops when asked, and goes on from the state it left', async () => {
    const { store, job } = await filledStore();
    await store.trainings.begin({
      guild_id: '1',
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
    expect(first.messages.at(-1)).toMatchObject({ type: 'result', result: { kind: 'paused' } });
    const state = first.messages.find(({ type }) => type === 'state');
    if (state?.type !== 'state') throw new Error('expected a state');
    await store.trainings.saveState('1', state.state);

    const second = trainInProcess({ ...job, budgetMs: 60_000 });
    const progress = await second.heard('progress');
    second.port.postMessage({ type: 'stop' });
    await second.ended;
    if (progress.type !== 'progress') throw new Error('expected progress');
    const before = first.messages.findLast(({ type }) => type === 'progress');
    if (before?.type !== 'progress') throw new Error('expected progress');
    expect(progress.progress.fraction).toBeGreaterThanOrEqual(before.progress.fraction);
  });

  it('starts over when messages of its text were deleted', async () => {
    const { store, job } = await filledStore();
    await store.trainings.begin({
      guild_id: '1',
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
    await store.trainings.saveState('1', state.state);
    await store.messages.remove(['5']);
    const second = trainInProcess({ ...job, budgetMs: 500 });
    await second.ended;
    await new Promise(setImmediate);
    expect(second.messages.at(-1)).toMatchObject({ type: 'result', result: { kind: 'finished' } });
  });

  it('names what is wrong with the database', async () => {
    const { job } = await filledStore();
    const { messages, ended } = trainInProcess({ ...job, databasePath: '/nowhere/at/all.sqlite' });
    await ended;
    await new Promise(setImmediate);
    expect(messages).toMatchObject([{ type: 'problem', key: 'database_unusable' }]);
  });
});
