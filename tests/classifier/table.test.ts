import { describe, expect, it } from 'vitest';
import { ngramsOf } from '../../src/classifier/ngrams.js';
import { consult, learnTable, softmax } from '../../src/classifier/table.js';
import type { Input } from '../../src/classifier/tasks.js';
import { roll } from '../../src/rnn/random.js';

const dice = { state: 1 };
const fruits = ['apple', 'pear', 'plum', 'cherry'];
const tools = ['hammer', 'saw', 'drill', 'wrench'];
const options = { epochs: 5, seed: 1 };

function input(text: string, signals: string[] = []): Input {
  return { text, signals };
}

function sentence(words: string[]): string {
  return Array.from({ length: 4 }, () => words[Math.floor(roll(dice) * words.length)]).join(' ');
}

/** Sentences of fruits, label 0, and of tools, label 1, in turns. */
const sentences = Array.from({ length: 200 }, (_, index) => input(sentence(index % 2 ? tools : fruits)));
const labels = sentences.map((_, index) => index % 2);
const equal = sentences.map(() => 1);

describe('the table', () => {
  it('tells two vocabularies apart', () => {
    const table = learnTable(sentences, labels, equal, 2, options);
    const chanceOfTools = (text: string) => softmax(consult(table, input(text)))[1];
    expect(chanceOfTools('a pear and a cherry')).toBeLessThan(0.1);
    expect(chanceOfTools('a drill and a wrench')).toBeGreaterThan(0.9);
  });

  it('goes by signals where the texts are alike', () => {
    const alike = Array.from({ length: 100 }, (_, index) =>
      input('look at this', [index % 2 ? 'links:2' : 'account:old']),
    );
    const truth = alike.map((_, index) => index % 2);
    const importances = alike.map(() => 1);
    const table = learnTable(alike, truth, importances, 2, options);
    expect(softmax(consult(table, input('look at this', ['links:2'])))[1]).toBeGreaterThan(0.6);
    expect(softmax(consult(table, input('look at this', ['account:old'])))[0]).toBeGreaterThan(0.6);
  });

  it('is the same for the same seed, and another for another', () => {
    const learn = (seed: number) => learnTable(sentences, labels, equal, 2, { epochs: 2, seed });
    expect(learn(7)).toEqual(learn(7));
    expect(learn(7).weights).not.toEqual(learn(8).weights);
  });

  it('believes the important one of two that contradict each other', () => {
    const contradiction = sentences.flatMap(({ text }) => [input(text), input(text)]);
    const truth = contradiction.map((_, index) => index % 2);
    const weigh = (even: number, odd: number) => {
      const importances = contradiction.map((_, index) => (index % 2 ? odd : even));
      return softmax(consult(learnTable(contradiction, truth, importances, 2, options), contradiction[0]));
    };
    expect(weigh(1, 0.3)[0]).toBeGreaterThan(0.6);
    expect(weigh(0.3, 1)[1]).toBeGreaterThan(0.6);
  });

  it('has hardly an opinion on what it has never seen', () => {
    const table = learnTable(sentences, labels, equal, 2, options);
    // It knows but the blanks around.
    for (const text of ['', '日本語']) {
      const certainty = Math.max(...softmax(consult(table, input(text))));
      expect(certainty).toBeLessThan(0.65);
    }
  });

  it('leaves out what only one message has', () => {
    const table = learnTable([input('ab'), input('yz')], [0, 1], [1, 1], 2, options);
    // Only the blank, before and after, is in both; it says nothing: ln((1 + 2) / (1 + 2)) = 0, and 1 is added.
    expect(table.rarity.filter((rarity) => rarity > 0)).toEqual(Float32Array.of(1));
  });
});

describe('ngramsOf', () => {
  it('has the runs of one to five characters of a text between blanks', () => {
    // ' ab ' has 4 + 3 + 2 + 1 = 10 runs.
    expect(ngramsOf(input('ab')).runs).toHaveLength(10);
    // ' 🦉 ' has three characters: 3 + 2 + 1.
    expect(ngramsOf(input('🦉')).runs).toHaveLength(6);
  });

  it('is blind to case, to blanks in a row and to order', () => {
    expect(ngramsOf(input(' AB \n c'))).toEqual(ngramsOf(input('ab c')));
    expect(ngramsOf(input('----a----b----'))).toEqual(ngramsOf(input('----b----a----')));
    expect(ngramsOf(input('ab'))).not.toEqual(ngramsOf(input('ba')));
  });

  it('reads two thousand characters of a wall of text', () => {
    const wall = 'x'.repeat(1_999);
    expect(ngramsOf(input(wall + 'yz'))).toEqual(ngramsOf(input(wall + 'abc')));
  });
});
