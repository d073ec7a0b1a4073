import type { ChartConfiguration } from 'chart.js/auto';
import type { Strings } from '../i18n/index.js';
import { directLabels, heading, labelRoom, notice } from './panels.js';
import type { VersionScore } from './protocol.js';
import type { Palette } from './theme.js';

/** Older versions are left out: their labels would cover each other. */
const MAX_VERSIONS = 8;

/** Precision and recall by version, each version with the number of verdicts that its figures rest on. */
export function versionsChart(
  all: readonly VersionScore[],
  palette: Palette,
  strings: Strings,
): ChartConfiguration {
  const texts = strings.feeling.pictures;
  const versions = all.slice(-MAX_VERSIONS);
  const newest = versions.at(-1);
  const line = (score: 'precision' | 'recall', color: string) => ({
    data: versions.map((version) => version[score] * 100),
    borderColor: color,
    backgroundColor: color,
    borderWidth: 2.5,
    pointRadius: 5,
    // A point at 100 % is round as well.
    clip: false as const,
    // So that two lines of the same figures both show.
    borderDash: score === 'recall' ? [7, 5] : [],
    pointStyle: score === 'precision' ? 'circle' : 'rectRot',
  });
  const label = (score: 'precision' | 'recall', color: string) =>
    newest === undefined
      ? []
      : [{ axis: 'y', value: newest[score] * 100, text: texts[score](newest[score]), color }];
  const labels = [...label('precision', palette.positive), ...label('recall', palette.negative)].sort(
    (a, b) => b.value - a.value,
  );
  return {
    type: 'line',
    data: {
      labels: versions.map((version) => texts.version(version)),
      datasets: [line('recall', palette.negative), line('precision', palette.positive)],
    },
    options: {
      layout: { padding: { top: 14, right: labelRoom(labels), bottom: 12, left: 14 } },
      plugins: {
        legend: { display: false },
        title: heading(texts.versionsTitle(), palette, 4),
        subtitle: {
          display: true,
          align: 'start',
          text: texts.versionsScale(),
          color: palette.faint,
          padding: { bottom: 16 },
        },
      },
      scales: {
        x: {
          offset: true,
          border: { color: palette.faint },
          grid: { display: false },
          title: { display: true, text: texts.versionsTime(), color: palette.faint, font: { size: 13 } },
          ticks: { autoSkip: false, color: palette.faint, maxRotation: 0, font: { size: 13 } },
        },
        y: {
          min: 0,
          max: 100,
          border: { display: false },
          grid: { color: palette.grid, tickLength: 0 },
          ticks: {
            stepSize: 25,
            padding: 8,
            color: palette.faint,
            callback: (value) => texts.percent(Number(value)),
          },
        },
      },
    },
    plugins: [newest === undefined ? notice('y', texts.versionsEmpty(), palette) : directLabels(labels)],
  };
}
