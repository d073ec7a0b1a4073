import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sample } from '../../src/rnn/sampling.js';
import { constantModel, kernel, randomModel, take } from '../helpers/rnn-models.js';

const model = randomModel('abcdefg hij', { hidden: 8 });

describe('a sample', () => {
  test('is the same for the same seed, and another for another', () => {
    const text = (seed: number) => take(sample({ kernel, checkpoint: model, prompt: 'a', seed }), 100);
    expect(text(7)).toBe(text(7));
    expect(text(7)).not.toBe(text(8));
  });

  test('depends on the prompt, and takes any', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (prompt) => {
        expect([...take(sample({ kernel, checkpoint: model, prompt, seed: 1 }), 5)]).toHaveLength(5);
      }),
      { numRuns: 50 },
    );
    take(sample({ kernel, checkpoint: model, prompt: '\ud800 한 🦉', seed: 1 }), 5);
  });

  test('has the frequencies that the model says: a 1/2, b 1/4', () => {
    const text = take(sample({ kernel, checkpoint: constantModel(), prompt: '', seed: 1 }), 4000);
    // Other symbols spell something or nothing, so count a against b: 2 to 1.
    const share = text.split('a').length / (text.split('a').length + text.split('b').length);
    expect(share).toBeCloseTo(2 / 3, 1);
  });

  test('is certain at temperature 0.1 and finite at 2: 2^-7 against 2^-1', () => {
    expect(
      take(sample({ kernel, checkpoint: constantModel(), prompt: '', seed: 1, temperature: 0.1 }), 60),
    ).toMatch(/^[ab]+$/);
    expect([
      ...take(sample({ kernel, checkpoint: constantModel(), prompt: '', seed: 1, temperature: 2 }), 60),
    ]).toHaveLength(60);
  });

  test('never has what must not come', () => {
    const never = (codePoint: number) => codePoint !== 0x62;
    // Half-bytes may still come, but hardly at this temperature.
    const text = take(
      sample({ kernel, checkpoint: constantModel(), prompt: '', seed: 1, temperature: 0.1, never }),
      50,
    );
    expect(text).toBe('b'.repeat(50));
  });

  test('refuses a temperature that is none', () => {
    for (const temperature of [0, -1, NaN, Infinity]) {
      expect(() => sample({ kernel, checkpoint: model, prompt: '', seed: 1, temperature }).next()).toThrow(
        RangeError,
      );
    }
  });
});
