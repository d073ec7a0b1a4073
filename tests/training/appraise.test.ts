import { PUBLIC } from '../../src/store/messages.js';
import { describe, expect, it } from 'vitest';
import { END } from '../../src/corpus/transcript.js';
import type { Checkpoint } from '../../src/rnn/checkpoint.js';
import { evaluate } from '../../src/rnn/evaluation.js';
import { scoreNgrams } from '../../src/rnn/ngram.js';
import type { TrainingResult } from '../../src/rnn/training.js';
import type { MessageRow } from '../../src/store/schema.js';
import { appraise, type Appraised } from '../../src/training/appraise.js';
import { readCorpus } from '../../src/training/read-corpus.js';
import { constantModel, kernel, loopingModel } from '../helpers/rnn-models.js';
import { message, temporaryStore } from '../helpers/store.js';
import { plainMessages } from '../helpers/training.js';

/** 99 different characters. */
const alphabet = String.fromCodePoint(...Array.from({ length: 99 }, (_, index) => 0x4e00 + index));
const short = plainMessages(100, 3);
const at = (minute: number, content: string) => message(`at ${minute}`, minute, { content });

async function appraised(
  model: Checkpoint,
  messages: MessageRow[],
  more: Partial<Appraised> = {},
): Promise<Appraised> {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.intake.take(messages, 0);
  const corpus = await readCorpus(store, '1', PUBLIC, 1_000 * 60_000);
  const job = {
    databasePath: '',
    engine: undefined,
    threads: 1,
    maxSpeakerShare: 1,
    guildId: '1',
    audience: 'public',
    budgetMs: 3_000,
    seed: 1,
    corpusUntil: 1_000 * 60_000,
    fresh: false,
    trainedMs: 0,
    curve: [],
  };
  const trained = { checkpoint: model, bitsPerCharacter: 9 } as TrainingResult;
  return { store, kernel, corpus, job, trained, live: undefined, ...more };
}
const rest = async () => {};

describe('appraise', () => {
  it('measures the model, the live one and an n-gram on the same held-out messages', async () => {
    const what = await appraised(constantModel(), short, { live: loopingModel('ab') });
    const appraisal = await appraise(what, rest);
    const text = what.corpus.heldOutFor([]);
    const heldOut = short.slice(90).map(({ content }) => `${content}\n`);
    const characters = heldOut.join('').length;
    // The n-gram sees no marks, and every message with the line break that ends it.
    const learned = short.slice(0, 90).map(({ content }) => `${content}\n`);
    const { byOrder, best } = scoreNgrams(learned.join(''), heldOut.join(''), 6);
    expect(appraisal.ngramBitsPerCharacter).toBeCloseTo(byOrder[best - 1], 9);
    // The networks see marks, pay for them, but do not count them.
    const bits = (model: Checkpoint) => evaluate(kernel, model, text).bits / characters;
    expect(appraisal.bitsPerCharacter).toBeCloseTo(bits(constantModel()), 4);
    expect(appraisal.liveBitsPerCharacter).toBeCloseTo(bits(loopingModel('ab')), 4);
  });

  it('has no n-gram and no live score where nothing is held out', async () => {
    const what = await appraised(constantModel(), short, { live: constantModel() });
    // The live model has learned all that is still there.
    const learnedUntil = 99 * 60_000;
    const corpus = await readCorpus(what.store, '1', PUBLIC, 1_000 * 60_000, { learnedUntil });
    expect(await appraise({ ...what, corpus }, rest)).toMatchObject({
      bitsPerCharacter: 9, // what the training itself found
      liveBitsPerCharacter: undefined,
      ngramBitsPerCharacter: undefined,
    });
  });

  it('lets the n-gram count the newest messages alone when there is no room for all', async () => {
    // Some 25 of 90 messages.
    const what = await appraised(constantModel(), short);
    const { ngramBitsPerCharacter } = await appraise(what, rest, 500);
    const heldOut = short.slice(90).map(({ content }) => `${content}\n`);
    const bits = (from: number) => {
      const learned = short.slice(from, 90).map(({ content }) => `${content}\n`);
      const { byOrder, best } = scoreNgrams(learned.join(''), heldOut.join(''), 6);
      return byOrder[best - 1];
    };
    expect(ngramBitsPerCharacter).toBeLessThan(bits(85));
    expect(ngramBitsPerCharacter).toBeGreaterThan(bits(0));
  });

  it('tells what share of its writing is copied from what it learned, held-out messages left out', async () => {
    // Two rounds of 99 characters and a line break each in every sample of 200.
    const model = loopingModel(alphabet + END);
    const learned = await appraise(await appraised(model, [...short, at(50, alphabet)]), rest);
    expect(learned.verbatimRate).toBeCloseTo(198 / 200, 9);
    const heldOut = await appraise(await appraised(model, [...short, at(200, alphabet)]), rest);
    expect(heldOut.verbatimRate).toBe(0);
  });

  it('tells what share of its samples goes in circles', async () => {
    // A model without another character can do nothing else.
    expect((await appraise(await appraised(loopingModel('a'), short), rest)).loopRate).toBe(1);
    expect((await appraise(await appraised(loopingModel(alphabet + END), short), rest)).loopRate).toBe(0);
  });

  it('breathes again and again, and ends when that throws, whatever it was doing', async () => {
    const what = await appraised(constantModel(), plainMessages(2_000), { live: constantModel() });
    let breaths = 0;
    await appraise(what, async () => void (breaths += 1));
    expect(breaths).toBeGreaterThan(200);
    for (const last of [1, Math.floor(breaths / 2), breaths - 1]) {
      let left = last;
      const ended = appraise(what, async () => {
        if (left-- === 0) throw new Error('enough');
      });
      await expect(ended).rejects.toThrow('enough');
      expect(await what.store.messages.newest('1', PUBLIC)).toBe(1_999 * 60_000); // no read is left open
    }
  });
});
