import type { Foretold } from '../services/talking/predicting.js';

// What a prediction is told by in every language.

/** Of the characters that may come next, and of the most surprising, as many are told in words. */
export const TOLD = 3;
/** From this share of the server's messages on, a text is typical; below the other, it is not. */
const TYPICAL = 0.5;
const UNUSUAL = 0.1;

/** The word for how typical a text is that surprises less than this share of the server's messages. */
export function byTypicality<T>(share: number, words: { typical: T; little: T; unusual: T }): T {
  if (share >= TYPICAL) return words.typical;
  return share >= UNUSUAL ? words.little : words.unusual;
}

export function mostSurprising({ surprise }: Foretold): Foretold['surprise'] {
  return surprise.toSorted((a, b) => b.bits - a.bits).slice(0, TOLD);
}

/** A character as code, whatever it is. */
export function asCode(character: string): string {
  return character === '`' ? '`` ` ``' : `\`${visible(character)}\``;
}

export function visible(character: string): string {
  if (character === ' ') return '␣';
  return character === '\n' ? '↵' : character;
}
