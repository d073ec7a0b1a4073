import { describe, expect, it } from 'vitest';
import { openClassifier } from '../../src/classifier/classifier.js';
import { explain } from '../../src/classifier/explanation.js';
import { kernel, smallClassifier } from '../helpers/classifiers.js';

const classifier = openClassifier(kernel, smallClassifier());

function weightsOf(text: string, label = 'spam'): Float32Array {
  return explain(classifier, { text, signals: [] }, label).weights;
}

describe('explain', () => {
  it('gives the word that decides the most weight, all its letters alike, and blanks none', () => {
    const text = 'hello my free friend';
    const weights = weightsOf(text);
    const strongest = Math.max(...weights);
    expect([...text].filter((_, at) => weights[at] === strongest).join('')).toBe('free');
    for (const [at, unit] of [...text].entries()) if (unit === ' ') expect(weights[at]).toBe(0);
  });

  it('is negative where a word speaks against the label, and turned round for the other of two', () => {
    const text = 'free later';
    const [spam, ham] = [weightsOf(text), weightsOf(text, 'ham')];
    expect(spam[0]).toBeGreaterThan(0);
    expect(spam.at(-1)).toBeLessThan(0);
    spam.forEach((weight, at) => expect(ham[at]).toBeCloseTo(-weight, 3));
  });

  it('says what a word alone adds to the log-odds, shared among its letters', () => {
    const odds = (text: string) => {
      const [[ham, spam]] = classifier.classify([{ text, signals: [] }]);
      return Math.log(spam / ham);
    };
    expect(weightsOf('free later')[0]).toBeCloseTo((odds('free later') - odds(' later')) / 4, 3);
  });

  it('answers as the classifier does', () => {
    const input = { text: 'free money', signals: ['links:1'] };
    expect(explain(classifier, input, 'spam').probabilities).toEqual(classifier.classify([input])[0]);
  });

  it('never weighs the halves of a surrogate pair differently', () => {
    const text = 'free 🎁🎉 money 👩🏽‍🚀 now 𝓯𝓻𝓮𝓮';
    const weights = weightsOf(text);
    expect(weights).toHaveLength(text.length);
    let at = 0;
    for (const character of text) {
      if (character.length === 2) expect(weights[at]).toBe(weights[at + 1]);
      at += character.length;
    }
  });

  it.each(['', '   ', '\n'])('has no weight to give in %j', (text) => {
    const { weights, probabilities } = explain(classifier, { text, signals: [] }, 'spam');
    expect(weights).toEqual(new Float32Array(text.length));
    expect(probabilities[0] + probabilities[1]).toBeCloseTo(1);
  });

  it('takes the words of a wall of text together, at most 48 parts', () => {
    const text = 'later '.repeat(10_000);
    const weights = weightsOf(text);
    expect(weights).toHaveLength(text.length);
    expect(weights.every(Number.isFinite)).toBe(true);
    // 10,000 / 48 rounded up are 209 words a part, so the blank after the first word lies within one, the 209th between.
    expect(weights[5]).toBe(weights[0]);
    expect(weights[209 * 6 - 1]).toBe(0);
  });
});
