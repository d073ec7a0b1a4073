import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../src/i18n/index.js';
import { lossCurveChart } from '../../src/pictures/loss-curve-chart.js';
import type { LossCurveData } from '../../src/pictures/protocol.js';
import { palettes } from '../../src/pictures/theme.js';

const en = stringsFor('en');
const MINUTE_MS = 60_000;

const data: LossCurveData = {
  points: [
    { trainedMs: 1 * MINUTE_MS, loss: 3.5, bitsPerCharacter: 3 },
    { trainedMs: 2 * MINUTE_MS, loss: 2.5, bitsPerCharacter: undefined },
    { trainedMs: 3 * MINUTE_MS, loss: 2, bitsPerCharacter: 2.2 },
    { trainedMs: 4 * MINUTE_MS, loss: 2.2, bitsPerCharacter: 2.4 },
  ],
  liveBitsPerCharacter: 2.3,
  ngramBitsPerCharacter: 2.75,
  bitsPerCharacter: 2.19,
};

function linesOf(data: LossCurveData) {
  const { data: drawn } = lossCurveChart(data, palettes.dark, en);
  const lines = drawn.datasets.map(({ yAxisID, data }) => ({
    yAxisID,
    points: data.map(({ x, y }) => [x, y]),
  }));
  return {
    heldOut: lines.filter(({ yAxisID }) => yAxisID === 'heldOut').map(({ points }) => points),
    loss: lines.filter(({ yAxisID }) => yAxisID === 'loss').map(({ points }) => points),
  };
}

describe('the chart of a training', () => {
  it('has what was measured over minutes, with its setbacks, and the loss apart, for it has another unit', () => {
    const { heldOut, loss } = linesOf(data);
    expect(heldOut[1]).toEqual([
      [1, 3],
      [3, 2.2],
      [4, 2.4],
    ]);
    expect(loss).toEqual([
      [
        [1, 3.5],
        [2, 2.5],
        [3, 2],
        [4, 2.2],
      ],
    ]);
    const chart = lossCurveChart(data, palettes.dark, en);
    expect(chart.options?.scales).toMatchObject({
      heldOut: { min: 2, max: 3, ticks: { stepSize: 0.2 } },
      x: { title: { text: 'Time trained, minutes' } },
    });
  });

  it('marks the model that came out of it where it was best, and what it compares with all the way', () => {
    const [result, , live, ngram] = linesOf(data).heldOut;
    expect(result).toEqual([
      [3, 2.19],
      [4, 2.19],
    ]);
    expect(live).toEqual([
      [0, 2.3],
      [4, 2.3],
    ]);
    expect(ngram).toEqual([
      [0, 2.75],
      [4, 2.75],
    ]);
    const alone = { ...data, liveBitsPerCharacter: undefined, ngramBitsPerCharacter: undefined };
    expect(linesOf(alone).heldOut).toHaveLength(2);
  });

  it('counts a short training in seconds', () => {
    const short = { ...data, points: [{ trainedMs: 1_500, loss: 4, bitsPerCharacter: 5 }] };
    expect(linesOf(short).heldOut[1]).toEqual([[1.5, 5]]);
  });

  it('shows points while there is room for them', () => {
    const points = Array.from({ length: 200 }, (_, index) => ({
      trainedMs: index * MINUTE_MS,
      loss: 2,
      bitsPerCharacter: index < 40 ? 2 : undefined,
    }));
    const { datasets } = lossCurveChart({ ...data, points }, palettes.dark, en).data;
    expect([datasets[1].pointRadius, datasets.at(-1)?.pointRadius]).toEqual([3, 0]);
  });

  it('marks the result at the end when nothing was measured on the way', () => {
    const { heldOut, loss } = linesOf({ ...data, points: [] });
    expect(heldOut.slice(0, 2)).toEqual([
      [
        [1, 2.19],
        [1, 2.19],
      ],
      [],
    ]);
    expect(loss).toEqual([[]]);
  });
});

describe('what is said in place of the chart of a training', () => {
  it('tells the way, the result and what it compares with', () => {
    expect(en.pictures.lossCurveAlt(data)).toBe(
      'How a training went, on text it did not learn from: from 3.00 to 2.19 bits per character; lower is better. ' +
        'For comparison, the live model has 2.30 and an n-gram 2.75.',
    );
    const alone = {
      points: [],
      bitsPerCharacter: 2,
      liveBitsPerCharacter: undefined,
      ngramBitsPerCharacter: undefined,
    };
    expect(en.pictures.lossCurveAlt(alone)).toBe(
      'How a training went, on text it did not learn from: 2.00 bits per character; lower is better.',
    );
  });
});
