import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { draw } from '../../src/pictures/draw.js';
import { canDraw, FONT } from '../../src/pictures/fonts.js';
import { palettes } from '../../src/pictures/theme.js';

function pixelsOf(text: string, font: string): Buffer {
  const canvas = createCanvas(200, 60);
  const context = canvas.getContext('2d');
  context.font = font;
  context.fillText(text, 10, 45);
  return Buffer.from(context.getImageData(0, 0, canvas.width, canvas.height).data);
}

describe('the fonts of pictures', () => {
  it.each([400, 600])(
    'write Hangul of weight %d with the one that comes along, whatever the machine has',
    (weight) => {
      const nothing = pixelsOf('', `20px ${FONT}`);
      for (const text of ['한글', 'ㅋㅋ', '쀍']) {
        const pixels = pixelsOf(text, `${weight} 32px ${FONT}`);
        expect(pixels.equals(pixelsOf(text, `${weight} 32px "Nanum Gothic"`))).toBe(true);
        expect(pixels.equals(nothing)).toBe(false);
      }
    },
  );

  it('write the texts of charts as well', () => {
    const titled = (font: object) =>
      draw(
        {
          type: 'bar',
          data: { datasets: [] },
          options: { plugins: { title: { display: true, text: '학습', font } } },
        },
        palettes.dark,
      );
    expect(Buffer.from(titled({})).equals(titled({ family: '"Noto Sans", "Nanum Gothic"' }))).toBe(true);
    expect(Buffer.from(titled({})).equals(titled({ family: 'Noto Sans' }))).toBe(false);
  });

  it('know what they can show', () => {
    expect([...'a~é한ㅋłяΩ'].filter((character) => !canDraw(character))).toEqual([]);
    // Nothing to see, a private one, and none at all.
    expect(['\u200d', '\t', '\ue123', '\u{10ffff}'].filter(canDraw)).toEqual([]);
  });
});
