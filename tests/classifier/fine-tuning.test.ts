import { describe, expect, it } from 'vitest';
import { fineTune, type FineTuningOptions, type Lesson } from '../../src/classifier/fine-tuning.js';
import { ngramsOf } from '../../src/classifier/ngrams.js';
import { openReader, symbolsOf } from '../../src/classifier/reader.js';
import { highest } from '../../src/classifier/scores.js';
import type { Classifier, Kernel } from '../../src/rnn/kernel/kernel.js';
import { offsetsOf } from '../../src/rnn/kernel/layout.js';
import { roll } from '../../src/rnn/random.js';
import { kernel, runToEnd } from '../helpers/classifiers.js';
import { randomModel } from '../helpers/rnn-models.js';

const trunk = randomModel('ab-\n', { cell: 'gru', hidden: 16 });
const dice = { state: 1 };

/** Between them so many blanks that no run of five characters has both letters: which came first is all there is. */
function sentence(label: number): string {
  const [first, second] = label ? 'ba' : 'ab';
  const gap = () => '-'.repeat(4 + Math.floor(roll(dice) * 3));
  return gap() + first + gap() + second + gap();
}

function lesson(count: number): Lesson {
  const labels = Array.from({ length: count }, (_, index) => index % 2);
  return { labels, texts: labels.map((label) => symbolsOf(trunk.vocabulary, sentence(label))) };
}

const heldOut = lesson(100);

/** The clock stands still: passes over the texts end the run. */
function options(more: Partial<FineTuningOptions> = {}): FineTuningOptions {
  return {
    kernel,
    trunk,
    classes: 2,
    learned: lesson(640),
    heldOut,
    budgetMs: Infinity,
    now: () => 0,
    seed: 1,
    ...more,
  };
}

describe('fine-tuning', () => {
  it('learns what only order decides, which a count of runs cannot tell', () => {
    const runs = (text: string) => ngramsOf({ text, signals: [] }).runs;
    expect(runs('----a----b----')).toEqual(runs('----b----a----'));

    const { reports, result } = runToEnd(fineTune(options()));
    expect(result.shape).toEqual({ ...trunk.shape, classes: 2 });
    const answers = openReader(kernel, result).read(heldOut.texts).map(highest);
    const hits = answers.filter((answer, index) => answer === heldOut.labels[index]).length;
    expect(hits / answers.length).toBeGreaterThan(0.95);
    expect(reports.at(-1)?.loss).toBeLessThan(Math.LN2 / 2); // knowing nothing costs ln 2
  });

  it('goes on from 0 to 1, by the clock when that is faster', () => {
    let time = 0;
    const { reports } = runToEnd(fineTune(options({ budgetMs: 100, now: () => time++ })));
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions[0]).toBeLessThan(0.1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(reports.length).toBeLessThanOrEqual(101);
  });

  it('lets the head learn alone at first, then the whole network', () => {
    const networks: Classifier[] = [];
    const watched: Kernel = {
      ...kernel,
      createClassifier(shape, size) {
        const network = kernel.createClassifier(shape, size);
        networks.push(network);
        return network;
      },
    };
    let time = 0;
    const training = fineTune(options({ kernel: watched, budgetMs: 100, now: () => time++ }));
    for (let turn = training.next(); !turn.done; turn = training.next()) {
      const { parameters, layout } = networks[0];
      const head = offsetsOf(layout).outputWeights;
      const isAsItWas = parameters.subarray(0, head).every((value, at) => value === trunk.parameters[at]);
      // The twentieth part of the time is the head's.
      expect(isAsItWas, `at ${turn.value.fraction}`).toBe(turn.value.fraction < 0.05);
      expect(parameters.subarray(head).some((value) => value !== 0)).toBe(true);
    }
  });

  it('keeps the parameters of its best score, not the last', () => {
    // What is held out says the opposite of what is learned: every step makes it worse.
    const opposite = { texts: heldOut.texts, labels: heldOut.labels.map((label) => 1 - label) };
    const lossOf = (network: Parameters<typeof openReader>[1]) => {
      const answers = openReader(kernel, network).read(opposite.texts);
      return answers.reduce((sum, each, at) => sum - Math.log(each[opposite.labels[at]]), 0) / answers.length;
    };
    const { reports, result } = runToEnd(fineTune(options({ heldOut: opposite })));
    expect(lossOf(result)).toBeLessThan(1);
    // Five scores without progress, of twelve, end it.
    expect(reports.at(-2)?.fraction).toBeLessThan(0.9);
  });

  it('is the same for the same seed', () => {
    const learned = lesson(64);
    const learn = (seed: number) => runToEnd(fineTune(options({ learned, seed }))).result.parameters;
    expect(learn(3)).toEqual(learn(3));
    expect(learn(3)).not.toEqual(learn(4));
  });

  it('learns to the end when there is nothing to score it on', () => {
    const nothing = { texts: [], labels: [] };
    const { reports, result } = runToEnd(fineTune(options({ heldOut: nothing })));
    expect(reports.at(-2)?.fraction).toBeGreaterThan(0.95);
    const answers = openReader(kernel, result).read(heldOut.texts).map(highest);
    const hits = answers.filter((answer, index) => answer === heldOut.labels[index]).length;
    expect(hits / answers.length).toBeGreaterThan(0.95);
  });

  it('ends with nothing to learn', () => {
    const { result } = runToEnd(fineTune(options({ learned: { texts: [], labels: [] } })));
    expect(result.parameters.every(Number.isFinite)).toBe(true);
  });
});
