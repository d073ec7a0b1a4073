import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { classifierTrainingStarter } from '../../src/training/classifier-training-client.js';
import { createSampler } from '../../src/training/sampling-client.js';
import { trainingStarter } from '../../src/training/training-client.js';
import { silent } from '../helpers/client.js';
import { temporaryDatabase } from '../helpers/store.js';
import { KEY } from '../helpers/texts.js';
import { plainMessages } from '../helpers/training.js';
import { built } from '../helpers/worker.js';

const job = {
  guildId: '1',
  audience: 'public',
  budgetMs: 300,
  seed: 1,
  corpusUntil: 200 * 60_000,
  fresh: false,
  trainedMs: 0,
  curve: [],
};
const keys = { current: KEY };
const handlers = { onProgress: () => {}, onState: async () => {} };

describe.skipIf(!existsSync(built('training-worker')))('workers with a sealed corpus', () => {
  it('train on it and write with it by its key, and say so without', { timeout: 60_000 }, async () => {
    const databasePath = temporaryDatabase();
    const store = await openStore(databasePath, 'read-write', keys);
    onTestFinished(() => store.close());
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take(plainMessages(200), 0);

    const settings = { databasePath, engine: 'js', threads: 1, maxSpeakerShare: 1 } as const;
    const train = trainingStarter({ ...settings, keys }, built('training-worker'));
    const result = await train(job, handlers).finished;
    if (result.kind !== 'finished') throw new Error('expected a model');
    expect(result.report.messages).toBe(180); // of 200, the newest tenth is held out
    const keyless = trainingStarter(settings, built('training-worker'))(job, handlers);
    await expect(keyless.finished).rejects.toMatchObject({ key: 'corpus_key_missing' });
    const classifiers = classifierTrainingStarter(settings, built('classifier-training-worker'));
    const keylessClassifier = classifiers({ guildId: '1', task: 'spam', budgetMs: 1, seed: 1 });
    await expect(keylessClassifier.finished).rejects.toMatchObject({ key: 'corpus_key_missing' });

    const sampler = createSampler(
      async () => result.checkpoint,
      { engine: 'js', databasePath, keys },
      silent,
      built('sampling-worker'),
    );
    onTestFinished(() => sampler.close());
    const { text } = await sampler.write({
      guildId: '1',
      version: 1,
      wanted: { kind: 'continuation', prompt: 'the ', length: 20 },
      temperature: 1,
      topP: 1,
      seed: 1,
      // To see what was copied, it reads the messages.
      guard: { blocked: [], takenBack: [], maxVerbatim: 1_000 },
    });
    expect(text).not.toBe('');
  });
});
