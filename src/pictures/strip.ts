import type { Chart } from 'chart.js/auto';
import { FONT } from './fonts.js';
import { drawGlyph, needsCode } from './glyphs.js';
import type { PredictionData } from './protocol.js';
import type { Palette } from './theme.js';

type Surprise = PredictionData['surprise'];

interface Cell {
  character: string;
  bits: number;
  row: number;
  column: number;
  /** How many columns it takes. */
  span: number;
}

/** A text, a cell per character, as it is to be set in lines. */
export interface Strip {
  cells: Cell[];
  cellWidth: number;
  cellHeight: number;
  /** In points, of all lines. */
  height: number;
}

/** Up to here characters are set large. */
const MAX_LARGE = 75;
const SIZES = { large: { cellWidth: 30, cellHeight: 36 }, small: { cellWidth: 24, cellHeight: 30 } };
const LINE_GAP = 4;
const SWATCH_WIDTH = 22;
const SWATCH_HEIGHT = 12;

/** Sets a text in lines of a width in points: broken between words, and within those that are longer than a line. */
export function setInLines(surprise: Surprise, width: number): Strip {
  const { cellWidth, cellHeight } = surprise.length <= MAX_LARGE ? SIZES.large : SIZES.small;
  const columns = Math.floor(width / cellWidth);
  const cells: Cell[] = [];
  let row = 0;
  let column = 0;
  for (const word of wordsOf(surprise)) {
    const spans = word.map(({ character }) => (needsCode(character) ? 2 : 1));
    const length = spans.reduce((sum, span) => sum + span, 0);
    const breakLine = () => {
      row++;
      column = 0;
    };
    if (column > 0 && column + length > columns && length <= columns) breakLine();
    for (const [index, { character, bits }] of word.entries()) {
      if (column + spans[index] > columns) breakLine();
      cells.push({ character, bits, row, column, span: spans[index] });
      column += spans[index];
      if (character === '\n') breakLine();
    }
  }
  const rows = 1 + Math.max(-1, ...cells.map((cell) => cell.row));
  return { cells, cellWidth, cellHeight, height: Math.max(0, rows * (cellHeight + LINE_GAP) - LINE_GAP) };
}

/** Each blank is a word of its own. */
function wordsOf(surprise: Surprise): Surprise[number][][] {
  const words: Surprise[number][][] = [];
  let isOpen = false;
  for (const entry of surprise) {
    const isBlank = /\s/.test(entry.character);
    if (isOpen && !isBlank) words.at(-1)!.push(entry);
    else words.push([entry]);
    isOpen = !isBlank;
  }
  return words;
}

export function drawStrip(
  ctx: Chart['ctx'],
  strip: Strip,
  left: number,
  top: number,
  palette: Palette,
): void {
  const { cells, cellWidth, cellHeight } = strip;
  for (const { character, bits, row, column, span } of cells) {
    const place = {
      left: left + column * cellWidth,
      top: top + row * (cellHeight + LINE_GAP),
      width: span * cellWidth,
      height: cellHeight,
    };
    const color = colorOf(bits, palette);
    ctx.fillStyle = color;
    ctx.beginPath();
    ctx.roundRect(place.left, place.top, place.width - 1, place.height, 3);
    ctx.fill();
    drawGlyph(ctx, character, place, readableOn(color));
  }
}

/** What the colours of the cells mean, in one line. */
export function drawScale(
  ctx: Chart['ctx'],
  left: number,
  middle: number,
  palette: Palette,
  title: string,
  most: string,
): void {
  ctx.save();
  ctx.font = `13px ${FONT}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  let x = left;
  const say = (text: string) => {
    ctx.fillStyle = palette.faint;
    ctx.fillText(text, x, middle);
    x += ctx.measureText(text).width + 8;
  };
  say(title);
  say('0');
  // Whole points, lest the background shines through between two colours.
  x = Math.round(x);
  for (const color of palette.surprise) {
    ctx.fillStyle = color;
    ctx.fillRect(x, middle - SWATCH_HEIGHT / 2, SWATCH_WIDTH, SWATCH_HEIGHT);
    x += SWATCH_WIDTH;
  }
  x += 8;
  say(most);
  ctx.restore();
}

/** The last colour is for all that is more. */
export function colorOf(bits: number, { surprise }: Palette): string {
  return surprise[Math.min(Math.round(bits), surprise.length - 1)];
}

/** Black or white, whichever differs more in luminance. */
export function readableOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Where (luminance + 0.05) / 0.05 and 1.05 / (luminance + 0.05), the contrasts with both, are equal.
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
