import type { ChartConfiguration, Plugin } from 'chart.js/auto';
import type { Strings } from '../i18n/index.js';
import type { CorpusChannel, CorpusData } from './corpus.js';
import { FONT } from './fonts.js';
import { niceRange } from './nice-range.js';
import { directLabels, heading, labelRoom, notice } from './panels.js';
import type { Palette } from './theme.js';
import { bucketStarts, timeLabels } from './time-axis.js';

type Texts = Strings['corpus']['picture'];

/** More bars than this stand side by side without a gap. */
const MAX_SPACED_BARS = 100;
const MAX_STEPS = 6;
/** In UTF-16 units; longer names of channels are cut. */
const MAX_NAME = 18;

/** Messages by day, each channel in a colour of its own, with the day of the live model's training. */
export function corpusChart(data: CorpusData, palette: Palette, strings: Strings): ChartConfiguration {
  const texts = { ...strings.corpus.picture, number: strings.feeling.pictures.number };
  const starts = bucketStarts({ unit: 'day', ...data });
  const ticks = timeLabels(starts, 'day', strings.feeling.pictures);
  const totals = starts.map((_, day) => data.channels.reduce((sum, { messages }) => sum + messages[day], 0));
  const { max, stepSize } = niceRange([0, ...totals], MAX_STEPS, MAX_STEPS);
  const isDense = starts.length > MAX_SPACED_BARS;
  const labels = labelsOf(data.channels, palette, texts, max);
  const isEmpty = totals.every((messages) => messages === 0);
  return {
    type: 'bar',
    data: {
      labels: starts.map(String),
      datasets: data.channels.map((channel, index) => ({
        data: [...channel.messages],
        backgroundColor: colorOf(channel, index, palette),
        stack: 'messages',
        categoryPercentage: 1,
        barPercentage: isDense ? 1 : 0.85,
        // Without it the background shines through where two bars share a pixel.
        ...(isDense && { inflateAmount: 0.35 }),
        maxBarThickness: 80,
      })),
    },
    options: {
      layout: { padding: { top: 14, right: labelRoom(labels), bottom: 12, left: 14 } },
      plugins: {
        legend: { display: false },
        title: heading(texts.title(), palette, 28),
      },
      scales: {
        x: {
          stacked: true,
          border: { color: palette.faint },
          grid: { display: false },
          title: { display: true, text: texts.time(), color: palette.faint, font: { size: 13 } },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            color: palette.faint,
            callback: (_value, index) => ticks[index],
          },
        },
        y: {
          stacked: true,
          min: 0,
          max,
          border: { display: false },
          grid: { color: palette.grid, tickLength: 0 },
          ticks: {
            stepSize,
            padding: 8,
            color: palette.faint,
            callback: (value) => texts.number(Number(value)),
          },
        },
      },
    },
    plugins: isEmpty
      ? [notice('y', texts.empty(), palette)]
      : [directLabels(labels), trainingMark(data, starts, palette, texts)],
  };
}

/** The channels' names from top to bottom, those at the top of the stack first, in the upper part of the plot. */
function labelsOf(
  channels: readonly CorpusChannel[],
  palette: Palette,
  texts: Texts & Pick<Strings['feeling']['pictures'], 'number'>,
  max: number,
) {
  return channels
    .map((channel, index) => ({
      axis: 'y',
      value: max,
      text: `${nameOf(channel, texts)} ${texts.number(sum(channel.messages))}`,
      color: channel.name === undefined ? palette.faint : colorOf(channel, index, palette),
    }))
    .toReversed();
}

function nameOf({ name }: CorpusChannel, texts: Texts): string {
  if (name === undefined) return texts.others();
  const characters = [...name];
  return characters.length <= MAX_NAME ? `#${name}` : `#${characters.slice(0, MAX_NAME - 1).join('')}…`;
}

function colorOf({ name }: CorpusChannel, index: number, palette: Palette): string {
  return name === undefined ? palette.neutral : palette.categories[index % palette.categories.length];
}

/** A line at the end of the day when the live model was trained, with its version above. */
function trainingMark(
  { model }: CorpusData,
  starts: readonly number[],
  palette: Palette,
  texts: Texts,
): Plugin {
  return {
    id: 'trainingMark',
    afterDatasetsDraw({ ctx, scales, chartArea }) {
      const day = starts.findLastIndex((start) => model !== undefined && start <= model.trainedAt);
      if (day < 0 || model === undefined) return;
      const half = chartArea.width / starts.length / 2;
      const x = scales['x'].getPixelForValue(day) + half;
      ctx.save();
      ctx.strokeStyle = palette.text;
      ctx.setLineDash([5, 4]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top - 4);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.font = `13px ${FONT}`;
      ctx.fillStyle = palette.text;
      ctx.textBaseline = 'bottom';
      const text = texts.trained(model.version);
      const left = Math.min(x, chartArea.right - ctx.measureText(text).width);
      ctx.fillText(text, left, chartArea.top - 6);
      ctx.restore();
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
