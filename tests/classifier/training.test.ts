import { describe, expect, it } from 'vitest';
import { openClassifier } from '../../src/classifier/classifier.js';
import { decodeClassifier, encodeClassifier } from '../../src/classifier/model.js';
import type { LabelledExample } from '../../src/classifier/tasks.js';
import { type ClassifierTrainingOptions, trainClassifier } from '../../src/classifier/training.js';
import { roll } from '../../src/rnn/random.js';
import { kernel, runToEnd } from '../helpers/classifiers.js';
import { randomModel } from '../helpers/rnn-models.js';

const labels = ['ham', 'spam'];
const words = {
  ham: 'you me later now lunch game coffee match tonight song'.split(' '),
  spam: 'free gift prize claim money offer winner bonus click cash'.split(' '),
};
const both = 'the a and is my to'.split(' ');
/** So small that a network of its trunk learns thousands of examples within the time of a test. */
const from = randomModel('abcdefghijklmnopqrstuvwxyz \n', { cell: 'gru', hidden: 8 });

/** So many examples of ham and spam in turns, all different. */
function synthetic(count: number): LabelledExample[] {
  const dice = { state: count };
  const pick = (list: string[]) => list[Math.floor(roll(dice) * list.length)];
  return Array.from({ length: count }, (_, index) => {
    const label = index % 2 ? 'spam' : 'ham';
    const text = Array.from({ length: 4 }, () => pick(roll(dice) < 0.5 ? both : words[label])).join(' ');
    return { text: `${text} ${pick(words[label])}`, signals: [], label };
  });
}

function train(more: Partial<ClassifierTrainingOptions>) {
  const examples = more.examples ?? [];
  return runToEnd(
    trainClassifier({
      kernel,
      labels,
      budgetMs: 300,
      now: () => performance.now(),
      seed: 1,
      ...more,
      examples,
    }),
  );
}

/** The two messages that tell whether it has learned anything. */
const questions = ['claim my free gift', 'you and me to lunch'].map((text) => ({ text, signals: [] }));

