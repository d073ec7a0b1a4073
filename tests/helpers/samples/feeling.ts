import { each } from './each.js';

const VERSION = {
  version: 12,
  createdAt: Date.UTC(2026, 2, 14),
  precision: 0.91,
  recall: 0.82,
  verdicts: 1_234,
  confirmed: 31,
  falseAlarms: 11,
  missed: 17,
};
const BUCKETS = [{ start: 0, negative: 20, neutral: 50, positive: 30 }];
const MOOD = {
  channelId: '333333',
  unit: 'day',
  messages: 100,
  leftOut: 13,
  version: 0,
  buckets: BUCKETS,
  first: Date.UTC(2026, 2, 1),
  last: Date.UTC(2026, 3, 9),
};
const JUDGEMENT = {
  label: 'negative',
  unsure: false,
  probabilities: { negative: 0.75, neutral: 0.15, positive: 0.1 },
};

export const feeling: Record<string, unknown[][]> = {
  'errors.nothing_said': each({ days: [1, 30] }, { channel: '333333' }),
  'feeling.sentiment.judged': each({ unsure: [false, true] }, JUDGEMENT),
  'feeling.sentiment.bar': [['neutral', 0.42]],
  'feeling.sentiment.marked': [['positive']],
  'feeling.mood.told': each({ unit: ['day', 'hour'] }, MOOD).concat(
    each({ leftOut: [0], version: [3] }, MOOD),
  ),
  'feeling.mood.pictureAlt': each({ unit: ['day', 'hour'] }, MOOD),
  'feeling.pictures.number': [[1_234]],
  'feeling.pictures.percent': [[42]],
  'feeling.pictures.signed': [[-0.42]],
  'feeling.pictures.day': [[MOOD.first]],
  'feeling.pictures.month': [[Date.UTC(2026, 0, 1)], [Date.UTC(2026, 4, 1)]],
  'feeling.pictures.hour': [[MOOD.first], [MOOD.first + 13 * 3_600_000]],
  'feeling.pictures.moodTitle': [[MOOD], [{ ...MOOD, last: MOOD.first }]],
  'feeling.pictures.moodTime': [['day'], ['hour']],
  'feeling.pictures.moodCounts': [['day'], ['hour']],
  'feeling.pictures.share': [['positive', 0.42]],
  'feeling.pictures.meanOf': [[0.42]],
  'feeling.pictures.inAll': [[1_234]],
  'feeling.pictures.version': [[VERSION]],
  'feeling.pictures.precision': [[0.42]],
  'feeling.pictures.recall': [[0.42]],
};
