import { type Feeling, FEELING_STEPS, feelingSignal } from './sentiment.js';

/** What the lexicon's score alone says of a text. */
export interface InventedFeeling {
  /** Empty: of the letters of an unknown server nothing is known. */
  text: string;
  signals: readonly string[];
  label: Feeling;
}

const FEELINGS = ['negative', 'neutral', 'positive'] as const;

/**
 * How a classifier is told what the lexicon's score means before it has seen a message: each step as often as another,
 * and its feelings drawn as often as people gave them (docs/experiments.md).
 */
export function inventFeelings(random: () => number, count: number): InventedFeeling[] {
  return Array.from({ length: count }, (_, index) => {
    const step = (index % (2 * FEELING_STEPS + 1)) - FEELING_STEPS;
    return { text: '', signals: feelingSignal(step), label: draw(shares(step / FEELING_STEPS), random) };
  });
}

/** Of a score from -1 to 1: a multinomial logistic fit to people's labels of tweets and comments, as if each were as frequent. */
function shares(score: number): number[] {
  const weights = [-2.7 * score + 0.8, 1, 2.7 * score + 0.5].map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight);
  return weights.map((weight) => weight / total);
}

function draw([negative, neutral]: number[], random: () => number): Feeling {
  const drawn = random();
  return FEELINGS[drawn < negative ? 0 : drawn < negative + neutral ? 1 : 2];
}