describe('training a classifier', () => {
  it('learns from thousands of examples to read, to count, and whom to trust', () => {
    const { reports, result } = train({ examples: synthetic(2_500), from });
    const { model, heldOut } = result;
    expect(model.reader?.shape).toMatchObject({ hidden: 8, classes: 2 });
    expect(model.metadata).toEqual({ seed: '1', examples: '2500', invented: '0' });
    expect(heldOut.examples).toBeGreaterThan(2_500 / 10 / 2);
    expect(heldOut.examples).toBeLessThan((2_500 / 10) * 2);
    expect(heldOut.accuracy).toBeGreaterThan(0.95);
    const [spam, ham] = openClassifier(kernel, decodeClassifier(encodeClassifier(model))).classify(questions);
    expect(spam[1]).toBeGreaterThan(0.9);
    expect(ham[0]).toBeGreaterThan(0.9);

    expect([...new Set(reports.map(({ stage }) => stage))]).toEqual(['counting', 'reading', 'judging']);
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });

  it('counts alone where there is too little to learn to read', () => {
    const few = train({ examples: synthetic(1_900), from });
    expect(few.result.model.reader).toBeUndefined();
    expect(few.result.heldOut.accuracy).toBeGreaterThan(0.95);
    const [spam, ham] = openClassifier(kernel, few.result.model).classify(questions);
    expect(spam[1]).toBeGreaterThan(0.9);
    expect(ham[0]).toBeGreaterThan(0.9);

    // 2,500, but hardly one of them is spam.
    const oneSided = synthetic(5_000).filter(({ label }, index) => label === 'ham' || index < 30);
    expect(train({ examples: oneSided, from }).result.model.reader).toBeUndefined();
  });

  it('does not go on for longer than its time when counting has already used it up', () => {
    // Each look at the clock takes a second.
    let time = 0;
    const { reports, result } = train({
      examples: synthetic(2_300),
      from,
      budgetMs: 100,
      now: () => (time += 1_000),
    });
    expect(reports.filter(({ stage }) => stage === 'judging').length).toBeLessThan(5);
    expect(reports.at(-1)?.fraction).toBe(1);
    expect(result.heldOut.accuracy).toBeGreaterThan(0.9); // the table's doing
  });

  it('never has copies of a text on both sides', () => {
    const twoTexts = (first: string, second: string) =>
      Array.from({ length: 40 }, (_, index): LabelledExample => {
        const label = index % 2 ? 'spam' : 'ham';
        return { text: label === 'spam' ? first : second, signals: [`copy:${index}`], label };
      });
    for (let number = 0; number < 30; number++) {
      const letter = String.fromCharCode(97 + number);
      const { result } = train({ examples: twoTexts(`free ${letter}`, `hello ${letter}`) });
      // Of twenty copies each, all are held out or none.
      for (const { support } of Object.values(result.heldOut.labels)) expect([0, 20]).toContain(support);
    }
  });

  it('takes texts for copies that are the same once normalized', () => {
    const copies = ['free gift 123', 'free  gift 456 ', 'frее gift 789', '<b>free</b> gift 000'];
    for (let number = 0; number < 20; number++) {
      const examples = copies.map((text): LabelledExample => {
        return { text: `${text} ${String.fromCharCode(97 + number)}`, signals: [], label: 'spam' };
      });
      expect([0, 4]).toContain(train({ examples }).result.heldOut.examples);
    }
  });

  it('never holds out what is invented, nor reads it', () => {
    const invented = synthetic(3_000).map((each) => ({ ...each, invented: true as const }));
    const alone = train({ examples: invented }).result;
    expect(alone.heldOut.examples).toBe(0);
    expect(alone.model.reader).toBeUndefined();
    // With nothing to calibrate on, it is taken at its word.
    expect(alone.model.mixture).toEqual({ reader: 0, table: 1, bias: new Float32Array(2) });

    const real = synthetic(500);
    const together = train({ examples: [...real, ...invented] }).result;
    expect(together.heldOut.examples).toBe(train({ examples: real }).result.heldOut.examples);
    expect(together.model.metadata).toMatchObject({ examples: '500', invented: '3000' });
    expect(together.model.reader).toBeUndefined();
  });

  it('believes a real example rather than an invented one', () => {
    const real = synthetic(400);
    const opposite = real.slice(0, 100).map(({ text, label }) => ({
      text,
      signals: [],
      label: label === 'ham' ? 'spam' : 'ham',
      invented: true as const,
    }));
    expect(train({ examples: [...real, ...opposite] }).result.heldOut.accuracy).toBeGreaterThan(0.9);
  });

  it('is the same for the same seed and clock', () => {
    const examples = synthetic(2_300);
    const learn = () => {
      let time = 0;
      const ticking = { now: () => (time += 5), budgetMs: 1_000 };
      return encodeClassifier(train({ examples, from, ...ticking }).result.model);
    };
    expect(learn()).toEqual(learn());
  });

  it('learns a language of its own where it is given none', () => {
    // The clock ends each stage soon: its network is large.
    let time = 0;
    const examples = synthetic(2_300);
    const { result } = train({ examples, budgetMs: 1_000, now: () => (time += 200) });
    expect(result.model.reader?.shape).toMatchObject({ hidden: 256, layers: 1, classes: 2 });
  });

  it('takes texts of any length and script, and none at all', () => {
    const strange = ['', '<b></b>', 'x'.repeat(100_000), '안녕 مرحبا 🦉', '\ud83d \udfff', '0'.repeat(5_000)];
    const examples = strange.map((text, index): LabelledExample => ({
      text,
      signals: [],
      label: labels[index % 2],
    }));
    const { model } = train({ examples }).result;
    for (const answer of openClassifier(kernel, model).classify(examples))
      expect(answer[0] + answer[1]).toBeCloseTo(1);
    expect(openClassifier(kernel, train({}).result.model).classify(questions)[0]).toEqual(
      Float32Array.of(0.5, 0.5),
    );
  });
});
