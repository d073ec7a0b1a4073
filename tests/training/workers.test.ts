import { describe, expect, it } from 'vitest';
import type { TrainingProgress } from '../../src/training/protocol.js';
import { createSampler } from '../../src/training/sampling-client.js';
import { trainingStarter } from '../../src/training/training-client.js';
import { worker } from '../helpers/worker.js';

const settings = { databasePath: 'x.sqlite', engine: undefined, threads: 1 };
const job = {
  guildId: '1',
  budgetMs: 1_000,
  seed: 1,
  corpusUntil: 0,
  fresh: false,
  trainedMs: 0,
  curve: [],
};

describe('a training worker', () => {
  it('reports progress, hands over its state and its result', async () => {
    const seen: TrainingProgress[] = [];
    const states: object[] = [];
    const course = { trainedMs: 500, curve: [{ trainedMs: 400, loss: 2, bitsPerCharacter: undefined }] };
    const progress = {
      fraction: 0.5,
      loss: 2,
      bitsPerCharacter: undefined,
      charactersPerSecond: 10,
      remainingMs: 5,
      setbacks: 0,
      setback: undefined,
    };
    const start = trainingStarter(
      settings,
      worker(`
        const { parentPort, workerData } = require('node:worker_threads');
        parentPort.postMessage({ type: 'progress', progress: ${JSON.stringify(progress)} });
        parentPort.postMessage({ type: 'state', state: new Uint8Array([workerData.seed]), trainedMs: 500,
          curve: [{ trainedMs: 400, loss: 2, bitsPerCharacter: undefined }] });
        parentPort.once('message', () => {
          parentPort.postMessage({ type: 'result', result: { kind: 'paused', trainedMs: 600, curve: [] } });
        });`),
    );
    const run = start(job, {
      onProgress: (value) => seen.push(value),
      onState: async (state, course) => void states.push({ state, ...course }),
    });
    run.stop();
    expect(await run.finished).toEqual({ kind: 'paused', trainedMs: 600, curve: [] });
    expect(seen).toEqual([progress]);
    expect(states).toEqual([{ state: new Uint8Array([1]), ...course }]);
  });

  it.each([
    ['throws', `throw new Error('the network fell over');`, /the network fell over/],
    ['vanishes', `process.exit(3);`, /ended by itself \(code 3\)/],
    [
      'eats all memory',
      `const a = []; for (;;) a.push(new Array(1e5).fill({}));`,
      /more than 16 MB of memory/,
    ],
  ])('that %s becomes a clear error', async (_what, source, reason) => {
    const run = trainingStarter(
      settings,
      worker(source),
      16,
    )(job, {
      onProgress: () => {},
      onState: async () => {},
    });
    await expect(run.finished).rejects.toMatchObject({
      key: 'training_died',
      params: { reason: expect.stringMatching(reason) as string },
    });
  });

  it('that names a problem passes it on as it is', async () => {
    const start = trainingStarter(
      settings,
      worker(`require('node:worker_threads').parentPort.postMessage(
        { type: 'problem', key: 'corpus_too_small', params: { have: 3, need: 10 } });`),
    );
    const run = start(job, { onProgress: () => {}, onState: async () => {} });
    await expect(run.finished).rejects.toMatchObject({
      key: 'corpus_too_small',
      params: { have: 3, need: 10 },
    });
  });
});

describe('the sampling worker', () => {
  const request = { guildId: '1', version: 1, prompt: 'hi', length: 5, temperature: 1, seed: 1 };

  it('asks for a model that it lacks, once, and keeps it', async () => {
    let loads = 0;
    const sampler = createSampler(
      async () => {
        loads += 1;
        return new Uint8Array([42]);
      },
      settings,
      worker(`
        const { parentPort } = require('node:worker_threads');
        let model;
        parentPort.on('message', (message) => {
          if (message.type === 'load') model = message.checkpoint[0];
          else if (model === undefined) parentPort.postMessage({ type: 'missing', id: message.id });
          else parentPort.postMessage({ type: 'text', id: message.id, text: message.prompt + model });
        });`),
    );
    expect(await sampler.sample(request)).toBe('hi42');
    expect(await sampler.sample({ ...request, prompt: 'ho' })).toBe('ho42');
    expect(loads).toBe(1);
    await sampler.close();
  });

  it('is given a model once for all that ask for it together', async () => {
    let loads = 0;
    const sampler = createSampler(
      async () => {
        loads += 1;
        await new Promise((resolve) => setTimeout(resolve, 50)); // a disk that the others' questions overtake
        return new Uint8Array([42]);
      },
      settings,
      worker(`
        const { parentPort } = require('node:worker_threads');
        const asked = [];
        let model;
        parentPort.on('message', (message) => {
          if (message.type === 'load') return void (model = message.checkpoint[0]);
          if (model !== undefined) return parentPort.postMessage({ type: 'text', id: message.id, text: 'text' });
          asked.push(message.id);
          if (asked.length === 3) for (const id of asked) parentPort.postMessage({ type: 'missing', id });
        });`),
    );
    await Promise.all([1, 2, 3].map((seed) => sampler.sample({ ...request, seed })));
    expect(loads).toBe(1);
    await sampler.close();
  });

  it('that dies fails the texts it was writing; the next one gets a new worker', async () => {
    const sampler = createSampler(
      async () => undefined,
      settings,
      worker(`
        const { parentPort } = require('node:worker_threads');
        parentPort.on('message', ({ id, prompt }) => {
          if (prompt === 'die') process.exit(1);
          parentPort.postMessage({ type: 'text', id, text: 'alive' });
        });`),
    );
    await expect(sampler.sample({ ...request, prompt: 'die' })).rejects.toMatchObject({
      key: 'sampling_died',
    });
    expect(await sampler.sample(request)).toBe('alive');
    await sampler.close();
  });

  it('is told when the model is gone', async () => {
    const sampler = createSampler(
      async () => undefined,
      settings,
      worker(`
        const { parentPort } = require('node:worker_threads');
        parentPort.on('message', ({ id }) => parentPort.postMessage({ type: 'missing', id }));`),
    );
    await expect(sampler.sample(request)).rejects.toMatchObject({ key: 'no_model' });
    await sampler.close();
  });
});
