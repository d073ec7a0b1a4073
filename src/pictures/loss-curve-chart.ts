import type { ChartConfiguration } from 'chart.js/auto';
import type { Strings } from '../i18n/index.js';
import type { LossCurveData } from './protocol.js';
import type { Palette } from './theme.js';

/** How a training went. */
export function lossCurveChart(
  { points }: LossCurveData,
  palette: Palette,
  { pictures: texts }: Strings,
): ChartConfiguration {
  return {
    type: 'line',
    data: {
      labels: points.map(({ trainedMs }) => trainedMs / 60_000),
      datasets: [{ data: points.map(({ loss }) => loss), borderColor: palette.faint }],
    },
    options: { plugins: { title: { display: true, text: texts.lossTitle() } } },
  };
}
