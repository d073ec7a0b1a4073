import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../src/i18n/index.js';
import { corpusChart } from '../../src/pictures/corpus-chart.js';
import { moodChart } from '../../src/pictures/mood-chart.js';
import { palettes } from '../../src/pictures/theme.js';
import { timeLabels } from '../../src/pictures/time-axis.js';
import { versionsChart } from '../../src/pictures/versions-chart.js';

const en = stringsFor('en');
const DAY_MS = 86_400_000;
const days = (count: number, last = Date.UTC(2026, 2, 1)) =>
  Array.from({ length: count }, (_, index) => last - (count - 1 - index) * DAY_MS);

describe('the chart of a mood', () => {
  it('has shares, their balance and counts, and a gap where nothing is told', () => {
    const [first, , last] = days(3);
    const chart = moodChart(
      {
        unit: 'day',
        first,
        last,
        buckets: [
          { start: first, negative: 1, neutral: 1, positive: 2 },
          { start: last, negative: 6, neutral: 3, positive: 1 },
        ],
      },
      palettes.dark,
      en,
    );
    expect(chart.data.datasets.map(({ data }) => data)).toEqual([
      [25, null, 60],
      [25, null, 30],
      [50, null, 10],
      [0.25, null, -0.5], // (2 - 1) / 4 and (1 - 6) / 10
      [4, null, 10],
    ]);
  });
});

describe('the labels of the time', () => {
  const shown = (labels: (string | undefined)[]) => labels.filter((label) => label !== undefined);

  it('name every day of a week, every fourth of a month back from today, and months of a year', () => {
    expect(shown(timeLabels(days(3), 'day', en.feeling.pictures))).toEqual(['27 Feb', '28 Feb', '1 Mar']);
    expect(shown(timeLabels(days(30), 'day', en.feeling.pictures))).toEqual([
      '1 Feb',
      '5 Feb',
      '9 Feb',
      '13 Feb',
      '17 Feb',
      '21 Feb',
      '25 Feb',
      '1 Mar',
    ]);
    expect(shown(timeLabels(days(365), 'day', en.feeling.pictures))).toEqual([
      'May',
      'Jul',
      'Sept',
      'Nov',
      'Jan 2026',
      'Mar',
    ]);
  });

  it('name every sixth hour, and midnight by its day', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => Date.UTC(2026, 0, 1, 5 + hour));
    expect(shown(timeLabels(hours, 'hour', en.feeling.pictures))).toEqual([
      '06:00',
      '12:00',
      '18:00',
      '2 Jan',
    ]);
  });
});

describe('the chart of a corpus', () => {
  const [first, , last] = days(3);
  const channels = [
    { name: 'general', messages: [3, 0, 2] },
    { name: undefined, messages: [1, 0, 1] },
  ];

  it('has the messages of each channel by day, one upon the other, all in sight', () => {
    const model = { version: 2, trainedAt: first };
    const chart = corpusChart({ first, last, channels, model }, palettes.dark, en);
    expect(chart.data.datasets.map(({ data, stack }) => [data, stack])).toEqual([
      [[3, 0, 2], 'messages'],
      [[1, 0, 1], 'messages'],
    ]);
    expect(chart.options?.scales?.['y']).toMatchObject({ min: 0, max: 6, ticks: { stepSize: 1 } }); // 3 + 1, at least six steps
  });
});

describe('the chart of versions', () => {
  it('has precision and recall in percent, and the verdicts behind them, of the last eight', () => {
    const versions = Array.from({ length: 9 }, (_, index) => ({
      version: index + 1,
      createdAt: Date.UTC(2026, 0, index + 1),
      precision: 0.5,
      recall: 0.25,
      verdicts: 1_000 + index,
    }));
    const chart = versionsChart(versions, palettes.light, en);
    expect(chart.data.labels).toHaveLength(8);
    expect(chart.data.labels?.[0]).toEqual(['v2', '2 Jan', 'n = 1,001']);
    expect(chart.data.datasets.map(({ data }) => data[0])).toEqual([25, 50]);
  });
});
