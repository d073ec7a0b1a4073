import type { ChartConfiguration, ChartDataset } from 'chart.js/auto';
import type { Strings } from '../i18n/index.js';
import { niceRange } from './nice-range.js';
import {
  type DirectLabel,
  directLabels,
  labelRoom,
  notice,
  type Panel,
  panelScales,
  panelTitles,
  heading,
} from './panels.js';
import type { LossCurveData } from './protocol.js';
import type { Palette } from './theme.js';

const MINUTE_MS = 60_000;
/** Shorter trainings are told in seconds. */
const MIN_MINUTES_MS = 2 * MINUTE_MS;
/** Up to here every value of a line has its point. */
const MAX_POINTS = 40;
/** Axes show at least this many bits from end to end, lest chance look like progress. */
const MIN_SPAN = 0.2;

interface At {
  x: number;
  y: number;
}

type Line = ChartDataset<'line', At[]>;

/** How a training went: scores on held-out text with what they compare with, and below the same on the text that it learns from. */
export function lossCurveChart(
  data: LossCurveData,
  palette: Palette,
  { pictures: texts }: Strings,
): ChartConfiguration<'line', At[]> {
  const hasPoints = data.points.length > 0;
  const end = Math.max(1_000, data.points.at(-1)?.trainedMs ?? 0);
  const unit = end < MIN_MINUTES_MS ? 'seconds' : 'minutes';
  const time = (ms: number) => ms / (unit === 'seconds' ? 1_000 : MINUTE_MS);
  const loss = data.points.map((point) => ({ x: time(point.trainedMs), y: point.loss }));
  const heldOut = data.points.flatMap(({ trainedMs, bitsPerCharacter: y }) =>
    y === undefined ? [] : [{ x: time(trainedMs), y }],
  );
  const curve = (axis: string, points: At[], color: string): Line => ({
    yAxisID: axis,
    data: points,
    borderColor: color,
    borderWidth: 2.5,
    borderJoinStyle: 'round',
    clip: false,
    pointRadius: points.length <= MAX_POINTS ? 3 : 0,
    pointBackgroundColor: color,
    pointBorderWidth: 0,
  });
  const across = (y: number, from: number, color: string): Line => ({
    yAxisID: 'heldOut',
    data: [
      { x: from, y },
      { x: time(end), y },
    ],
    borderColor: color,
    borderWidth: 1.5,
    borderDash: [6, 5],
    pointRadius: 0,
  });
  const best = heldOut.reduce<At>((least, point) => (point.y < least.y ? point : least), {
    x: time(end),
    y: Infinity,
  });
  const references = referencesOf(data, palette, texts);
  const result: Line = {
    ...across(data.bitsPerCharacter, best.x, palette.positive),
    borderWidth: 1,
    borderDash: [2, 3],
    clip: false,
    pointRadius: [6, 0],
    pointBackgroundColor: palette.positive,
    pointBorderColor: palette.background,
    pointBorderWidth: 1.5,
  };
  const datasets = [
    result,
    curve('heldOut', heldOut, palette.positive),
    ...references.map(({ value, color }) => across(value, 0, color)),
    curve('loss', loss, palette.faint),
  ];
  const labels = labelsOf(data, references, palette, texts);
  const panels = panelsOf(datasets, texts);
  return {
    type: 'line',
    data: { datasets },
    options: {
      layout: { padding: { top: 14, right: labelRoom(labels), bottom: 12, left: 14 } },
      plugins: {
        legend: { display: false },
        title: heading(texts.lossTitle(), palette),
      },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: time(end),
          border: { color: palette.faint },
          grid: { display: false },
          title: {
            display: hasPoints,
            text: texts.lossTime(unit),
            color: palette.faint,
            font: { size: 13 },
          },
          ticks: {
            display: hasPoints,
            includeBounds: false,
            maxTicksLimit: 9,
            maxRotation: 0,
            color: palette.faint,
            callback: (value) => texts.lossNumber(Number(value), 0),
          },
        },
        ...panelScales(panels, palette),
      },
    },
    plugins: [
      panelTitles(panels, palette),
      directLabels(labels),
      ...(heldOut.length === 0 ? [notice('heldOut', texts.lossNotMeasured(), palette)] : []),
      ...(hasPoints ? [] : [notice('loss', texts.lossNoLoss(), palette)]),
    ],
  };
}

type Texts = Strings['pictures'];

function panelsOf(datasets: readonly Line[], texts: Texts): Panel[] {
  const panel = (axis: string, title: string, weight: number): Panel => {
    const values = datasets.filter(({ yAxisID }) => yAxisID === axis).flatMap(({ data }) => data);
    const range = niceRange(
      values.map(({ y }) => y),
      MIN_SPAN,
      weight,
    );
    const format = (value: number) => (values.length === 0 ? '' : texts.lossNumber(value, range.decimals));
    return { axis, title, weight, format, ...range };
  };
  // An axis has as many steps at most as its panel has of the height.
  return [panel('heldOut', texts.lossHeldOut(), 5), panel('loss', texts.lossTraining(), 3)];
}

function referencesOf(data: LossCurveData, palette: Palette, texts: Texts): DirectLabel[] {
  const { liveBitsPerCharacter: live, ngramBitsPerCharacter: ngram } = data;
  return [
    ...(live === undefined ? [] : [label(live, texts.lossLiveModel(live), palette.negative)]),
    ...(ngram === undefined ? [] : [label(ngram, texts.lossNgram(ngram), palette.faint)]),
  ];
}

function labelsOf(
  { points, bitsPerCharacter }: LossCurveData,
  references: readonly DirectLabel[],
  palette: Palette,
  texts: Texts,
): DirectLabel[] {
  const result = label(bitsPerCharacter, texts.lossThisModel(bitsPerCharacter), palette.positive);
  const heldOut = [...references, result].sort((a, b) => b.value - a.value);
  const last = points.at(-1)?.loss;
  if (last === undefined) return heldOut;
  return [...heldOut, { axis: 'loss', value: last, text: texts.lossAtEnd(last), color: palette.faint }];
}

function label(value: number, text: string, color: string): DirectLabel {
  return { axis: 'heldOut', value, text, color };
}
