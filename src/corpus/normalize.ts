import { invisible } from './normalize/invisible.js';
import { joinSpread } from './normalize/spread.js';
import { letterForms } from './normalize/letter-forms.js';
import { lookAlikes } from './normalize/look-alikes.js';
import { numerals } from './normalize/numerals.js';
import { overrides } from './normalize/overrides.js';
import { piledMarks } from './normalize/piled-marks.js';
import { untouched, type Traced } from './normalize/traced.js';

export type Normalized = Traced;

/** Each rule takes away one disguise and leaves ordinary text of any script as it is. */
const OF_LETTERS = [overrides, invisible, piledMarks, letterForms, lookAlikes];
const OF_WORDS = [...OF_LETTERS, joinSpread, numerals];

/** One disguise may hide another, but no person stacks more than these. */
const MAX_ROUNDS = 8;

/**
 * The text as a person reads it who is not to be fooled: without invisible characters, piled marks, letters of other
 * alphabets that only look right, spread letters, reversed runs, letters made of emoji, digits for letters.
 * Ordinary text of every script, emoji and links stay as they are. Linear in the text's length.
 */
export function normalize(original: string): Normalized {
  return apply(OF_WORDS, original);
}

/** The same for single letters: what is between them, and figures, stay. */
export function unmask(original: string): Normalized {
  return /^[\0-\x7f]*$/.test(original) ? untouched(original) : apply(OF_LETTERS, original);
}

function apply(rules: readonly ((source: Traced) => Traced)[], original: string): Normalized {
  let traced = untouched(original);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = traced.text;
    for (const rule of rules) traced = rule(traced);
    if (traced.text === before) break;
  }
  return traced;
}
