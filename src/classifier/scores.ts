import type { LabelScores } from './tasks.js';

export interface Scores {
  readonly examples: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly macroRecall: number;
  readonly labels: Readonly<Record<string, LabelScores>>;
  /** Expected calibration error: how far confidence and accuracy are apart, on average, in bins of confidence. */
  readonly calibrationError: number;
}

/** Bins of equal width, as in Guo et al. 2017. */
const BINS = 15;

/**
 * Compares answers with the truth.
 * @param probabilities (examples), each (C)
 * @param truth (examples), an index of `labels`
 */
export function scoresOf(
  probabilities: readonly ArrayLike<number>[],
  truth: ArrayLike<number>,
  labels: readonly string[],
): Scores {
  const answers = probabilities.map(highest);
  const hits = answers.filter((answer, index) => answer === truth[index]).length;
  const perLabel = labels.map((_, label) => scoresOfLabel(answers, truth, label));
  return {
    examples: answers.length,
    accuracy: share(hits, answers.length),
    macroF1: mean(perLabel.map(({ f1 }) => f1)),
    macroRecall: mean(perLabel.map(({ recall }) => recall)),
    labels: Object.fromEntries(labels.map((label, index) => [label, perLabel[index]])),
    calibrationError: calibrationError(probabilities, answers, truth),
  };
}

/** The index of the largest number, the first of several. */
export function highest(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < numbers.length; index++) if (numbers[index] > numbers[best]) best = index;
  return best;
}

function scoresOfLabel(answers: number[], truth: ArrayLike<number>, label: number): LabelScores {
  let given = 0;
  let right = 0;
  let support = 0;
  answers.forEach((answer, index) => {
    if (answer === label) given += 1;
    if (truth[index] === label) support += 1;
    if (answer === label && truth[index] === label) right += 1;
  });
  // 2 · right / (given + support) is the harmonic mean of precision and recall, without a division by nothing.
  return {
    precision: share(right, given),
    recall: share(right, support),
    f1: share(2 * right, given + support),
    support,
  };
}

function calibrationError(
  probabilities: readonly ArrayLike<number>[],
  answers: number[],
  truth: ArrayLike<number>,
): number {
  const gaps = new Float64Array(BINS);
  answers.forEach((answer, index) => {
    const confidence = probabilities[index][answer];
    const bin = Math.min(BINS - 1, Math.floor(confidence * BINS));
    gaps[bin] += (answer === truth[index] ? 1 : 0) - confidence;
  });
  return share(
    gaps.reduce((sum, gap) => sum + Math.abs(gap), 0),
    answers.length,
  );
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function mean(numbers: number[]): number {
  return share(
    numbers.reduce((sum, value) => sum + value, 0),
    numbers.length,
  );
}
