import { describe, expect, it } from 'vitest';
import { learnMixture, type Mixture, mixOpinions, type Opinions } from '../../src/classifier/calibration.js';

/** ln of the probabilities (1 - p, p). */
function sure(p: number): Float32Array {
  return Float32Array.of(Math.log(1 - p), Math.log(p));
}

const none = Float32Array.of(0, 0);

describe('mixOpinions', () => {
  it('adds what both experts say, each as far as it is trusted', () => {
    const mixture: Mixture = { reader: 0.5, table: 2, bias: Float32Array.of(0, 0.1) };
    // Logits: 0.5 ln 0.2 + 2 · 1, and 0.5 ln 0.8 + 2 · 0 + 0.1; the odds are e to their difference.
    const [first, second] = mixOpinions(mixture, { reader: sure(0.8), table: Float32Array.of(1, 0) });
    expect(Math.log(second / first)).toBeCloseTo(0.5 * Math.log(4) - 2 + 0.1);
    expect(first + second).toBeCloseTo(1);
  });
});

describe('learnMixture', () => {
  const truth = Array.from({ length: 1_000 }, (_, index) => index % 2);
  const right = (index: number) => sure(truth[index] ? 0.9 : 0.1);
  const wrong = (index: number) => sure(Math.floor(index / 2) % 2 ? 0.9 : 0.1); // right half of the time

  it('trusts the expert that is right', () => {
    const readerIsRight = truth.map((_, i): Opinions => ({ reader: right(i), table: wrong(i) }));
    const trusting = learnMixture(readerIsRight, truth, 2);
    expect(trusting.reader).toBeGreaterThan(1);
    expect(Math.abs(trusting.table)).toBeLessThan(0.2);

    const tableIsRight = truth.map((_, i): Opinions => ({ reader: wrong(i), table: right(i) }));
    const other = learnMixture(tableIsRight, truth, 2);
    expect(other.table).toBeGreaterThan(1);
    expect(Math.abs(other.reader)).toBeLessThan(0.2);
  });

  it('tempers an expert that is surer than it is right', () => {
    // The table says 99.9 %, and is right three times in four.
    const opinions = truth.map((label, i): Opinions => {
      const said = Math.floor(i / 2) % 4 === 0 ? 1 - label : label;
      return { reader: none, table: sure(said ? 0.999 : 0.001) };
    });
    const mixture = learnMixture(opinions, truth, 2);
    expect(mixOpinions(mixture, { reader: none, table: sure(0.999) })[1]).toBeCloseTo(0.75, 1);
    expect(mixture.table).toBeCloseTo(Math.log(3) / Math.log(999), 1); // ln(0.75 / 0.25) = 0.16 · ln(0.999 / 0.001)
  });

  it('leans to a label that is more common than the experts think', () => {
    const rare = truth.map((_, i) => (i % 10 === 0 ? 1 : 0));
    const opinions = rare.map((): Opinions => ({ reader: none, table: none }));
    const mixture = learnMixture(opinions, rare, 2);
    expect(mixOpinions(mixture, opinions[0])[1]).toBeCloseTo(0.1, 1);
  });

  it('stays near the start where there is little to learn from', () => {
    const start = { reader: 0.1, table: 0.9 };
    const opinions = [0, 1, 2].map((i): Opinions => ({ reader: right(i), table: wrong(i) }));
    const mixture = learnMixture(opinions, [0, 1, 0], 2);
    expect(Math.abs(mixture.reader - start.reader)).toBeLessThan(0.3);
    expect(Math.abs(mixture.table - start.table)).toBeLessThan(0.3);
    expect(learnMixture([], [], 2)).toEqual({ ...start, bias: Float32Array.of(0, 0) });
  });
});
