import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openClassifier } from '../../src/classifier/classifier.js';
import { decodeClassifier } from '../../src/classifier/model.js';
import { encodeCheckpoint } from '../../src/rnn/checkpoint.js';
import type { Store } from '../../src/store/open.js';
import type { ClassifierJob, ClassifierMessage, ClassifierTrained } from '../../src/training/protocol.js';
import { runClassifierTraining } from '../../src/training/run-classifier-training.js';
import { inLetters, kernel } from '../helpers/classifiers.js';
import { randomModel } from '../helpers/rnn-models.js';
import { temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { chat, verdict } from '../helpers/verdicts.js';

/** A real training of this thread over a real port; its clock goes on by two fifths of the budget at each look. */
async function trained(databasePath: string, more: Partial<ClassifierJob> = {}) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const messages: ClassifierMessage[] = [];
  port1.on('message', (message: ClassifierMessage) => messages.push(message));
  const job: ClassifierJob = {
    databasePath,
    engine: undefined,
    threads: 1,
    maxSpeakerShare: 1,
    guildId: '1',
    task: 'spam',
    budgetMs: 10_000,
    seed: 1,
    ...more,
  };
  let time = 0;
  await runClassifierTraining(port2, job, () => (time += 4_000));
  await new Promise(setImmediate);
  return { messages, ...resultOf(messages) };
}

function resultOf(messages: ClassifierMessage[]): ClassifierTrained {
  const last = messages.at(-1);
  if (last?.type !== 'result') throw new Error(`expected a result, not ${JSON.stringify(last)}`);
  return last;
}

/** Probabilities of spam. */
function ask(model: Uint8Array, texts: string[]): number[] {
  const inputs = texts.map((text) => ({ text, signals: [] }));
  return openClassifier(kernel, decodeClassifier(model))
    .classify(inputs)
    .map(([, spam]) => spam);
}

describe('runClassifierTraining', () => {
  it('makes a starter of invented examples alone, scored on none', async () => {
    const path = temporaryDatabase();
    await temporaryStore(path);
    const { model, report } = await trained(path, { guildId: '' });
    expect(report).toMatchObject({ verdicts: 0, heldOut: 0 });
    const { labels, reader } = decodeClassifier(model);
    expect({ labels, reader }).toEqual({ labels: ['ham', 'spam'], reader: undefined });
    const [lure, talk] = ask(model, [
      'free nitro, claim your gift now: https://dlscord.gift/abc',
      'lunch at two?',
    ]);
    expect(lure).toBeGreaterThan(0.9);
    expect(talk).toBeLessThan(0.1);
  });

  it('makes a starter of feelings', async () => {
    const path = temporaryDatabase();
    await temporaryStore(path);
    const { model } = await trained(path, { guildId: '', task: 'sentiment' });
    expect(decodeClassifier(model).labels).toEqual(['negative', 'neutral', 'positive']);
  });

  it('learns the verdicts of a guild and its own chat, and scores on verdicts it has never learned', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await chat(
      store,
      Array.from({ length: 300 }, (_, index) => `raid ${inLetters(index)} with the guild`),
    );
    await judge(store, 'learned', 30);
    await judge(store, 'held out', 10);
    const { model, report } = await trained(path);
    expect(report).toMatchObject({ verdicts: 60, heldOut: 20 });
    expect(Object.values(report.labels).map(({ support }) => support)).toEqual([10, 10]);
    const [ours, theirs] = ask(model, ['zorbles for sale 3', 'meeting of the council 3']);
    expect(ours).toBeGreaterThan(0.8);
    expect(theirs).toBeLessThan(0.2);
    expect(report.accuracy).toBeGreaterThan(0.9);
  });

  it('scores on held-out verdicts as they are, even when all it learned says the opposite', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    for (let index = 0; index < 30; index++) {
      await verdict(store, `zorbles for sale ${index}`, 'spam', 'learned');
      await verdict(store, `zorbles for sale, no. ${index}`, 'ham', 'held out');
    }
    const { model, report } = await trained(path);
    expect(report.heldOut).toBe(30);
    expect(report.accuracy).toBeLessThan(0.2);
    expect(ask(model, ['zorbles for sale'])[0]).toBeGreaterThan(0.5);
  });

  it("starts from the guild's language model once there is enough to read; a damaged one is as good as none", async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await chat(
      store,
      Array.from({ length: 1_000 }, (_, index) => `${inLetters(index)} with the guild`),
    );
    await judge(store, 'learned', 1_000); // 2 · 1,000 different texts beside 500 of the chat, a tenth of all held out
    const language = randomModel('abcdefghijklmnopqrstuvwxyz', { cell: 'gru', hidden: 8 });
    const promote = (checkpoint: Uint8Array) =>
      store.models.promote({
        guild_id: '1',
        audience: 'public',
        checkpoint,
        bits_per_character: 2,
        corpus_until: 0,
        created_at: 0,
      });
    await promote(encodeCheckpoint(language));
    expect(decodeClassifier((await trained(path)).model).reader?.shape).toMatchObject({
      cell: 'gru',
      hidden: 8,
    });
    await promote(Uint8Array.of(1, 2, 3));
    expect(decodeClassifier((await trained(path)).model).reader?.shape).toMatchObject({ hidden: 256 });
  });
});

/** So many verdicts of each label, all different. */
async function judge(store: Store, part: 'learned' | 'held out', count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await verdict(store, `zorbles for sale ${inLetters(index)} ${part}`, 'spam', part);
    await verdict(store, `meeting of the council ${inLetters(index)} ${part}`, 'ham', part);
  }
}
