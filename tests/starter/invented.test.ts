import { describe, expect, it } from 'vitest';
import { roll } from '../../src/rnn/random.js';
import { generateFeelings } from '../../src/starter/feelings.js';
import { invent } from '../../src/starter/invented.js';
import { feelingSignals, lexiconScore } from '../../src/starter/sentiment.js';
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
      marked(generateFeelings(dice(1), 20)),
    );
  });

  it.each([[['fruit', 'tool']], [['spam']], [['ham', 'spam', 'eggs']], [['negative', 'positive']], [[]]])(
    'knows nothing of %j',
    (labels) => {
      expect(invent(labels, dice(1), 20)).toEqual([]);
    },
  );
});

describe('generated feelings', () => {
  const examples = generateFeelings(dice(1), 4_000);

  it('are the same for the same dice', () => {
    expect(generateFeelings(dice(1), 50)).toEqual(examples.slice(0, 50));
    expect(generateFeelings(dice(2), 50)).not.toEqual(examples.slice(0, 50));
  });

  it('have the label and the signals that the lexicon gives them', () => {
    for (const { text, label, signals } of examples) {
      const score = lexiconScore(text);
      expect(label).toBe(score >= 0.2 ? 'positive' : score <= -0.2 ? 'negative' : 'neutral');
      expect(signals).toEqual(feelingSignals(text));
    }
  });

  it('have all labels, none of them rare', () => {
    for (const label of ['negative', 'neutral', 'positive']) {
      const share = examples.filter((each) => each.label === label).length / examples.length;
      expect(share, label).toBeGreaterThan(0.15);
    }
  });

  it('are written out, in English and in Korean', () => {
    for (const { text } of examples) {
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(/\{\w+\}|[[\]]/);
    }
    const korean = examples.filter(({ text }) => /\p{Script=Hangul}/u.test(text)).length;
    expect(korean / examples.length).toBeGreaterThan(0.1);
  });
});
