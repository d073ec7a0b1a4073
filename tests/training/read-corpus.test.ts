import { describe, expect, it } from 'vitest';
import { cleanMessage } from '../../src/corpus/clean.js';
import { END, PLACE, SOMEONE, speakerTag } from '../../src/corpus/transcript.js';
import { train } from '../../src/rnn/training.js';
import type { FlagRow, MessageRow } from '../../src/store/schema.js';
import { createVocabulary } from '../../src/rnn/vocabulary.js';
import { digestOf, readCorpus } from '../../src/training/read-corpus.js';
import { finish, kernel } from '../helpers/rnn-models.js';
import { message, temporaryStore } from '../helpers/store.js';
import { plainMessages } from '../helpers/training.js';
import { PUBLIC } from '../helpers/readers.js';

async function storeOf(messages: MessageRow[]) {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.intake.take(messages, 0);
  return store;
}

function flagRow(more: Partial<FlagRow>): FlagRow {
  return {
    ...{ id: '', guild_id: '1', channel_id: '10', author_id: '100', origin: 'model', content: null },
    ...{ content_key: '', signals: '[]', weights: '[]', score: 1, version: 0, times: 1, copies: '[]' },
    ...{ state: 'open', action: 'none', gone: 0, disputed: 0, resolved_by: null, resolved_at: null },
    ...{ notice_channel_id: null, notice_id: null, created_at: 0 },
    ...more,
  };
}

