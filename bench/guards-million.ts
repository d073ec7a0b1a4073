import { createVerbatimIndex, type VerbatimIndex } from '../src/corpus/verbatim.js';
import { roll, type Dice } from '../src/rnn/random.js';
import { timesOf } from './guards-drafts.js';
import { median, quantile } from './measure.js';
import { decimals, table } from './table.js';

const MEAN_CHARACTERS = 60;
const FEWEST_CHARACTERS = 3;
/** Words taken from one message at a time. */
const WORDS = 3;
const LOOK_UPS = 1_000;
const COPIES = 100_000;
const NEAR_COPIES = 20_000;
const MB = 1e6;

/** The index over so many messages that are mixed from those of a chat, and over what spam makes of it. */
export function measureMillion(contents: readonly string[], count: number, now: () => number): string[] {
  const words = contents.map((content) => content.split(' '));
  const dice: Dice = { state: 1 };
  const messages = Array.from({ length: count }, () => mix(words, messageLength(dice), dice));
  const spam = contents.find((content) => content.length > 150 && content.length < 200) ?? contents[0];
  const rows = [
    build(`${count.toLocaleString('en')} messages`, messages, now),
    build(
      `${COPIES.toLocaleString('en')} copies of one`,
      Array.from({ length: COPIES }, () => spam),
      now,
    ),
    build(
      `${NEAR_COPIES.toLocaleString('en')} that differ in a number`,
      Array.from({ length: NEAR_COPIES }, (_, number) => `${spam} ${number} ${spam}`),
      now,
    ),
  ];
  const checks: [string, (random: Dice) => string][] = [
    ['mixed alike', (random) => mix(words, 2_000, random)],
    ['the spam', () => `${spam} 777 `.repeat(20)],
  ];
  return [
    table(
      ['the index', 'kept', 'seconds to build', 'MB'],
      rows.map(({ name, index, seconds }) => [
        name,
        String(index.messages),
        decimals(seconds, 2),
        decimals(index.bytes / MB, 0),
      ]),
    ),
    table(
      ['µs a look-up', '200 characters, median', 'p99', '2,000 characters, median', 'p99'],
      rows.flatMap(({ name, index }) =>
        checks.map(([what, make]) => {
          const texts = Array.from({ length: LOOK_UPS }, () => make(dice).slice(0, 2_000));
          return [`${name}: ${what}`, ...[200, 2_000].flatMap((length) => lookUp(index, texts, length, now))];
        }),
      ),
    ),
  ];
}

function build(name: string, messages: readonly string[], now: () => number) {
  const index = createVerbatimIndex();
  const start = now();
  for (const message of messages) index.add(message);
  return { name, index, seconds: (now() - start) / 1_000 };
}

function lookUp(index: VerbatimIndex, texts: readonly string[], length: number, now: () => number): string[] {
  const times = timesOf(
    texts.map((text) => text.slice(0, length)),
    (text) => index.longestRun(text),
    now,
  );
  return [decimals(median(times), 0), decimals(quantile(times, 0.99), 0)];
}

/** Lengths of chat: many short ones, few long ones. */
function messageLength(dice: Dice): number {
  return FEWEST_CHARACTERS - Math.log(1 - roll(dice)) * (MEAN_CHARACTERS - FEWEST_CHARACTERS);
}

function mix(words: readonly (readonly string[])[], length: number, dice: Dice): string {
  let text = '';
  while (text.length < length) {
    const from = words[Math.floor(roll(dice) * words.length)];
    const at = Math.floor(roll(dice) * from.length);
    text += `${from.slice(at, at + WORDS).join(' ')} `;
  }
  return text.slice(0, length);
}
