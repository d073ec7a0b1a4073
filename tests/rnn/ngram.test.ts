import { describe, expect, test } from 'vitest';
import { createNgram, scoreNgrams } from '../../src/rnn/ngram.js';

const UNICODE = 0x110000;
const uniform = 1 / UNICODE;

/** An n-gram that has learned this text. */
function countNgrams(text: string, order: number) {
  const ngram = createNgram(order);
  ngram.learn(text);
  return ngram;
}

describe('a Witten-Bell n-gram', () => {
  // a is followed by b twice and ends the text; b is followed by a twice: of n = 5 characters d = 2 differ.
  const ngram = countNgrams('ababa', 2);
  const a = (3 + 2 * uniform) / (5 + 2);
  const b = (2 + 2 * uniform) / (5 + 2);

  test.each([
    ['order 1 ignores the context', 'a', 'a', 0, a],
    ['order 2 has seen b after a twice', 'a', 'b', 1, (2 + 1 * b) / (2 + 1)],
    ['what never followed gets the escape alone', 'a', 'a', 1, (0 + 1 * a) / (2 + 1)],
    ['only the last characters of a context count', 'xxb', 'a', 1, (2 + 1 * a) / (2 + 1)],
    ['a context that was never seen is left out', 'x', 'a', 1, a],
    [
      'a character that was never seen costs two escapes and a draw from Unicode',
      '',
      '🦉',
      0,
      (2 * uniform) / 7,
    ],
  ])('%s', (_, context, character, index, probability) => {
    expect(ngram.probabilities(context, character)[index]).toBeCloseTo(probability, 12);
  });

  test('spreads exactly one over all of Unicode', () => {
    const { probabilities } = countNgrams('to be or not to be', 4);
    const seen = [...new Set('to be or not to be')];
    for (const context of ['', 'to ', 'ot', 'zzz']) {
      const unseen = probabilities(context, '🦉').map((one) => one * (UNICODE - seen.length));
      seen.forEach((character) =>
        probabilities(context, character).forEach((one, index) => (unseen[index] += one)),
      );
      unseen.forEach((sum) => expect(sum).toBeCloseTo(1, 9));
    }
  });

  test('pays for a text from its first character on', () => {
    // Nothing comes before the first a, so that every order predicts it by frequency alone.
    const [order1, order2] = ngram.bits('ab');
    expect(order1).toBeCloseTo(-Math.log2(a) - Math.log2(b), 9);
    expect(order2).toBeCloseTo(-Math.log2(a) - Math.log2((2 + b) / 3), 9);
  });

  test('counts a text in pieces as it counts the whole', () => {
    // Long enough for its tables to grow a few times.
    const text = Array.from({ length: 5_000 }, (_, index) => String((index * index) % 997)).join(' ');
    const pieces = createNgram(4);
    for (let start = 0; start < text.length; start += 7) pieces.learn(text.slice(start, start + 7));
    expect(pieces.bits(text)).toEqual(countNgrams(text, 4).bits(text));
  });

  test('scores by code points and finds the best order', () => {
    const { byOrder, best } = scoreNgrams('🦉🐁'.repeat(50), '🦉🐁🦉🐁', 3);
    expect(byOrder[0]).toBeGreaterThan(0.9); // one of two
    expect(byOrder[1]).toBeLessThan(0.5); // known but for the first
    expect(best).toBeGreaterThan(1);
  });
});
