import { describe, expect, test } from 'vitest';
import { CheckpointError, encodeCheckpoint } from '../../src/rnn/checkpoint.js';
import { evaluate } from '../../src/rnn/evaluation.js';
import { cells } from '../../src/rnn/kernel/layout.js';
import type { Kernel, Trainer } from '../../src/rnn/kernel/kernel.js';
import { sample } from '../../src/rnn/sampling.js';
import { train, type TrainingError } from '../../src/rnn/training.js';
import { finish, kernel, quickTraining, take } from '../helpers/rnn-models.js';

const sentence = 'The quick brown fox jumps over the lazy dog. 다람쥐 헌 쳇바퀴에 타고파.\n';

/** The kernel, with some losses replaced: step -> loss. */
function faultyKernel(lossAt: (step: number, loss: number) => number): Kernel {
  return {
    ...kernel,
    createTrainer(shape, size): Trainer {
      const trainer = kernel.createTrainer(shape, size);
      const backpropagate: Trainer['backpropagate'] = (inputs, targets, dropout) =>
        lossAt(dropout.step, trainer.backpropagate(inputs, targets, dropout));
      return { ...trainer, backpropagate };
    },
  };
}

describe('training', () => {
  test.each(cells)('a %s learns one sentence by heart', (cell) => {
    const hyperparameters = {
      cell,
      hidden: 48,
      layers: 1,
      steps: 64,
      batch: 2,
      dropout: 0,
      weightDropout: 0,
      learningRate: 0.01,
    };
    const { result } = finish(quickTraining(sentence.repeat(4), { hyperparameters, maxSteps: 300 }));
    expect(result.bitsPerCharacter).toBeLessThan(0.2);
    const options = { kernel, checkpoint: result.checkpoint, prompt: 'The quick', temperature: 0.1, seed: 1 };
    const rest = sentence.slice('The quick'.length);
    expect(take(sample(options), rest.length)).toBe(rest);
  });

  test('with layers and dropout lowers the loss from where frequencies alone would put it', () => {
    const hyperparameters = { hidden: 24, layers: 2, steps: 16, batch: 4, dropout: 0.1, learningRate: 0.01 };
    const { result, curve } = finish(quickTraining(sentence.repeat(20), { hyperparameters, maxSteps: 150 }));
    expect(result.bitsPerCharacter).toBeLessThan(0.7 * curve[0].trainBits);
  });

  test('keeps the best model: its score is that of the held-out text under evaluate', () => {
    const options = quickTraining(sentence.repeat(10), { maxSteps: 60 });
    const heldOut = 'The lazy dog jumps over the quick brown fox.';
    const valid = options.vocabulary.encode(heldOut);
    const { result } = finish({ ...options, valid, validCharacters: [...heldOut].length });
    expect(result.bitsPerCharacter).toBeCloseTo(
      evaluate(kernel, result.checkpoint, heldOut).bitsPerCharacter,
      6,
    );
    expect(result).toMatchObject({ steps: 60, stopped: 'steps' });
  });

  test('resumed at any step goes on with the identical loss curve, to the identical model', () => {
    const options = {
      hyperparameters: { hidden: 12, layers: 2, batch: 3, steps: 8, dropout: 0.2 },
      budgetMs: 900,
    };
    const text = sentence.repeat(6);
    const lossesOf = ({ curve }: ReturnType<typeof finish>) =>
      new Map(
        curve.map((progress) => [
          `${progress.step} at ${progress.elapsedMs}`,
          [progress.trainBits, progress.bitsPerCharacter],
        ]),
      );
    const whole = finish(quickTraining(text, { ...options, maxSteps: 80 }));
    for (const stop of [1, 17, 40]) {
      const first = train(quickTraining(text, { ...options, maxSteps: 80 }));
      let turn = first.next();
      for (let count = 0; count < stop && !turn.done; count++) turn = first.next();
      if (turn.done) throw new Error('the training ended before it was interrupted');
      const resumed = finish(
        quickTraining(text, { ...options, maxSteps: 80, seed: 99, resume: turn.value.save() }),
      );
      const expected = lossesOf(whole);
      const actual = lossesOf(resumed);
      expect(actual.size).toBeGreaterThan(10);
      for (const [step, losses] of actual) expect(losses, step).toEqual(expected.get(step));
      expect(encodeCheckpoint(resumed.result.checkpoint)).toEqual(encodeCheckpoint(whole.result.checkpoint));
    }
  });

  test('is not resumed with another model to start from', () => {
    const from = finish(quickTraining(sentence)).result.checkpoint;
    const { value } = train(quickTraining(sentence, { from })).next();
    if (!value || !('save' in value)) throw new Error('no progress');
    const resume = value.save();
    finish(quickTraining(sentence, { from, resume }));
    const other = finish(quickTraining(sentence, { seed: 77 })).result.checkpoint;
    expect(() => finish(quickTraining(sentence, { from: other, resume }))).toThrow(CheckpointError);
    expect(() => finish(quickTraining(sentence, { resume }))).toThrow(CheckpointError);
  });

  test('is not resumed on another text, nor from damaged bytes', () => {
    const { value } = train(quickTraining(sentence)).next();
    if (!value || !('save' in value)) throw new Error('no progress');
    const saved = value.save();
    expect(() => finish(quickTraining(`${sentence}!`, { resume: saved }))).toThrow(CheckpointError);
    expect(() => finish(quickTraining(sentence, { resume: saved.subarray(0, -9) }))).toThrow(CheckpointError);
    saved[saved.length - 1] ^= 1;
    expect(() => finish(quickTraining(sentence, { resume: saved }))).toThrow(CheckpointError);
  });

  test('stops when the budget is used up: 10 ms at each look at the clock', () => {
    const { result, curve } = finish(
      quickTraining(sentence.repeat(9), { maxSteps: Infinity, budgetMs: 1000 }),
    );
    expect(result.stopped).toBe('budget');
    expect(result.steps).toBeLessThan(100);
    expect(curve.every(({ fraction }) => fraction >= 0 && fraction <= 1)).toBe(true);
  });

  test('stops when the held-out text no longer gets cheaper', () => {
    const options = quickTraining('abab'.repeat(30), { maxSteps: 5000 });
    const { result } = finish({
      ...options,
      valid: options.vocabulary.encode('bbaaabba'),
      validCharacters: 8,
    });
    expect(result.stopped).toBe('converged');
    expect(result.steps).toBeLessThan(5000);
  });

  test('takes a loss that is not a number for an accident, and goes on', () => {
    const stumbling = faultyKernel((step, loss) => (step === 20 || step === 21 ? NaN : loss));
    const { result, curve } = finish(quickTraining(sentence.repeat(9), { kernel: stumbling, maxSteps: 60 }));
    expect(result.steps).toBe(60);
    expect(curve.at(-1)).toMatchObject({ setbacks: 2, setback: 'diverged' });
    expect(result.checkpoint.parameters.every(Number.isFinite)).toBe(true);
  });

  test('goes back to its best state when the loss explodes, and takes smaller steps from there', () => {
    const exploding = faultyKernel((step, loss) => (step === 40 ? 1e6 : loss));
    const { curve } = finish(quickTraining(sentence.repeat(9), { kernel: exploding, maxSteps: 60 }));
    const lossAt = (wanted: number) => curve.find(({ step }) => step === wanted)?.trainBits;
    expect(lossAt(40)).toBe(lossAt(39)); // the explosion is no part of the curve
    expect(curve.at(-1)).toMatchObject({ setbacks: 1, setback: 'diverged' });
  });

  test('gives up when the steps are too large for any network', () => {
    const hyperparameters = { hidden: 16, layers: 1, batch: 4, steps: 16, learningRate: 1e5 };
    expect(() => finish(quickTraining(sentence.repeat(9), { hyperparameters, maxSteps: 500 }))).toThrow(
      expect.objectContaining({ reason: 'diverged' }) as TrainingError,
    );
  });

  test('gives up when no loss is a number', () => {
    const broken = faultyKernel(() => NaN);
    expect(() => finish(quickTraining(sentence, { kernel: broken, maxSteps: 60 }))).toThrow(
      expect.objectContaining({ reason: 'diverged' }) as TrainingError,
    );
  });
});

