import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/rnn/training.js';
import { createCurve } from '../../src/training/training-curve.js';

const look = (step: number, bitsPerCharacter?: number) =>
  ({ step, trainBits: 100 / (step + 1), bitsPerCharacter }) as Progress;

describe('the curve of a training', () => {
  it('has about 200 points evenly over the budget, however long it is and however often it is looked at', () => {
    for (const budgetMs of [2_000, 5 * 86_400_000]) {
      const curve = createCurve(budgetMs, []);
      for (let step = 1; step <= 10_000; step++) curve.note(look(step), (step / 10_000) * budgetMs);
      const points = curve.points();
      expect(points).toHaveLength(200);
      // 10,000 looks at 200 intervals: every 50th is kept, from the first on.
      expect(points[1].trainedMs - points[0].trainedMs).toBeCloseTo(budgetMs / 200, 6);
      expect(points[1].loss).toBeCloseTo(100 / 52, 12);
    }
  });

  it('tells a held-out score once, at the first point after it was measured', () => {
    const curve = createCurve(2_000, []); // a point every 10 ms
    const scores = [undefined, 3, 3, 2.5, 2.5];
    scores.forEach((bits, index) => curve.note(look(index + 1, bits), index * 10));
    expect(curve.points().map((point) => point.bitsPerCharacter)).toEqual([
      undefined,
      3,
      undefined,
      2.5,
      undefined,
    ]);
  });

  it('says nothing before the first step', () => {
    const curve = createCurve(2_000, []);
    curve.note(look(0, 3), 0);
    expect(curve.points()).toEqual([]);
    curve.note(look(1, 3), 1);
    expect(curve.points()).toEqual([{ trainedMs: 1, loss: 50, bitsPerCharacter: 3 }]);
  });

  it('goes on where a pause left it, without telling the last score again', () => {
    const before = createCurve(2_000, []);
    before.note(look(1, 3), 0);
    before.note(look(2, 3), 10);
    const after = createCurve(2_000, before.points());
    after.note(look(3, 3), 15);
    after.note(look(4, 3), 20);
    expect(after.points().slice(0, 2)).toEqual(before.points());
    expect(after.points().slice(2)).toEqual([{ trainedMs: 20, loss: 20, bitsPerCharacter: undefined }]);
  });
});
