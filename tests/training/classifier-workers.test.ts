import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeClassifier } from '../../src/classifier/model.js';
import { classifierTrainingStarter } from '../../src/training/classifier-training-client.js';
import { createClassifying } from '../../src/training/classifying-client.js';
import { smallClassifier } from '../helpers/classifiers.js';
import { recordedLog, silent } from '../helpers/log.js';
import { temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { built, worker } from '../helpers/worker.js';

const settings = { databasePath: 'x.sqlite', engine: undefined, threads: 1, maxSpeakerShare: 1 };

describe('the classifying worker', () => {
  const model = { guildId: '1', task: 'spam', version: 1 } as const;
  const inputs = [{ text: 'free money', signals: [] }];

  it('as built answers with the model it is given, which stays whole for the next', async () => {
    const stored = encodeClassifier(smallClassifier());
    let loads = 0;
    const classifying = createClassifying(
      async () => {
        loads += 1;
        return stored;
      },
      settings,
      silent,
      built('classifying-worker'),
    );
    onTestFinished(() => classifying.close());
    const [[ham, spam]] = await classifying.classify(model, inputs);
    expect(ham + spam).toBeCloseTo(1);
    expect(spam).toBeGreaterThan(0.5);
    const { probabilities, weights } = await classifying.explain(model, inputs[0], 'spam');
    expect(probabilities).toEqual(Float32Array.of(ham, spam));
    expect(weights).toHaveLength('free money'.length);
    expect(loads).toBe(1);
    await classifying.classify({ ...model, version: 2 }, inputs);
    expect(loads).toBe(2);
  });

  it('as built says of a damaged model that it is, and goes on with others', async () => {
    const stored = encodeClassifier(smallClassifier());
    const { log, lines } = recordedLog();
    const classifying = createClassifying(
      async ({ version }) => (version === 1 ? stored : stored.subarray(0, 100)),
      settings,
      log,
      built('classifying-worker'),
    );
    onTestFinished(() => classifying.close());
    const [damaged, whole] = await Promise.allSettled([
      classifying.classify({ ...model, version: 2 }, inputs),
      classifying.classify(model, inputs),
    ]);
    expect(damaged).toMatchObject({ status: 'rejected', reason: { key: 'classifying_died', params: {} } });
    expect(lines).toMatchObject([{ reason: expect.stringMatching(/model file[^]* at /) as string }]);
    expect(whole.status).toBe('fulfilled');
  });

  it('is given a model once for all that ask for it together; when there is none, all are told', async () => {
    let loads = 0;
    const asking = worker(`
      const { parentPort } = require('node:worker_threads');
      const asked = [];
      parentPort.on('message', (message) => {
        asked.push(message.id);
        if (asked.length === 3) for (const id of asked) parentPort.postMessage({ type: 'missing', id });
      });`);
    const none = async () => {
      loads += 1;
      await new Promise((resolve) => setTimeout(resolve, 50)); // a disk that the others' questions overtake
      return undefined;
    };
    const classifying = createClassifying(none, settings, silent, asking);
    onTestFinished(() => classifying.close());
    const answers = await Promise.allSettled([1, 2, 3].map(() => classifying.classify(model, inputs)));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { key: 'no_classifier' } });
    }
    expect(loads).toBe(1);
  });

  it.each([
    ['throws', `throw new Error('no such kernel');`, { err: { message: 'no such kernel' } }],
    ['vanishes', `process.exit(1);`, { code: 1 }],
  ])('that %s fails what it was asked; the next question gets a new worker', async (_, death, cause) => {
    const { log, lines } = recordedLog();
    const classifying = createClassifying(
      async () => undefined,
      settings,
      log,
      worker(`
        const { parentPort } = require('node:worker_threads');
        parentPort.on('message', ({ id, inputs }) => {
          if (inputs[0].text === 'die') { ${death} }
          parentPort.postMessage({ type: 'classified', id, probabilities: [new Float32Array([1])] });
        });`),
    );
    onTestFinished(() => classifying.close());
    await expect(classifying.classify(model, [{ text: 'die', signals: [] }])).rejects.toMatchObject({
      key: 'classifying_died',
      params: {},
    });
    expect(lines).toMatchObject([{ problem: 'classifying_died', ...cause }]);
    expect(await classifying.classify(model, inputs)).toEqual([Float32Array.of(1)]);
  });

  it('that is closed while a model is on its way fails the question and starts no other worker', async () => {
    let hand: (model: Uint8Array) => void = () => {};
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const classifying = createClassifying(
      () =>
        new Promise((resolve) => {
          hand = resolve;
          isAsked();
        }),
      settings,
      silent,
      worker(`
        const { parentPort } = require('node:worker_threads');
        parentPort.on('message', ({ type, id }) => {
          if (type !== 'load') parentPort.postMessage({ type: 'missing', id });
        });`),
    );
    onTestFinished(() => classifying.close());
    const answer = expect(classifying.classify(model, inputs)).rejects.toMatchObject({
      key: 'shutting_down',
    });
    await asked;
    await classifying.close();
    hand(Uint8Array.of(42));
    await answer;
    await expect(classifying.classify(model, inputs)).rejects.toMatchObject({ key: 'shutting_down' });
  });
});

describe("a classifier's training worker", () => {
  const job = { guildId: '', task: 'spam', budgetMs: 1_000, seed: 1 } as const;

  it('as built hands over its model and its report', async () => {
    const databasePath = temporaryDatabase();
    await temporaryStore(databasePath);
    const start = classifierTrainingStarter(
      { ...settings, databasePath },
      built('classifier-training-worker'),
    );
    const { model, report } = await start(job).finished;
    expect(model.length).toBeGreaterThan(0);
    expect(report).toMatchObject({ verdicts: 0, heldOut: 0 });
  });

  it.each([
    ['throws', `throw new Error('the network fell over');`, /the network fell over/],
    ['vanishes', `process.exit(3);`, /ended by itself \(code 3\)/],
  ])('that %s becomes a clear error', async (_what, source, reason) => {
    const run = classifierTrainingStarter(settings, worker(source))(job);
    await expect(run.finished).rejects.toMatchObject({
      key: 'training_died',
      params: { reason: expect.stringMatching(reason) as string },
    });
  });

  it('without a database becomes a clear error', async () => {
    const databasePath = `${temporaryDatabase()}/none.sqlite`;
    const start = classifierTrainingStarter(
      { ...settings, databasePath },
      built('classifier-training-worker'),
    );
    await expect(start(job).finished).rejects.toMatchObject({ key: 'database_unusable' });
  });

  it('that names a problem passes it on as it is', async () => {
    const start = classifierTrainingStarter(
      settings,
      worker(`require('node:worker_threads').parentPort.postMessage(
        { type: 'problem', key: 'corpus_too_small', params: { have: 3, need: 10 } });`),
    );
    await expect(start(job).finished).rejects.toMatchObject({
      key: 'corpus_too_small',
      params: { have: 3, need: 10 },
    });
  });

  it('that is stopped ends at once', async () => {
    const start = classifierTrainingStarter(settings, worker(`setInterval(() => {}, 1_000);`));
    const run = start(job);
    run.stop();
    await expect(run.finished).rejects.toMatchObject({ key: 'training_died' });
  });
});
