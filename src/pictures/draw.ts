import { createCanvas } from '@napi-rs/canvas';
import { Chart, type ChartConfiguration, type ChartItem, type Plugin } from 'chart.js/auto';
import { FONT } from './fonts.js';
import type { Palette } from './theme.js';

/** In points, of every picture. */
export const WIDTH = 800;
const HEIGHT = 520;
const PIXEL_RATIO = 2;

Chart.defaults.font.family = FONT;
Chart.defaults.font.size = 15;

/** A chart as a PNG file on an opaque background, 800 by 520 points of four pixels each unless it needs more height. */
export function draw(
  configuration: ChartConfiguration,
  palette: Palette,
  height = HEIGHT,
): Uint8Array<ArrayBuffer> {
  const canvas = createCanvas(WIDTH, height);
  const chart = new Chart(canvas as unknown as ChartItem, {
    ...configuration,
    options: {
      ...configuration.options,
      animation: false,
      responsive: false,
      devicePixelRatio: PIXEL_RATIO,
    },
    plugins: [...(configuration.plugins ?? []), background(palette.background)],
  });
  try {
    return new Uint8Array(canvas.toBuffer('image/png'));
  } finally {
    chart.destroy();
  }
}

function background(color: string): Plugin {
  return {
    id: 'background',
    beforeDraw({ ctx, width, height }) {
      ctx.fillStyle = color;
      ctx.fillRect(0, 0, width, height);
    },
  };
}
