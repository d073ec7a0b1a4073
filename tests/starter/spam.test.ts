import { describe, expect, it } from 'vitest';
import { roll } from '../../src/rnn/random.js';
import { chat } from '../../src/starter/chat.js';
import { writeOut } from '../../src/starter/grammar.js';
import { koreanLures } from '../../src/starter/korean-lures.js';
import { longChat } from '../../src/starter/long-chat.js';
import { lures } from '../../src/starter/lures.js';
import { generateSpam } from '../../src/starter/spam.js';
import { words } from '../../src/starter/words.js';

const dice = (state: number) => {
  const memory = { state };
  return () => roll(memory);
};

describe('generated spam', () => {
  const examples = generateSpam(dice(1), 4_000);
  const share = (label: string, signal: string) => {
    const labelled = examples.filter((example) => example.label === label);
    return (
      labelled.filter(({ signals }) => signals.some((one) => one.startsWith(signal))).length / labelled.length
    );
  };

  it('is the same for the same dice', () => {
    expect(generateSpam(dice(1), 50)).toEqual(examples.slice(0, 50));
    expect(generateSpam(dice(2), 50)).not.toEqual(examples.slice(0, 50));
  });

  it('has both labels, a little more ham', () => {
    const spam = examples.filter(({ label }) => label === 'spam').length;
    expect(spam / examples.length).toBeCloseTo(0.45, 1);
  });

  it('repeats spam hardly ever, and ham only where people do: lol', () => {
    const spam = examples.filter(({ label }) => label === 'spam').map(({ text }) => text);
    expect(new Set(spam).size / spam.length).toBeGreaterThan(0.98);
    const long = examples.map(({ text }) => text).filter((text) => text.length > 30);
    expect(new Set(long).size / long.length).toBeGreaterThan(0.97);
  });

  it('knows forty kinds of each', () => {
    expect(Object.keys(lures).length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(chat).length).toBeGreaterThanOrEqual(40);
  });

  it('writes every wording out', () => {
    const random = dice(3);
    for (const template of [lures, koreanLures, chat, longChat].flatMap((kinds) =>
      Object.values(kinds).flat(),
    )) {
      expect(writeOut(template, words, random)).not.toMatch(/\{\w+\}/);
    }
  });

  it('leaves no signal to one label alone', () => {
    for (const signal of [
      'links',
      'account:day',
      'copies',
      'mentions',
      'everyone',
      'money',
      'capitals',
      'link:invite',
    ]) {
      expect([signal, share('ham', signal) > 0]).toEqual([signal, true]);
      expect([signal, share('spam', signal) < 0.9]).toEqual([signal, true]);
    }
    expect(share('spam', 'copies')).toBeGreaterThan(5 * share('ham', 'copies'));
  });
});
