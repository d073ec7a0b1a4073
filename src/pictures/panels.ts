import type { Chart, ChartOptions, Plugin } from 'chart.js/auto';
import { FONT, widthOf } from './fonts.js';
import type { Palette } from './theme.js';

const LABEL_HEIGHT = 20;
const LABEL_SIZE = 15;
/** Between the plot and a label, and between a label and the picture's edge. */
const LABEL_GAP = 12;
const SPACER = 'above-';
const SPACER_WEIGHT = 1.25;

export type Scales = NonNullable<ChartOptions['scales']>;

/** A chart's plot of its own above or below others, over the same x axis. */
export interface Panel {
  /** Name of its y axis. */
  axis: string;
  title: string;
  weight: number;
  min: number;
  max: number;
  stepSize: number;
  format: (value: number) => string;
  stacked?: true;
}

/** What stands to the right of the plot, at the height of the thing it names. */
export interface DirectLabel {
  axis: string;
  value: number;
  text: string;
  color: string;
}

/** What a picture is about, at its upper left; with so many points of room below. */
export function heading(text: string, palette: Palette, room = 0) {
  const font = { size: 19, weight: 600 } as const;
  const padding = { top: 0, bottom: room };
  return { display: true, align: 'start' as const, text, color: palette.text, font, padding };
}

/** The y axes of panels, given from top to bottom, with room above each for its title. */
export function panelScales(panels: readonly Panel[], palette: Palette): Scales {
  const scales: Scales = {};
  // The library stacks axes from the bottom up.
  for (const { axis, weight, min, max, stepSize, format, stacked = false } of panels.toReversed()) {
    scales[axis] = {
      type: 'linear',
      position: 'left',
      stack: 'panels',
      stackWeight: weight,
      min,
      max,
      stacked,
      border: { display: false },
      grid: {
        color: ({ tick }: { tick?: { value: number } }) =>
          min < 0 && tick?.value === 0 ? palette.faint : palette.grid,
        tickLength: 0,
      },
      ticks: { stepSize, color: palette.faint, padding: 8, callback: (value) => format(Number(value)) },
    };
    scales[SPACER + axis] = {
      type: 'linear',
      position: 'left',
      stack: 'panels',
      stackWeight: SPACER_WEIGHT,
      border: { display: false },
      grid: { display: false },
      ticks: { display: false },
    };
  }
  return scales;
}

export function panelTitles(panels: readonly Panel[], palette: Palette): Plugin {
  return {
    id: 'panelTitles',
    afterDraw(chart) {
      const { ctx, scales, chartArea } = chart;
      ctx.save();
      write(chart, palette.text, 600);
      for (const { axis, title } of panels) {
        const { top, bottom } = scales[SPACER + axis];
        ctx.fillText(title, chartArea.left, (top + bottom) / 2);
      }
      ctx.restore();
    },
  };
}

/** Labels from top to bottom; those of one axis that would cover each other move apart, within the axis. */
export function directLabels(labels: readonly DirectLabel[]): Plugin {
  return {
    id: 'directLabels',
    afterDraw(chart) {
      const { ctx, scales, chartArea } = chart;
      ctx.save();
      for (const axis of new Set(labels.map((label) => label.axis))) {
        const sharing = labels.filter((label) => label.axis === axis);
        const wanted = sharing.map(({ value }) => scales[axis].getPixelForValue(value));
        const heights = spread(wanted, scales[axis].bottom);
        for (const [index, { text, color }] of sharing.entries()) {
          write(chart, color, 600);
          ctx.fillText(text, chartArea.right + LABEL_GAP, heights[index]);
        }
      }
      ctx.restore();
    },
  };
}

/** How much room the labels take to the right of the plot. */
export function labelRoom(labels: readonly DirectLabel[]): number {
  const widest = Math.max(LABEL_GAP, ...labels.map(({ text }) => widthOf(text, LABEL_SIZE, 600)));
  return Math.ceil(widest) + 2 * LABEL_GAP;
}

function spread(wanted: readonly number[], bottom: number): number[] {
  const heights = [...wanted];
  for (let index = 1; index < heights.length; index++) {
    heights[index] = Math.max(heights[index], heights[index - 1] + LABEL_HEIGHT);
  }
  for (let index = heights.length - 1, max = bottom; index >= 0; index--, max -= LABEL_HEIGHT) {
    heights[index] = Math.min(heights[index], max);
  }
  return heights;
}

/** A sentence in the middle of a plot that has nothing else to show. */
export function notice(axis: string, text: string, palette: Palette): Plugin {
  return {
    id: 'notice',
    afterDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const x = (chartArea.left + chartArea.right) / 2;
      const y = (scales[axis].top + scales[axis].bottom) / 2;
      ctx.save();
      write(chart, palette.text, 400);
      ctx.textAlign = 'center';
      const width = ctx.measureText(text).width + 2 * LABEL_HEIGHT;
      ctx.fillStyle = palette.background;
      ctx.fillRect(x - width / 2, y - LABEL_HEIGHT, width, 2 * LABEL_HEIGHT);
      ctx.fillStyle = palette.text;
      ctx.fillText(text, x, y);
      ctx.restore();
    },
  };
}

function write({ ctx }: Chart, color: string, weight: number): void {
  ctx.font = `${weight} ${LABEL_SIZE}px ${FONT}`;
  ctx.fillStyle = color;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
}
