import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';

const { resolve } = createRequire(import.meta.url);

// The machine may have no fonts at all. Of files that share a family's name only one would be used.
const files = {
  'Noto Sans': { package: 'noto-sans/files/noto-sans-latin', weights: [400, 600] },
  'Noto Sans Latin Ext': { package: 'noto-sans/files/noto-sans-latin-ext', weights: [400, 600] },
  'Noto Sans Vietnamese': { package: 'noto-sans/files/noto-sans-vietnamese', weights: [400, 600] },
  'Noto Sans Greek': { package: 'noto-sans/files/noto-sans-greek', weights: [400, 600] },
  'Noto Sans Cyrillic': { package: 'noto-sans/files/noto-sans-cyrillic', weights: [400, 600] },
  'Nanum Gothic': { package: 'nanum-gothic/files/nanum-gothic-korean', weights: [400, 700] },
};
for (const [family, { package: path, weights }] of Object.entries(files)) {
  for (const weight of weights) {
    GlobalFonts.registerFromPath(resolve(`@fontsource/${path}-${weight}-normal.woff2`), family);
  }
}

/** The families in the order in which a character is looked for; after them come the machine's own. */
export const FONT = Object.keys(files)
  .map((family) => `"${family}"`)
  .join(', ');

const SIZE = 24;
const context = createCanvas(3 * SIZE, 2 * SIZE).getContext('2d', { willReadFrequently: true });
/** No font will ever have it: it is no character. */
const NONCHARACTER = '\u{10fffe}';
const missing = pixelsOf(NONCHARACTER);

/** Whether any font has something to see for the character. */
export function canDraw(character: string): boolean {
  const pixels = pixelsOf(character);
  return pixels.some((value) => value !== 0) && !pixels.equals(missing);
}

/** In points, at a size in pixels. */
export function widthOf(text: string, size: number, weight: number): number {
  context.font = `${weight} ${size}px ${FONT}`;
  return context.measureText(text).width;
}

function pixelsOf(character: string): Buffer {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  context.font = `${SIZE}px ${FONT}`;
  context.fillText(character, SIZE, 1.5 * SIZE);
  return Buffer.from(context.getImageData(0, 0, width, height).data);
}
