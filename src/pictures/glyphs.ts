import type { Chart } from 'chart.js/auto';
import { canDraw, FONT } from './fonts.js';

/** Where a character stands, in points. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

const FONT_SHARE = 0.55;
const CODE_SHARE = 0.36;

/** What no font shows and no mark stands for is named by its code point: that takes the room of two. */
export function needsCode(character: string): boolean {
  return character !== ' ' && character !== '\n' && !canDraw(character);
}

/** The character as one can see it: spaces and line ends as marks, what no font has as a box with its code point. */
export function drawGlyph(ctx: Chart['ctx'], character: string, place: Place, color: string): void {
  ctx.save();
  ctx.fillStyle = color;
  ctx.strokeStyle = color;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const { left, top, width, height } = place;
  if (character === ' ') drawSpace(ctx, place);
  else if (character === '\n') drawReturn(ctx, place);
  else if (needsCode(character)) drawCode(ctx, character, place);
  else {
    ctx.font = `${Math.round(height * FONT_SHARE)}px ${FONT}`;
    // An accent needs something to stand on.
    const text = /^\p{M}/u.test(character) ? `\u00a0${character}` : character;
    ctx.fillText(text, left + width / 2, top + height / 2);
  }
  ctx.restore();
}

/** An open box, as ␣. */
function drawSpace(ctx: Chart['ctx'], { left, top, width, height }: Place): void {
  const half = Math.min(width, height) * 0.2;
  const middle = left + width / 2;
  const bottom = top + height * 0.68;
  ctx.globalAlpha = 0.7;
  ctx.lineWidth = height / 22;
  ctx.beginPath();
  ctx.moveTo(middle - half, bottom - height * 0.13);
  ctx.lineTo(middle - half, bottom);
  ctx.lineTo(middle + half, bottom);
  ctx.lineTo(middle + half, bottom - height * 0.13);
  ctx.stroke();
}

/** An arrow down and to the left, as ⏎. */
function drawReturn(ctx: Chart['ctx'], { left, top, width, height }: Place): void {
  const half = Math.min(width, height) * 0.24;
  const middle = left + width / 2;
  const shaft = top + height * 0.58;
  const head = height * 0.11;
  ctx.globalAlpha = 0.8;
  ctx.lineWidth = height / 18;
  ctx.beginPath();
  ctx.moveTo(middle + half, top + height * 0.32);
  ctx.lineTo(middle + half, shaft);
  ctx.lineTo(middle - half, shaft);
  ctx.moveTo(middle - half + head, shaft - head);
  ctx.lineTo(middle - half, shaft);
  ctx.lineTo(middle - half + head, shaft + head);
  ctx.stroke();
}

function drawCode(ctx: Chart['ctx'], character: string, { left, top, width, height }: Place): void {
  const code = [...character].map((part) => part.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0'));
  ctx.font = `${Math.round(height * CODE_SHARE)}px ${FONT}`;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 2]);
  ctx.strokeRect(left + 3, top + 4, width - 6, height - 8);
  ctx.fillText(`U+${code.join('+')}`, left + width / 2, top + height / 2, width - 10);
}
