import type { Progress } from '../rnn/training.js';
import type { CurvePoint } from './report.js';

/** Looks per budget: enough for a picture. */
const POINTS = 200;

/** Collects looks at a training, evenly over its budget, so that a training of days has no more than one of minutes. */
export function createCurve(budgetMs: number, before: readonly CurvePoint[]) {
  const points = [...before];
  const interval = budgetMs / POINTS;
  let due = (points.at(-1)?.trainedMs ?? -Infinity) + interval;
  let noted = points.findLast(({ bitsPerCharacter }) => bitsPerCharacter !== undefined)?.bitsPerCharacter;

  return {
    points: (): CurvePoint[] => [...points],
    note({ step, trainBits, bitsPerCharacter }: Progress, trainedMs: number): void {
      // Before the first step there is no loss to tell.
      if (step === 0 || trainedMs < due) return;
      const isNew = bitsPerCharacter !== noted;
      points.push({ trainedMs, loss: trainBits, bitsPerCharacter: isNew ? bitsPerCharacter : undefined });
      noted = bitsPerCharacter;
      due = trainedMs + interval;
    },
  };
}
