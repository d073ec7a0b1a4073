import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { Chart, type ChartConfiguration, type ChartItem, type Plugin } from 'chart.js/auto';
import type { Palette } from './theme.js';

const WIDTH = 800;
const HEIGHT = 520;
const PIXEL_RATIO = 2;
const FONT = 'Noto Sans';

// The machine may have no fonts at all.
const { resolve } = createRequire(import.meta.url);
for (const weight of [400, 600]) {
  GlobalFonts.registerFromPath(
    resolve(`@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff2`),
    FONT,
  );
}
Chart.defaults.font.family = FONT;
Chart.defaults.font.size = 15;

/** A chart as a PNG file on an opaque background, 800 by 520 points of four pixels each. */
export function draw(configuration: ChartConfiguration, palette: Palette): Uint8Array<ArrayBuffer> {
  const canvas = createCanvas(WIDTH, HEIGHT);
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
