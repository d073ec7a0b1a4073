import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../src/rnn/checkpoint.js';
import { allowedSymbols } from '../../src/rnn/draw.js';
import { evaluate } from '../../src/rnn/evaluation.js';
import { type Asking, nextCharacters, surprise } from '../../src/rnn/prediction.js';
import { createRows, type Row } from '../../src/rnn/rows.js';
import { constantModel, kernel, loopingModel, randomModel } from '../helpers/rnn-models.js';

function ask<Result>(
  { checkpoint, beside = 0 }: { checkpoint: Checkpoint; beside?: number },
  question: (row: Row) => Asking<Result>,
): Result {
  const rows = createRows(kernel, checkpoint, 4);
  const results: Result[] = [];
  // Others that begin before and end before: so that the row moves while it is read.
  for (let other = 1; other <= beside; other++)
    rows.begin(function* () {
      for (let left = other * 3; left > 0; left--) yield 32;
    });
  rows.begin(function* (row) {
    results.push(yield* question(row));
  });
  while (rows.texts > 0) rows.step();
  return results[0];
}

const next = (
  checkpoint: Checkpoint,
  text: string,
  options: { count?: number; leftOut?: string; beside?: number } = {},
) =>
  ask({ checkpoint, beside: options.beside ?? 0 }, function* (row) {
    const { logits } = yield* surprise(checkpoint.vocabulary, '', [...text]);
    const last = [...text].at(-1)?.codePointAt(0) ?? -1;
    const leftOut = (codePoint: number) => String.fromCodePoint(codePoint) === options.leftOut;
    const { likeliest, rest } = yield* nextCharacters(row, checkpoint.vocabulary, logits, {
      last,
      count: options.count ?? 10,
      leftOut,
    });
    return {
      likeliest: likeliest.map(
        ({ codePoint, probability }) => [String.fromCodePoint(codePoint), probability] as const,
      ),
      rest,
    };
  });

describe('surprise', () => {
  test('counts the bits of every symbol that spells a character: a 1, b 2, é four half-bytes of 7', () => {
    const { bits } = ask({ checkpoint: constantModel() }, () =>
      surprise(constantModel().vocabulary, '', [...'abé']),
    );
    expect(bits.map((each) => Math.round(each * 1e4) / 1e4)).toEqual([1, 2, 28]);
  });

  test('is what the evaluation says, all together, and leaves the lead out', () => {
    const model = randomModel('abc 한글', { hidden: 7 });
    const bitsOf = (lead: string, text: string) =>
      ask({ checkpoint: model, beside: 3 }, () => surprise(model.vocabulary, lead, [...text])).bits.reduce(
        (sum, each) => sum + each,
        0,
      );
    expect(bitsOf('', 'a 한c글é')).toBeCloseTo(evaluate(kernel, model, 'a 한c글é').bits, 3);
    expect(bitsOf('a 한', 'c글é')).toBeCloseTo(bitsOf('', 'a 한c글é') - bitsOf('', 'a 한'), 3);
  });
});

describe('the next characters', () => {
  test('are the likeliest first, what is spelled in bytes is the rest: 1/2, 1/4, 1/4', () => {
    const { likeliest, rest } = next(constantModel(), 'ab');
    // A byte below 128 is never spelled, which takes 8 of the 32 half-bytes out: 24 / 128 are left.
    const total = 1 / 2 + 1 / 4 + 24 / 128;
    expect(likeliest).toEqual([
      ['a', expect.closeTo(1 / 2 / total, 5)],
      ['b', expect.closeTo(1 / 4 / total, 5)],
    ]);
    expect(rest).toBeCloseTo(24 / 128 / total, 5);
  });

  test('that are too many belong to the rest, and what is left out gives its share to the others', () => {
    const total = 1 / 4 + 24 / 128;
    expect(next(constantModel(), '', { leftOut: 'a', count: 1 })).toEqual({
      likeliest: [['b', expect.closeTo(1 / 4 / total, 5)]],
      rest: expect.closeTo(24 / 128 / total, 5) as number,
    });
  });

  test.each([
    ['a whole syllable, not its first consonant', '한글!', '!', '한'],
    ['one without a last consonant', '하루!', '!', '하'],
    ['what a last syllable becomes', '간!', '가', '간'],
    ['what follows a last syllable that is complete', '가노', '가', '노'],
  ])('are %s', (_what, cycle, text, expected) => {
    const model = loopingModel(cycle.normalize('NFD'));
    expect(next(model, text).likeliest[0]).toEqual([expected, expect.closeTo(1, 3)]);
    expect(next(model, text, { beside: 3 })).toEqual(next(model, text));
  });

  test('of Hangul have the probabilities of all ways to spell them, and sum to 1', () => {
    const model = randomModel('가나간난 ab', { hidden: 7 });
    const all = next(model, 'a', { count: 1_000 });
    const sum = all.likeliest.reduce((total, [, probability]) => total + probability, all.rest);
    expect(sum).toBeCloseTo(1, 6);
    const syllables = all.likeliest
      .filter(([character]) => /^[가-힣]$/.test(character))
      .map(([character]) => character);
    expect(syllables.sort()).toEqual(['가', '간', '나', '난']);
    // 간 is its three jamo one after the other, of the symbols that may come: not BEGIN, nor 8 half-bytes of ASCII.
    const allowed = allowedSymbols(model.vocabulary.codePoints, () => false);
    const probability = ask({ checkpoint: model }, function* () {
      let product = 1;
      let { logits } = yield* surprise(model.vocabulary, '', ['a']);
      for (const symbol of model.vocabulary.encode('간')) {
        const total = allowed.reduce((sum, each) => sum + Math.exp(logits[each]), 0);
        product *= Math.exp(logits[symbol]) / total;
        logits = yield symbol;
      }
      return product;
    });
    expect(all.likeliest).toContainEqual(['간', expect.closeTo(probability, 6)]);
  });
});