describe('odd texts are learned like any other:', () => {
  const tenThousand = Array.from({ length: 10_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(
    '',
  );
  test.each([
    ['one character', 'x'],
    ['two characters', '한x'],
    ['one character repeated', 'z'.repeat(3000)],
    ['10,000 distinct characters', tenThousand],
    ['emoji', '👩🏽‍🚀🇰🇷🦉'.repeat(20)],
    ['three scripts', '안녕 hello مرحبا '.repeat(20)],
    ['lone surrogates', '\ud83d\ude00\ud83d '.repeat(9)],
  ])('%s', (_, text) => {
    const hyperparameters = { hidden: 4, batch: 2, steps: 8, dropout: 0.1 };
    const options = quickTraining(text, { hyperparameters, maxSteps: 3 });
    const { result } = finish({ ...options, valid: options.train.slice(-200) });
    expect(result.bitsPerCharacter).toBeGreaterThan(0);
    expect(result.bitsPerCharacter).toBeLessThan(60);
    expect([
      ...take(sample({ kernel, checkpoint: result.checkpoint, prompt: text.slice(0, 9), seed: 1 }), 9),
    ]).toHaveLength(9);
  });

  test('only an empty one is refused, with the reason', () => {
    expect(() => finish(quickTraining(''))).toThrow(
      expect.objectContaining({ reason: 'empty_text' }) as TrainingError,
    );
  });
});