describe('readCorpus', () => {
  it('holds out the newest tenth, tags frequent speakers and counts line breaks', async () => {
    const store = await storeOf(plainMessages(200));
    const corpus = await readCorpus(store, '1', PUBLIC, 200 * 60_000);
    expect(corpus.speakers).toEqual(['0', '1', '2']); // 60 messages each before the held-out ones, 50 needed
    const heldOut = corpus.heldOutFor(corpus.speakers);
    expect(heldOut.split(END).length - 1).toBe(20);
    const readable = heldOut.replace(/[\u{100000}-\u{10FFFF}]/gu, '');
    expect(corpus.heldOutCharacters).toBe(readable.length + 20);
    const train = corpus.vocabulary.decode(corpus.train);
    expect(train.startsWith(PLACE + SOMEONE)).toBe(true); // every eighth message is nobody's
    expect(train).toContain(speakerTag(2));
  });

  it('counts the replies that are learned, held-out ones left out', async () => {
    const rows = plainMessages(200).map((row, index) =>
      index === 3 || index === 199 ? { ...row, reply_to_id: '1' } : row,
    );
    expect((await readCorpus(await storeOf(rows), '1', PUBLIC, 200 * 60_000)).learnedReplies).toBe(1);
  });

  it('keeps the symbols and the tags of a model that has learned before, and gives others their old or new ones', async () => {
    const store = await storeOf(plainMessages(200));
    const kept = { vocabulary: createVocabulary([0x2603]), speakers: ['2', 'gone'] };
    const corpus = await readCorpus(store, '1', PUBLIC, 200 * 60_000, { kept });
    expect(corpus.vocabulary.codePoints[0]).toBe(0x2603);
    expect(corpus.speakers).toEqual(['2', 'gone', '0', '1']);
    expect(corpus.heldOutFor(['2'])).toContain(speakerTag(0));
    expect(corpus.heldOutFor(['2'])).not.toContain(speakerTag(1));
  });

  it('holds out nothing that the live model has learned, as long as there is anything else', async () => {
    const store = await storeOf(plainMessages(200)); // one a minute; the newest tenth begins in minute 180
    const from = async (learnedUntil: number) =>
      (await readCorpus(store, '1', PUBLIC, 200 * 60_000, { learnedUntil })).learnedUntil;
    expect(await from(100 * 60_000)).toBe(180 * 60_000 - 1);
    expect(await from(190 * 60_000)).toBe(190 * 60_000);
    expect(await from(200 * 60_000)).toBe(180 * 60_000 - 1);
    const isNew = async (learnedUntil: number) =>
      (await readCorpus(store, '1', PUBLIC, 200 * 60_000, { learnedUntil })).isNewToLive;
    expect([await isNew(100 * 60_000), await isNew(190 * 60_000), await isNew(200 * 60_000)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('tells by a digest whether what was learned is still as it was', async () => {
    const store = await storeOf(plainMessages(200));
    const { learnedUntil, learnedDigest } = await readCorpus(store, '1', PUBLIC, 200 * 60_000);
    await store.intake.take([message('new', 300)], 0);
    expect(await digestOf(store, '1', PUBLIC, learnedUntil)).toBe(learnedDigest);
    await store.intake.edit({ id: '7', content: 'something else', characters: 14, edited_at: 1 }, 0);
    expect(await digestOf(store, '1', PUBLIC, learnedUntil)).not.toBe(learnedDigest);
  });

  it('is the same until a moment, whatever came after it', async () => {
    const store = await storeOf(plainMessages(200));
    const before = await readCorpus(store, '1', PUBLIC, 200 * 60_000);
    await store.intake.take([message('later', 300, { content: 'x'.repeat(100_000) })], 0);
    expect(await readCorpus(store, '1', PUBLIC, 200 * 60_000)).toMatchObject({
      train: before.train,
      heldOut: before.heldOut,
    });
  });

  it('goes place by place, each in time order, in what is learned and in what is held out', async () => {
    const places = ['a', 'b', 'a', 'b', 'b', 'a', 'b', 'a', 'a', 'b', 'a'];
    const store = await storeOf(
      places.map((thread_id, index) => message(String(index), index, { thread_id, content: `${index}.` })),
    );
    // floor(11 * 0.9) = 9 are learned; nobody wrote 50 messages.
    const { vocabulary, train, heldOutFor } = await readCorpus(store, '1', PUBLIC, 1e9);
    const said = (text: string) => text.replaceAll(/[^\d.]/g, '');
    expect(said(vocabulary.decode(train))).toBe('0.2.5.7.8.1.3.4.6.');
    expect(said(heldOutFor([]))).toBe('10.9.');
  });

  it('reads messages in their learned form, without spam and copies, and says what it left out', async () => {
    const rows = plainMessages(200);
    const pasted = 'the same long text that somebody pastes again and again';
    const changed = rows.map((row, index) => {
      const content = { 3: '**bold** <@5>', 5: pasted, 7: pasted, 9: '<#12>', 195: pasted, 197: 'spam' }[
        index
      ];
      return content === undefined ? row : { ...row, content, characters: content.length };
    });
    const store = await storeOf(changed);
    await store.flags.add(flagRow({ id: '11', copies: JSON.stringify([['10', '197']]) }));
    await store.flags.add(flagRow({ id: '13', state: 'false_alarm' }));
    const corpus = await readCorpus(store, '1', PUBLIC, 200 * 60_000);
    const learned: string[] = [];
    for await (const { content } of corpus.learned()) learned.push(content);
    expect(learned[3]).toBe('bold @someone');
    expect(learned.filter((content) => content === pasted)).toHaveLength(1);
    expect(corpus.leftOut).toEqual({ copies: 1, empty: 1, spam: 1, share: 0 });
    expect(corpus.trainMessages).toBe(177);
    expect(corpus.heldOutFor([]).split(END)).toHaveLength(18 + 1);
    expect(corpus.heldOutFor([])).not.toContain('spam');
    expect(await digestOf(store, '1', PUBLIC, corpus.learnedUntil)).toBe(corpus.learnedDigest);
    await store.flags.add(flagRow({ id: '15' }));
    expect(await digestOf(store, '1', PUBLIC, corpus.learnedUntil)).not.toBe(corpus.learnedDigest);
  });

  it('thins out who wrote more than the share of a large corpus, which leaves the digest as it is', async () => {
    const long = plainMessages(3_000, 40).map((row, index) => ({
      ...row,
      author_id: index % 10 ? 'much' : 'little',
    }));
    const store = await storeOf(long);
    const whole = await readCorpus(store, '1', PUBLIC, 1e12);
    const { learnedDigest, trainCharacters, leftOut } = await readCorpus(store, '1', PUBLIC, 1e12, {}, 0.2);
    expect(trainCharacters).toBeGreaterThan(190_000); // no smaller than 200,000, by chance a little
    expect(trainCharacters).toBeLessThan(whole.trainCharacters);
    expect(leftOut.share).toBeGreaterThan(0);
    expect(learnedDigest).toBe(whole.learnedDigest);
  });

  const distinct = Array.from({ length: 10_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(
    '',
  );
  it.each([
    ['one message', ['hello']],
    ['one character repeated', Array.from({ length: 30 }, () => 'z'.repeat(39))],
    [
      '10,000 distinct characters',
      Array.from({ length: 5 }, (_, i) => distinct.slice(i * 2000, i * 2000 + 2000)),
    ],
    ['a message of 1 MB', ['all work and no play '.repeat(50_000), 'hello']],
    ['emoji', Array.from({ length: 20 }, () => '👩🏽‍🚀🇰🇷🦉')],
    ['three scripts', Array.from({ length: 20 }, () => '안녕 hello مرحبا')],
    ['invalid UTF-16', ['a\ud83d \ude00b', 'hello\udfff']],
  ])('makes %s learnable', async (_, contents) => {
    const store = await storeOf(
      contents.map((content, index) =>
        message(String(index), index, { content: cleanMessage(content) ?? '' }),
      ),
    );
    const { vocabulary, train, trainCharacters, heldOut, heldOutCharacters } = await readCorpus(
      store,
      '1',
      PUBLIC,
      1e9,
    );
    expect(vocabulary.decode(heldOut)).toContain(END);
    const { result } = finish({
      kernel,
      vocabulary,
      train,
      valid: heldOut.slice(0, 500),
      trainCharacters,
      validCharacters: Math.min(500, heldOutCharacters),
      hyperparameters: { hidden: 4, batch: 2, steps: 8 },
      budgetMs: Infinity,
      maxSteps: 3,
      now: () => 0,
      seed: 1,
    });
    expect(result.bitsPerCharacter).toBeGreaterThan(0);
  });

  it('makes an empty text of no messages, which training refuses in one line', async () => {
    const corpus = await readCorpus(await storeOf([]), '1', PUBLIC, 1e9);
    expect(corpus).toMatchObject({ trainCharacters: 0, heldOutCharacters: 0, speakers: [] });
    const options = { kernel, ...corpus, valid: corpus.heldOut, budgetMs: 1, now: () => 0, seed: 1 };
    expect(() => train(options).next()).toThrow('there is no text to learn from');
  });
});
