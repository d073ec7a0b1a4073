import type { ChartConfiguration } from 'chart.js/auto';
import type { Strings } from '../i18n/index.js';
import type { PredictionData } from './protocol.js';
import type { Palette } from './theme.js';

/** How a text reads to a model, and what it expects next. */
export function predictionChart(
  { next }: PredictionData,
  palette: Palette,
  { pictures: texts }: Strings,
): ChartConfiguration {
  return {
    type: 'bar',
    data: {
      labels: next.map(({ character }) => character),
      datasets: [{ data: next.map(({ probability }) => probability), backgroundColor: palette.positive }],
    },
    options: { indexAxis: 'y', plugins: { title: { display: true, text: texts.predictionTitle() } } },
  };
}
