import { describe, expect, test } from 'vitest';
import { adopt, initialize } from '../../src/rnn/initial.js';
import { cells, layoutOf } from '../../src/rnn/kernel/layout.js';
import { BEGIN } from '../../src/rnn/symbols.js';
import { buildVocabulary } from '../../src/rnn/vocabulary.js';
import { finish, kernel, quickTraining, randomModel } from '../helpers/rnn-models.js';

const before = 'the quick brown fox jumps over the lazy dog. ';
const after = 'THE QUICK BROWN FOX: 여우 ';

describe('a grown vocabulary', () => {
  test('keeps the old symbols in their places and puts the new ones behind', () => {
    const old = buildVocabulary([before], { minCount: 1 });
    const grown = buildVocabulary([after.repeat(3), before], { grown: old });
    expect(grown.codePoints.slice(0, old.codePoints.length)).toEqual(old.codePoints);
    expect(grown.encode(before)).toEqual(old.encode(before));
    expect(grown.idOf('Q'.charCodeAt(0))).toBeGreaterThanOrEqual(old.size);
    expect(new Set(grown.codePoints).size).toBe(grown.codePoints.length);
  });
});

describe('a model that starts from another', () => {
  test.each(cells)('%s: knows what the other knew about its symbols', (cell) => {
    const model = randomModel(before, { cell, layers: 2 });
    const vocabulary = buildVocabulary([after.repeat(3)], { grown: model.vocabulary });
    const shape = { ...model.shape, vocabulary: vocabulary.size };
    const parameters = new Float32Array(layoutOf(shape).size);
    const text = vocabulary.encode(before + after);
    initialize(parameters, layoutOf(shape), text, 1);
    adopt(parameters, layoutOf(shape), model);

    const steppers = [
      kernel.createStepper(model.shape, model.parameters, 1),
      kernel.createStepper(shape, parameters, 1),
    ];
    for (const id of [BEGIN, ...model.vocabulary.encode('the fox')]) {
      const [old, grown] = steppers.map((stepper) => [...stepper.step(Int32Array.of(id))]);
      expect(grown.slice(0, model.shape.vocabulary)).toEqual(old);
    }
  });

  test('learns a grown text faster than one that starts from nothing', () => {
    const hyperparameters = {
      hidden: 24,
      layers: 1,
      batch: 4,
      steps: 16,
      dropout: 0,
      weightDropout: 0,
      learningRate: 0.02,
    };
    const learned = finish(quickTraining(before.repeat(9), { hyperparameters, maxSteps: 200 })).result;
    const text = before.repeat(9) + after.repeat(2);
    const vocabulary = buildVocabulary([text], { minCount: 1, grown: learned.checkpoint.vocabulary });
    const options = {
      hyperparameters,
      vocabulary,
      train: vocabulary.encode(text),
      trainCharacters: [...text].length,
    };
    const cold = finish(quickTraining(text, { ...options, maxSteps: 50 })).result;
    const warm = finish(quickTraining(text, { ...options, maxSteps: 50, from: learned.checkpoint })).result;
    expect(warm.checkpoint.shape).toEqual({ ...learned.checkpoint.shape, vocabulary: vocabulary.size });
    expect(warm.bitsPerCharacter).toBeLessThan(cold.bitsPerCharacter / 2);
  });
});
