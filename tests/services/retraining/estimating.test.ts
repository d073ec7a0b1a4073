import { describe, expect, it } from 'vitest';
import { encodeCheckpoint } from '../../../src/rnn/checkpoint.js';
import { createEstimating } from '../../../src/services/retraining/estimating.js';
import type { Store } from '../../../src/store/open.js';
import { readCorpus } from '../../../src/training/read-corpus.js';
import { filledStore, MINUTE, retrainingOf } from '../../helpers/retraining.js';
import { constantModel } from '../../helpers/rnn-models.js';
import { message } from '../../helpers/store.js';
import { trainingReport } from '../../helpers/training-report.js';
import { everyone, PUBLIC } from '../../helpers/readers.js';

const UNTIL = 49 * MINUTE;

describe('the estimate of a training', () => {
  it('of a guild without a model counts what there is', async () => {
    const store = await filledStore();
    expect(await estimate(store, { minutes: 10 })).toEqual({
      minutes: 10,
      megabytes: 85, // a thousand characters are nothing
      messages: 50,
      characters: 1_000,
      news: undefined,
      beginning: { kind: 'fresh', why: 'first' },
    });
  });

  it('knows what a corpus of millions of characters takes, about as measured', async () => {
    const store = await filledStore();
    const totals = { messages: 200_000, characters: 6_300_000, speakers: 3 };
    const large = { ...store, messages: { ...store.messages, totals: async () => totals } };
    expect((await estimate(large)).megabytes).toBe(161); // 85 + 12 * 6.3
  });

  it('goes on from the live model while what that learned is unchanged', async () => {
    const store = await withModel();
    await store.intake.take([message('new', 60, { content: 'y'.repeat(30) })], 0);
    expect(await estimate(store)).toMatchObject({
      news: { version: 1, createdAt: 123, messages: 1, characters: 30 },
      beginning: { kind: 'continues', version: 1 },
    });
  });

  it('begins from nothing when that is asked for, or when messages were deleted, edited or left out', async () => {
    const begun = async (change: (store: Store) => Promise<unknown>, fresh = false) => {
      const store = await withModel();
      await change(store);
      return (await estimate(store, { fresh })).beginning;
    };
    expect(await begun(async () => {}, true)).toEqual({ kind: 'fresh', why: 'asked' });
    const changed = { kind: 'fresh', why: 'changed' };
    expect(
      await begun((store) => store.erasure.erase({ guildId: '1', ids: ['1/3'] }, 'deleted', 200)),
    ).toEqual(changed);
    expect(
      await begun((store) =>
        store.intake.edit({ id: '1/3', content: 'shorter', characters: 7, edited_at: 1 }, 200),
      ),
    ).toEqual(changed);
    const ignored = { id: '11', guildId: '1' };
    expect(
      await begun(async (store) => {
        await store.channels.setCollecting(ignored, true, 0);
        await store.intake.take([message('late', 3, { channel_id: '11' })], 0); // history of a new channel
      }),
    ).toEqual(changed);
  });

  it('begins from nothing when the model is too small for so much text or time', async () => {
    const store = await withModel();
    // Sized for 900 characters and a minute: four times as much is where it is outgrown.
    expect((await estimate(store, { minutes: 4 })).beginning.kind).toBe('continues');
    expect((await estimate(store, { minutes: 4.1 })).beginning).toEqual({ kind: 'fresh', why: 'outgrown' });
    await store.intake.take(
      Array.from({ length: 29 }, (_, index) =>
        message(`n${index}`, 60 + index, { content: 'z'.repeat(100) }),
      ),
      0,
    );
    expect((await estimate(store)).beginning).toEqual({ kind: 'fresh', why: 'outgrown' });
  });

  it('says what it cannot be sure of: models from before there were reports, and damaged ones', async () => {
    const old = await withModel({ reported: false });
    expect((await estimate(old)).beginning).toEqual({ kind: 'continues', version: 1 });
    const damaged = await filledStore();
    await damaged.models.promote({ ...model, checkpoint: new Uint8Array([1, 2, 3]) });
    expect((await estimate(damaged)).beginning).toEqual({ kind: 'fresh', why: 'damaged' });
  });

  it('names who is ahead and what is left of the budget', async () => {
    const { retraining, turns } = await retrainingOf();
    await retraining.reschedule('1', { minutes: 20, budget: 30 });
    let end = () => {};
    const other = turns.take({ guildId: '', what: 'spam' }, () => new Promise<void>((done) => (end = done)));
    await expect.poll(() => turns.line()).toMatchObject([{ fraction: 0 }]);
    expect(await retraining.estimate(everyone('1'), {})).toMatchObject({
      minutes: 20,
      ahead: [{ guildId: '', what: 'spam', fraction: 0 }],
      quietUntil: undefined,
      budget: { leftMs: 30 * MINUTE, minutesPerDay: 30 },
    });
    end();
    await other;
  });
});

const model = {
  guild_id: '1',
  audience: PUBLIC,
  bits_per_character: 2,
  corpus_until: UNTIL,
  created_at: 123,
};

async function estimate(store: Store, { minutes = 1, fresh = false } = {}) {
  return createEstimating({ store, defaultMinutes: 1, now: () => 0 }).estimate(everyone('1'), {
    minutes,
    fresh,
  });
}

/** A store whose live model says of itself what the corpus was, as the worker makes it say. */
async function withModel({ reported = true } = {}): Promise<Store> {
  const store = await filledStore();
  const corpus = await readCorpus(store, '1', PUBLIC, UNTIL);
  const metadata = {
    learnedUntil: String(corpus.learnedUntil),
    sizedForCharacters: String(corpus.trainCharacters),
    sizedForMilliseconds: String(MINUTE),
  };
  const { trainMessages: messages, trainCharacters: characters } = corpus;
  await store.models.promote({
    ...model,
    checkpoint: encodeCheckpoint({ ...constantModel(), metadata }),
    ...(reported && { report: trainingReport({ messages, characters }) }),
  });
  return store;
}
