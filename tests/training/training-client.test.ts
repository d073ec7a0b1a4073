import { describe, expect, it } from 'vitest';
import type { TrainingProgress } from '../../src/training/protocol.js';
import { trainingStarter } from '../../src/training/training-client.js';
import { worker } from '../helpers/worker.js';

const settings = { databasePath: 'x.sqlite', engine: undefined, threads: 1, maxSpeakerShare: 1 };
const job = {
  guildId: '1',
  audience: 'public',
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
