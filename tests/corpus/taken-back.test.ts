import { describe, expect, it, test } from 'vitest';
import { contentKey, takenBackKeys } from '../../src/corpus/content-key.js';
import { createGuard } from '../../src/corpus/guard.js';
import { createVerbatimIndex } from '../../src/corpus/verbatim.js';

function guardOf({ takenBack }: { takenBack: string[] }) {
  return createGuard({ blocked: [], takenBack, maxVerbatim: 40 }, createVerbatimIndex());
}

describe('a text that was taken back', () => {
  it('is refused in any guise', () => {
    const guard = guardOf({ takenBack: [contentKey('Never say  this')] });
    expect(guard.check('never SAY this', '', true)).toEqual({ problem: 'taken_back' });
    expect(guard.check('never say this again', '', true)).toHaveProperty('text');
    expect(guard.check('never say this ', '', false)).toHaveProperty('text');
  });

  const taken = 'Forty characters are what makes a copy, and so it is here: with another end it is the same.';
  const guard = guardOf({ takenBack: takenBackKeys(taken) });

  test.each([
    ['all of it', taken],
    ['a character less', taken.slice(0, -1)],
    ['another end', `${taken.slice(0, 50)} and so on`],
    ['the first 41 characters', taken.slice(0, 41)],
    ['in capitals, with more spaces', taken.toUpperCase().replaceAll(' ', '  ')],
  ])('is refused: %s', (_what, text) => {
    expect(guard.check(text, '', true)).toEqual({ problem: 'taken_back' });
  });

  it('is refused by its beginning while the rest is being written', () => {
    expect(guard.check(taken.slice(0, 32), '', false)).toHaveProperty('text');
    expect(guard.check(taken.slice(0, 64), '', false)).toEqual({ problem: 'taken_back' });
  });

  test.each([
    ['its first 39 characters', taken.slice(0, 39)],
    ['what begins otherwise', `So: ${taken}`],
  ])('is not %s', (_what, text) => {
    expect(guard.check(text, '', true)).toEqual({ text });
  });

  it('is known again though it was cut before it was kept', () => {
    const cut = guardOf({ takenBack: takenBackKeys(taken.slice(0, 45)) });
    expect(cut.check(taken, '', true)).toEqual({ problem: 'taken_back' });
  });

  it('that is short is refused only as a whole', () => {
    const short = guardOf({ takenBack: takenBackKeys('lol') });
    expect(short.check('lol', '', false)).toHaveProperty('text');
    expect(short.check('LOL ', '', true)).toEqual({ problem: 'taken_back' });
    expect(short.check('lol no', '', true)).toEqual({ text: 'lol no' });
    expect(short.check('lo', '', true)).toEqual({ text: 'lo' });
  });
});
