import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/rnn/evaluation.js';
import { BEGIN } from '../../src/rnn/symbols.js';
import { constantModel, kernel, randomModel } from '../helpers/rnn-models.js';

describe('the bits of a text', () => {
  const bitsOf = (text: string) => evaluate(kernel, constantModel(), text);

  test.each([
    ['a', 1],
    ['ab', 1 + 2],
    ['aab', 1 + 1 + 2],
    ['é', 2 * 14],
    ['🦉a', 4 * 14 + 1],
    ['한', 3 * 3 * 14], // three jamo of three bytes
    ['\ud800', 3 * 14], // a lone surrogate is read as U+FFFD
  ])('%j cost %d', (text, bits) => {
    expect(bitsOf(text).bits).toBeCloseTo(bits, 4);
  });

  test('are divided by the code points as given, before normalization joins them', () => {
    expect(bitsOf('e\u0301')).toMatchObject({ characters: 2 }); // é, in two
    expect(bitsOf('e\u0301').bitsPerCharacter).toBeCloseTo((2 * 14) / 2, 4);
    expect(bitsOf('🦉').characters).toBe(1);
  });

  test('do not depend on how the text falls into sequences', () => {
    const model = randomModel('abcdefgh', { layers: 2 });
    const text = 'abcdefghhgfedcba'.repeat(9); // 144 = 2 · 64 + 16
    const stepper = kernel.createStepper(model.shape, model.parameters, 1);
    let previous = BEGIN;
    let nats = 0;
    for (const symbol of model.vocabulary.encode(text)) {
      const logits = stepper.step(Int32Array.of(previous));
      nats += Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[symbol];
      previous = symbol;
    }
    expect(evaluate(kernel, model, text).bits).toBeCloseTo(nats / Math.LN2, 3);
  });

  test('are not defined for an empty text', () => {
    expect(() => bitsOf('')).toThrow(RangeError);
  });
});
