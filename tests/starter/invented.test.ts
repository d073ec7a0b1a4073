import { describe, expect, it } from 'vitest';
import { roll } from '../../src/rnn/random.js';
import { inventFeelings } from '../../src/starter/feelings.js';
import { invent } from '../../src/starter/invented.js';
import { generateSpam } from '../../src/starter/spam.js';

const dice = (state: number) => {
  const memory = { state };
  return () => roll(memory);
};

describe('invent', () => {
  it('tells the task by its labels, in whatever order, and marks what it invents', () => {
    const marked = (examples: object[]) => examples.map((each) => ({ ...each, invented: true }));
    for (const labels of [
      ['ham', 'spam'],
      ['spam', 'ham'],
    ]) {
      expect(invent(labels, dice(1), 20)).toEqual(marked(generateSpam(dice(1), 20)));
    }
    expect(invent(['positive', 'negative', 'neutral'], dice(1), 20)).toEqual(
      marked(inventFeelings(dice(1), 20)),
    );
  });

  it.each([[['fruit', 'tool']], [['spam']], [['ham', 'spam', 'eggs']], [['negative', 'positive']], [[]]])(
    'knows nothing of %j',
    (labels) => {
      expect(invent(labels, dice(1), 20)).toEqual([]);
    },
  );
});

describe('invented feelings', () => {
  const examples = inventFeelings(dice(1), 17_000);

  it('are the same for the same dice', () => {
    expect(inventFeelings(dice(1), 50)).toEqual(examples.slice(0, 50));
    expect(inventFeelings(dice(2), 50)).not.toEqual(examples.slice(0, 50));
  });

  it('say of each step of the score how often people feel so, and nothing of letters', () => {
    const share = (step: number, label: string) => {
      const ofStep = examples.filter(({ signals }) => signals[0] === `feeling:${step}`);
      expect(ofStep).toHaveLength(1_000);
      return ofStep.filter((each) => each.label === label).length / ofStep.length;
    };
    expect(new Set(examples.map(({ text }) => text))).toEqual(new Set(['']));
    // At 0 the weights are e^0.8, e^1 and e^0.5: shares of 0.34, 0.41 and 0.25.
    expect(share(0, 'negative')).toBeCloseTo(0.34, 1);
    expect(share(0, 'neutral')).toBeCloseTo(0.41, 1);
    // At 1 they are e^-1.9, e^1 and e^3.2.
    expect(share(8, 'positive')).toBeCloseTo(0.9, 1);
    expect(share(-8, 'negative')).toBeCloseTo(0.92, 1);
  });
});
