import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { ModelName } from '../../../src/classifier/tasks.js';
import { createFeeling } from '../../../src/services/feeling/feeling.js';
import { moodCsv } from '../../../src/services/feeling/mood-csv.js';
import { wordCounting } from '../../helpers/classifying.js';
import { message, temporaryStore } from '../../helpers/store.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A quarter past six in the evening. */
const now = Date.UTC(2026, 2, 1, 18, 15);
const today = Date.UTC(2026, 2, 1);
const general = { guildId: '1', channelId: '10' };

describe('a judgement', () => {
  it('has label, probabilities, and the weight of each letter for the label', async () => {
    const { feeling } = await set();
    const { label, probabilities, weights, unsure } = await feeling.judge('1', 'so good');
    expect({ label, unsure }).toEqual({ label: 'positive', unsure: false });
    expect(probabilities.positive).toBeCloseTo(2 / 3); // two for the word, one for having no opinion
    expect([...weights]).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });

  it('is unsure when no answer is likelier than the others together', async () => {
    const { feeling } = await set();
    const { label, probabilities, unsure } = await feeling.judge('1', 'good and bad');
    expect(probabilities.negative).toBeCloseTo(2 / 5);
    expect({ label, unsure }).toEqual({ label: 'negative', unsure: true });
  });

  it("comes from the guild's own classifier, or from the starter before it has one", async () => {
    const { feeling, asked, own } = await set();
    expect((await feeling.judge('1', 'good')).version).toBe(0);
    own.set('1', { guildId: '1', task: 'sentiment', version: 3 });
    expect((await feeling.judge('1', 'good')).version).toBe(3);
    expect(asked.map(({ model }) => model)).toEqual([
      { guildId: '', task: 'sentiment', version: 0 },
      { guildId: '1', task: 'sentiment', version: 3 },
    ]);
  });

  it('needs a text', async () => {
    const { feeling } = await set();
    await expect(feeling.judge('1', ' \n')).rejects.toMatchObject({ key: 'nothing_to_judge' });
  });
});

describe('a mood', () => {
  it('counts by day in UTC, today included; what is unsure is neutral', async () => {
    const { feeling, say } = await set();
    await say(today - 1, ['good', 'good', 'bad', 'so', 'good and bad']); // the last moment of yesterday
    await say(today, ['bad', 'bad', 'bad', 'bad', 'so']);
    const mood = await feeling.mood({ ...general, days: 3 }, () => {});
    expect(mood).toMatchObject({
      unit: 'day',
      first: today - 2 * DAY_MS,
      last: today,
      messages: 10,
      leftOut: 0,
    });
    expect(mood.buckets).toEqual([
      { start: today - DAY_MS, negative: 1, neutral: 2, positive: 2 },
      { start: today, negative: 4, neutral: 1, positive: 0 },
    ]);
  });

  it('counts by hour for up to two days', async () => {
    const { feeling, say } = await set();
    await say(now - HOUR_MS, ['good', 'good', 'good', 'good', 'good']);
    const mood = await feeling.mood({ ...general, days: 2 }, () => {});
    const last = now - 15 * 60_000;
    expect(mood).toMatchObject({ unit: 'hour', first: last - 47 * HOUR_MS, last });
    expect(mood.buckets).toEqual([{ start: last - HOUR_MS, negative: 0, neutral: 0, positive: 5 }]);
  });

  it('leaves out days with fewer than five messages or three people', async () => {
    const { feeling, say } = await set();
    await say(today - 2 * DAY_MS, ['bad', 'bad', 'bad', 'bad']);
    await say(today - DAY_MS, ['bad', 'bad', 'bad', 'bad', 'bad', 'bad'], 2);
    await expect(feeling.mood({ ...general, days: 30 }, () => {})).rejects.toMatchObject({
      key: 'too_little_said',
      params: { messages: 5, people: 3 },
    });
    await say(today, ['good', 'good', 'good', 'good', 'good'], 3);
    const mood = await feeling.mood({ ...general, days: 30 }, () => {});
    expect(mood.buckets.map(({ start }) => start)).toEqual([today]);
    expect(mood).toMatchObject({ messages: 5, leftOut: 2 });
  });

  it('reads in pages, and only this channel and this time', async () => {
    const { feeling, say, asked, store } = await set();
    await say(
      today,
      Array.from({ length: 1_500 }, () => 'good'),
    );
    await say(today - 5 * DAY_MS, ['bad', 'bad', 'bad', 'bad', 'bad']);
    await store.channels.setCollecting({ id: '20', guildId: '1' }, true, 0);
    await store.intake.take(
      [message('elsewhere', 0, { channel_id: '20', created_at: today, content: 'bad' })],
      0,
    );
    const progress: number[] = [];
    const mood = await feeling.mood({ ...general, days: 3 }, (messages) => progress.push(messages));
    expect(mood.buckets).toEqual([{ start: today, negative: 0, neutral: 0, positive: 1_500 }]);
    expect(progress).toEqual([1_000, 1_500]);
    expect(asked.map(({ inputs }) => inputs.length)).toEqual([1_000, 500]);
  });

  it('needs a channel that is collected, and something said in it', async () => {
    const { feeling, store } = await set();
    await expect(feeling.mood({ ...general, days: 3 }, () => {})).rejects.toMatchObject({
      key: 'nothing_said',
    });
    await store.channels.setCollecting({ id: '10', guildId: '1' }, false, 0);
    await expect(feeling.mood({ ...general, days: 3 }, () => {})).rejects.toMatchObject({
      key: 'channel_not_collected',
    });
  });

  it('is a CSV file as well', () => {
    const csv = moodCsv([{ start: today, negative: 1, neutral: 1, positive: 4 }]);
    expect(new TextDecoder().decode(csv)).toBe(
      'start,messages,negative,neutral,positive,mean\n2026-03-01T00:00:00.000Z,6,1,1,4,0.5000\n', // (4 - 1) / 6
    );
  });
});

async function set() {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  const own = new Map<string, ModelName>();
  const { classifying, asked } = wordCounting();
  const feeling = createFeeling({
    store,
    classifying,
    liveVersion: async (guildId) => own.get(guildId),
    now: () => now,
    log: pino({ level: 'silent' }),
  });
  let id = 0;
  /** Messages of one moment, by so many people in turn. */
  const say = (createdAt: number, texts: string[], people = 4) =>
    store.intake.take(
      texts.map((content, index) =>
        message(String(++id), 0, { content, created_at: createdAt, author_id: String(index % people) }),
      ),
      0,
    );
  return { store, feeling, asked, own, say };
}
