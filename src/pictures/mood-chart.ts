import type { ChartConfiguration, ChartDataset } from 'chart.js/auto';
import type { Strings } from '../i18n/index.js';
import { meanOf, messagesIn, type MoodBucket, type MoodData } from './mood.js';
import { directLabels, heading, labelRoom, notice, type Panel, panelScales, panelTitles } from './panels.js';
import type { Palette } from './theme.js';
import { bucketStarts, timeLabels } from './time-axis.js';

type Texts = Strings['feeling']['pictures'];

/** More bars than this stand side by side without a gap. */
const MAX_SPACED_BARS = 100;
/** Up to here every value of a line has its point. */
const MAX_POINTS = 40;

/** A channel's mood over time: shares, their balance, and how many messages they rest on. */
export function moodChart(data: MoodData, palette: Palette, strings: Strings): ChartConfiguration {
  const texts = strings.feeling.pictures;
  const starts = bucketStarts(data);
  const byStart = new Map(data.buckets.map((bucket) => [bucket.start, bucket]));
  const values = (value: (bucket: MoodBucket) => number) =>
    starts.map((start) => {
      const bucket = byStart.get(start);
      return bucket === undefined ? null : value(bucket);
    });
  const means = values(meanOf);
  const isDense = starts.length > MAX_SPACED_BARS;
  const bars = {
    grouped: false,
    categoryPercentage: 1,
    barPercentage: isDense ? 1 : 0.85,
    // Without it the background shines through where two bars share a pixel.
    ...(isDense && { inflateAmount: 0.35 }),
    maxBarThickness: 80,
  };
  const share = (feeling: 'negative' | 'neutral' | 'positive'): ChartDataset<'bar', (number | null)[]> => ({
    type: 'bar',
    yAxisID: 'shares',
    stack: 'shares',
    data: values((bucket) => (bucket[feeling] / messagesIn(bucket)) * 100),
    backgroundColor: palette[feeling],
    ...bars,
  });
  const datasets: ChartDataset<'bar' | 'line', (number | null)[]>[] = [
    share('negative'),
    share('neutral'),
    share('positive'),
    {
      type: 'line',
      yAxisID: 'means',
      data: means,
      borderColor: palette.text,
      borderWidth: isDense ? 1.5 : 2.5,
      borderJoinStyle: 'round',
      clip: false,
      // A value between two gaps has no line to be seen by.
      pointRadius: means.map((_, index) =>
        starts.length <= MAX_POINTS || (isGap(means[index - 1]) && isGap(means[index + 1])) ? 3 : 0,
      ),
      pointBackgroundColor: palette.text,
      pointBorderWidth: 0,
    },
    {
      type: 'bar',
      yAxisID: 'counts',
      data: values(messagesIn),
      backgroundColor: palette.faint,
      ...bars,
    },
  ];
  const panels = panelsOf(data, texts);
  const isEmpty = data.buckets.length === 0;
  const ticks = timeLabels(starts, data.unit, texts);
  const labels = isEmpty ? [] : overall(data.buckets, palette, texts);
  return {
    type: 'bar',
    data: { labels: starts.map(String), datasets },
    options: {
      layout: { padding: { top: 14, right: labelRoom(labels), bottom: 12, left: 14 } },
      plugins: {
        legend: { display: false },
        title: heading(texts.moodTitle(data), palette),
      },
      scales: {
        x: {
          stacked: true,
          border: { color: palette.faint },
          grid: { display: false },
          title: { display: true, text: texts.moodTime(data.unit), color: palette.faint, font: { size: 13 } },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            color: palette.faint,
            callback: (_value, index) => ticks[index],
          },
        },
        ...panelScales(panels, palette),
      },
    },
    plugins: isEmpty
      ? [panelTitles(panels, palette), notice('shares', texts.moodEmpty(), palette)]
      : [panelTitles(panels, palette), directLabels(labels)],
  };
}

function panelsOf({ unit, buckets }: MoodData, texts: Texts): Panel[] {
  const most = topOfCounts(buckets);
  return [
    {
      axis: 'shares',
      title: texts.moodShares(),
      weight: 5,
      min: 0,
      max: 100,
      stepSize: 25,
      format: texts.percent,
      stacked: true,
    },
    {
      axis: 'means',
      title: texts.moodMeans(),
      weight: 3,
      min: -1,
      max: 1,
      stepSize: 0.5,
      format: texts.signed,
    },
    {
      axis: 'counts',
      title: texts.moodCounts(unit),
      weight: 2,
      min: 0,
      max: most,
      stepSize: most / 2,
      format: texts.number,
    },
  ];
}

/** The whole time in numbers, each beside what it sums up. */
function overall(buckets: readonly MoodBucket[], palette: Palette, texts: Texts) {
  const sum = { start: 0, negative: 0, neutral: 0, positive: 0 };
  for (const { negative, neutral, positive } of buckets) {
    sum.negative += negative;
    sum.neutral += neutral;
    sum.positive += positive;
  }
  const messages = messagesIn(sum);
  const middles = {
    negative: sum.negative / 2,
    neutral: sum.negative + sum.neutral / 2,
    positive: messages - sum.positive / 2,
  };
  const shares = (['positive', 'neutral', 'negative'] as const).map((feeling) => ({
    axis: 'shares',
    value: (middles[feeling] / messages) * 100,
    text: texts.share(feeling, sum[feeling] / messages),
    color: feeling === 'neutral' ? palette.faint : palette[feeling],
  }));
  const mean = meanOf(sum);
  return [
    ...shares,
    { axis: 'means', value: mean, text: texts.meanOf(mean), color: palette.text },
    { axis: 'counts', value: topOfCounts(buckets) / 2, text: texts.inAll(messages), color: palette.faint },
  ];
}

function isGap(value: number | null | undefined): boolean {
  return value === null || value === undefined;
}

/** At least the largest count, and a number that halves well: 2, 4, 6 or 10 times a power of ten. */
function topOfCounts(buckets: readonly MoodBucket[]): number {
  const most = Math.max(1, ...buckets.map(messagesIn));
  const power = 10 ** Math.floor(Math.log10(most));
  return [2, 4, 6, 10].map((step) => step * power).find((step) => step >= most)!;
}
