import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWriter, sample, type TextOptions } from '../../src/rnn/sampling.js';
import { createCompiledKernel } from '../../src/rnn/kernel/compiled.js';
import { isMark } from '../../src/rnn/vocabulary.js';
import { builds } from '../helpers/builds.js';
import { constantModel, kernel, loopingModel, randomModel, take } from '../helpers/rnn-models.js';

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

/** Strings of 20 characters that stand three times or more within 200 characters, overlapping or not. */
function loopsIn(text: string): string[] {
  const characters = [...text];
  const starts = new Map<string, number[]>();
  for (let start = 0; start + 20 <= characters.length; start++) {
    const string = characters.slice(start, start + 20).join('');
    starts.set(string, [...(starts.get(string) ?? []), start]);
  }
  return [...starts]
    .filter(([, at]) => at.some((third, index) => index >= 2 && third + 20 - at[index - 2] <= 200))
    .map(([string]) => string);
}

describe('a text that would loop', () => {
  const written = (checkpoint: ReturnType<typeof loopingModel>, options: Partial<TextOptions> = {}) =>
    take(sample({ kernel, checkpoint, prompt: '', seed: 1, ...options }), 1000);

  test.each([
    ['one letter', loopingModel('a', 'bc')],
    ['a laugh', loopingModel('ha', '! ')],
    ['two letters and no others', loopingModel('ab')],
    ['a phrase', loopingModel('the quick', 'z')],
    ['a phrase longer than the strings that count', loopingModel('abcdefghijklmnopqrstuvwxyz.,!')],
    ['Hangul', loopingModel('\u1112\u1161\u11ab\u1100\u1173\u11af', '!')],
    ['characters of which none is certain', constantModel()],
  ])('does not: %s', (_what, checkpoint) => {
    for (const temperature of [0.1, 0.8, 1]) {
      expect(loopsIn(written(checkpoint, { temperature }))).toEqual([]);
    }
  });

  test('may laugh, and say a thing twice', () => {
    expect(written(loopingModel('ha', '!'))).toMatch(/^(ha){9}/);
    expect(written(loopingModel('abcdefghij', '!'))).toMatch(/^(abcdefghij){3}/);
    expect(written(loopingModel('The people of the Union, ', '!'))).toMatch(
      /^(The people of the Union, ){2}/,
    );
  });

  test('is not saved by marks that nobody sees', () => {
    const mark = '\u{100010}';
    const text = written(loopingModel('so' + mark, 'ab'), { unseen: isMark }).replaceAll(mark, '');
    expect(loopsIn(text)).toEqual([]);
  });

  test('goes on where there is nothing else to write: noise would be no better', () => {
    expect(written(loopingModel('a'), { temperature: 0.8 })).toBe('a'.repeat(1000));
  });
});

describe.each([
  { name: 'js', kernel },
  ...builds.map((build) => ({ name: build.engine, kernel: createCompiledKernel(build, 1) })),
])('a writer on $name', ({ kernel }) => {
  const model = randomModel('abcdefg hij한글', { hidden: 40, layers: 2 });
  const texts = Array.from({ length: 7 }, (_, index) => ({
    prompt: 'abc 한 '.repeat(index * 3),
    temperature: 0.5 + index / 10,
    seed: index,
    length: 5 + ((index * 37) % 50),
  }));

  /** Begins each text after so many steps and goes on until all are written. */
  function writeAll(rows: number, beginAt: (index: number) => number) {
    const writer = createWriter(kernel, model, rows);
    const finished: { index: number; text: string }[] = [];
    for (let step = 0; finished.length < texts.length; step++) {
      texts.forEach(({ length, ...options }, index) => {
        if (beginAt(index) !== step) return;
        let text = '';
        writer.begin(options, (piece) => {
          text += piece;
          if ([...text].length < length) return true;
          finished.push({ index, text });
          return false;
        });
      });
      writer.step();
    }
    expect(writer.texts).toBe(0);
    return finished;
  }
  const inOrder = (finished: { index: number; text: string }[]) =>
    finished.sort((a, b) => a.index - b.index).map(({ text }) => text);

  const alone = inOrder(writeAll(1, () => 0));

  test('writes each text as if it were alone, whoever joins and leaves', () => {
    for (const rows of [2, 3, 7, 16]) {
      expect(inOrder(writeAll(rows, () => 0))).toEqual(alone);
      expect(inOrder(writeAll(rows, (index) => index * 5))).toEqual(alone);
      expect(inOrder(writeAll(rows, (index) => 20 - index * 3))).toEqual(alone);
    }
  });

  test('lets texts wait in order when its rows are taken', () => {
    expect(writeAll(1, () => 0).map(({ index }) => index)).toEqual(texts.map((_, index) => index));
  });

  test('a long prompt holds nobody up', () => {
    const writer = createWriter(kernel, model, 2);
    const order: string[] = [];
    writer.begin({ prompt: 'a'.repeat(500), seed: 1 }, () => order.push('long') < 0);
    writer.begin({ prompt: 'b', seed: 1 }, () => order.push('short') < 0);
    while (writer.texts > 0) writer.step();
    expect(order).toEqual(['short', 'long']);
  });
});
