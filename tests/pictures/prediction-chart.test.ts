import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../src/i18n/index.js';
import { pictures as ko } from '../../src/i18n/ko/pictures.js';
import { predictionChart } from '../../src/pictures/prediction-chart.js';
import type { PredictionData } from '../../src/pictures/protocol.js';
import { colorOf, readableOn, setInLines } from '../../src/pictures/strip.js';
import { palettes } from '../../src/pictures/theme.js';

const en = stringsFor('en');
const surprise = (text: string) => [...text].map((character) => ({ character, bits: 1 }));
const next = (character: string, probability: number, end = false) => ({ character, end, probability });
const prediction = (change: Partial<PredictionData>) => ({
  next: [],
  rest: 0,
  surprise: [],
  bitsPerCharacter: 2,
  typical: undefined,
  ...change,
});

describe('the bars of the next characters', () => {
  const barsOf = (change: Partial<PredictionData>) => {
    const { labels, datasets } = predictionChart(prediction(change), palettes.dark, en).chart.data;
    return labels?.map((label, index) => [label, datasets[0].data[index]]);
  };

  it('name what cannot be seen, and add up to one with the others', () => {
    const bars = barsOf({
      next: [next('e', 0.5), next(' ', 0.2), next('\n', 0.1), next('', 0.08, true), next('\u200d', 0.07)],
      rest: 0.05,
    });
    expect(bars).toEqual([
      ['e', 0.5],
      ['space', 0.2],
      ['new line', 0.1],
      ['end of the message', 0.08],
      ['U+200D', 0.07],
      ['all others', 0.05],
    ]);
  });

  it('are ten; the eleventh belongs to the others', () => {
    const bars = barsOf({
      next: [...'abcdefghijk'].map((character) => next(character, 0.0625)),
      rest: 0.3125,
    });
    expect(bars).toHaveLength(11);
    expect(bars?.at(-1)).toEqual(['all others', 0.375]); // 0.3125 + 0.0625
  });

  it('have no others when there are none', () => {
    expect(barsOf({ next: [next('a', 1)] })).toEqual([['a', 1]]);
  });
});

describe('the strip of a text', () => {
  const linesOf = (text: string, width: number) => {
    const { cells } = setInLines(surprise(text), width);
    return cells.reduce<string[]>((lines, { character, row }) => {
      lines[row] = (lines[row] ?? '') + character;
      return lines;
    }, []);
  };

  it('breaks lines between words, after a line break, and within what is longer than a line', () => {
    const width = 6 * 30;
    expect(linesOf('one two three', width)).toEqual(['one ', 'two ', 'three']);
    expect(linesOf('a\nb', width)).toEqual(['a\n', 'b']);
    expect(linesOf('hippopotamus', width)).toEqual(['hippop', 'otamus']);
  });

  it('gives two columns to what it can show only by its code point', () => {
    const { cells } = setInLines(surprise('a\u200db'), 10 * 30);
    expect(cells.map(({ column, span }) => [column, span])).toEqual([
      [0, 1],
      [1, 2],
      [3, 1],
    ]);
  });

  it('sets long texts smaller, and makes the picture higher', () => {
    const of = (length: number) =>
      prediction({ next: [next('a', 1)], surprise: surprise('가'.repeat(length)) });
    const heightOf = (length: number) => predictionChart(of(length), palettes.dark, en).height;
    expect(setInLines(surprise('가'.repeat(400)), 772)).toMatchObject({ cellWidth: 24 });
    expect(setInLines(surprise('가'.repeat(20)), 772)).toMatchObject({ cellWidth: 30 });
    expect(setInLines([], 772).height).toBe(0);
    expect(heightOf(400)).toBeGreaterThan(heightOf(20));
    expect(heightOf(20)).toBeGreaterThan(heightOf(0));
  });
});

describe.each(['dark', 'light'] as const)('the colours of surprise, %s', (theme) => {
  const palette = palettes[theme];

  it('go by whole bits, the last one for all that is more', () => {
    expect(colorOf(0.4, palette)).toBe(palette.surprise[0]);
    expect(colorOf(9.6, palette)).toBe(palette.surprise[10]);
    expect(colorOf(300, palette)).toBe(palette.surprise[10]);
  });

  it('change in lightness by equal steps, so that one need not see the hue', () => {
    const lightness = palette.surprise.map(lightnessOf);
    const steps = lightness.slice(1).map((value, index) => value - lightness[index]);
    const mean = (lightness[10] - lightness[0]) / 10;
    for (const step of steps) expect(step / mean).toBeCloseTo(1, 0);
  });

  it('leave every character readable', () => {
    for (const color of palette.surprise) {
      const [light, dark] = [luminanceOf(color), luminanceOf(readableOn(color))].sort((a, b) => b - a);
      // What the WCAG ask of small text.
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(4.5);
    }
  });
});

describe('what is said in place of the picture of a prediction', () => {
  const data = prediction({
    next: [next('e', 0.42), next(' ', 0.2), next('', 0.1, true)],
    surprise: surprise('th'),
  });

  it('tells the mean and the likeliest', () => {
    expect(en.pictures.predictionAlt(data)).toBe(
      "How much each of the text's 2 characters surprised the model, 2.00 bits each on average, " +
        'and what it expects next: “e” 42 %, a space 20 %, the end of the message 10 %.',
    );
    expect(ko.predictionAlt(data)).toContain('‘e’ 42%, 띄어쓰기 20%, 메시지 끝 10%');
    expect(en.pictures.predictionAlt({ ...data, surprise: [] })).toMatch(
      /^What the model expects at the beginning/,
    );
  });
});

function luminanceOf(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** CIE L*, from 0 to 100. */
function lightnessOf(color: string): number {
  const luminance = luminanceOf(color);
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
}
