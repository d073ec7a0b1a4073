import { inventFeelings } from './feelings.js';
import { generateSpam } from './spam.js';

/** An invented example, which teaches what spam or a feeling looks like anywhere. */
export interface InventedExample {
  text: string;
  signals: readonly string[];
  label: string;
  invented: true;
}

/** As many as teach all kinds of them. */
export const INVENTED = 8_000;

/** Invented examples of a task, which its labels tell; none where the labels are of no task of ours. */
export function invent(labels: readonly string[], random: () => number, count = INVENTED): InventedExample[] {
  const examples = generatorFor([...labels].sort().join())?.(random, count) ?? [];
  return examples.map((example) => ({ ...example, invented: true }));
}

function generatorFor(labels: string) {
  if (labels === 'ham,spam') return generateSpam;
  return labels === 'negative,neutral,positive' ? inventFeelings : undefined;
}
