import { describe, expect, it, test } from 'vitest';
import { attacks, type Altered } from '../../bench/attacks.js';
import { evasionTable, measureEvasion, seen } from '../../bench/evasion.js';
import { roll } from '../../src/rnn/random.js';

const spam = [
  'claim your free nitro gift before it expires https://dlscord.gift/x1',
  'double your crypto with our trusted trader, message now',
  'check out my channel and subscribe please, giveaway at 100 subs',
  'your account was suspended, verify your password here http://secure.login.top',
];

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+/g) ?? [];
}

/** Of the words of the four texts, how many can be read after the attack. */
function readable(attack: string, read: (altered: Altered) => string): number {
  const dice = { state: 1 };
  return spam.reduce((sum, text) => {
    const found = new Set(wordsOf(read(attacks[attack](text, () => roll(dice)))));
    return sum + wordsOf(text).filter((word) => found.has(word)).length;
  }, 0);
}

describe('of 43 words', () => {
  test('there are 43', () => {
    expect(spam.flatMap(wordsOf)).toHaveLength(43);
  });

  // Figures stay in words that the list of known words lacks, and flags in words that spell countries.
  test.each([
    ['zero-width', 15, 43],
    ['homoglyphs', 9, 43],
    ['combining marks', 15, 43],
    ['spread letters', 17, 43],
    ['spread by dots', 17, 43],
    ['right-to-left', 12, 43],
    ['emoji letters', 12, 41],
    ['styled letters', 9, 43],
    ['figures', 10, 25],
    ['in the file name', 0, 43],
  ])('%s leaves %d to be read, and normalisation %d', (attack, left, undone) => {
    expect(readable(attack, ({ text }) => text)).toBe(left);
    expect(readable(attack, seen)).toBe(undone);
  });
});

describe('the evasion rate', () => {
  it('is the share of the caught that is then missed', async () => {
    const classify = (texts: readonly string[]) => texts.map((text) => text.includes('free nitro'));
    const rows = await measureEvasion({ raw: classify, normalized: classify }, spam, 1);
    const homoglyphs = rows.find(({ attack }) => attack === 'homoglyphs');
    expect(homoglyphs).toEqual({ attack: 'homoglyphs', raw: 1, normalized: 0 });
    expect(evasionTable(rows)).toContain('homoglyphs');
  });
});
