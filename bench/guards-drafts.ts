import type { ArchivedMessage } from '../src/corpus/archive.js';
import { createGuard, type GuardProblem, type GuardRules } from '../src/corpus/guard.js';
import { findAddresses } from '../src/corpus/guard/addresses.js';
import { createBlockList } from '../src/corpus/guard/block-list.js';
import { withoutLoops } from '../src/corpus/guard/loops.js';
import { findPings } from '../src/corpus/guard/pings.js';
import { COMMON_MARKS } from '../src/corpus/transcript-writer.js';
import { beginning, END, isMark, PLACE, readable } from '../src/corpus/transcript.js';
import { createVerbatimIndex } from '../src/corpus/verbatim.js';
import type { Checkpoint } from '../src/rnn/checkpoint.js';
import { chooseKernel } from '../src/rnn/kernel/choose.js';
import type { Kernel } from '../src/rnn/kernel/kernel.js';
import { createWriter } from '../src/rnn/sampling.js';
import { train } from '../src/rnn/training.js';
import { buildVocabulary } from '../src/rnn/vocabulary.js';
import { speakersIn, transcript } from './datasets.js';
import { median, quantile } from './measure.js';
import { decimals, table } from './table.js';

export interface Drafting {
  messages: readonly ArchivedMessage[];
  minutes: number;
  /** Of each kind and temperature. */
  texts: number;
  threads?: number;
  now: () => number;
}

const TEMPERATURES = [0.5, 0.8, 1];
const CHARACTERS = 200;
const PROMPT_CHARACTERS = 30;
const DRAFTS = 3;
const ROWS = 16;
/** Marks count as nothing, so a text of them alone is over after so many. */
const MOST_PIECES = 4 * CHARACTERS;
const PROBLEMS: GuardProblem[] = ['verbatim', 'blocked', 'taken_back', 'empty'];

/** What a moderator of any server might block; the last three do occur in this one. */
const BLOCKED =
  'airdrop betting binance bitcoin casino crypto dating ethereum gamble giftcard jackpot loan lottery nude* onlyfans paypal pills porn* robux viagra wallet whatsapp winner hentai escort forex investor milf sexcam pokies ponzi rolex roulette sugardaddy telegram valium vbucks xanax idiot moron retard* bastard arse* bollocks wanker tosser|free nitro|double your money|click here|damn|crap|stupid'
    .split('|')
    .flatMap((group, index) => (index === 0 ? group.split(' ') : [group]));

interface Wanted {
  kind: 'continuation' | 'message';
  prompt: string;
}

/** What the guards refuse of the texts of a model that learned a chat, and what they cost. */
export function measureDrafts({ messages, minutes, texts, threads, now }: Drafting): string[] {
  const { kernel } = chooseKernel(undefined, threads);
  const cut = Math.floor(messages.length * 0.9);
  const [learned, later] = [messages.slice(0, cut), messages.slice(cut)];
  const checkpoint = learn(kernel, learned, later, minutes * 60_000, now);
  const index = createVerbatimIndex();
  for (const { content } of messages) index.add(content);
  const rules: GuardRules = { blocked: BLOCKED, takenBack: [], maxVerbatim: 40 };
  const guard = createGuard(rules, index);

  const rows: string[][] = [];
  const written: string[] = [];
  let writingMs = 0;
  for (const kind of ['continuation', 'message'] as const)
    for (const temperature of TEMPERATURES) {
      const wanted = Array.from({ length: texts }, (_, at): Wanted => {
        const prompt = [...later[at % later.length].content].slice(0, PROMPT_CHARACTERS).join('');
        return { kind, prompt: prompt.replaceAll('\n', ' ') };
      });
      const start = now();
      const first = write(kernel, checkpoint, wanted, temperature, 0);
      writingMs += now() - start;
      written.push(...first);
      const results = first.map((text) => guard.check(text, '', true));
      const counts = PROBLEMS.map(
        (problem) => results.filter((result) => 'problem' in result && result.problem === problem).length,
      );
      const changed = results.filter((result, at) => 'text' in result && result.text !== first[at]).length;
      let refused = wanted.filter((_, at) => 'problem' in results[at]);
      for (let draft = 1; draft < DRAFTS; draft++) {
        const again = write(kernel, checkpoint, refused, temperature, draft);
        refused = refused.filter((_, at) => 'problem' in guard.check(again[at], '', true));
      }
      const share = (count: number) => `${decimals((100 * count) / texts, 1)} %`;
      rows.push([`${kind}, ${temperature.toFixed(1)}`, ...[...counts, changed, refused.length].map(share)]);
    }

  const list = createBlockList(BLOCKED);
  const costs: [string, (text: string) => unknown][] = [
    ['pings', findPings],
    ['addresses', findAddresses],
    ['loops', withoutLoops],
    ['block list', (text) => list.matches(text)],
    ['verbatim', (text) => index.longestRun(text)],
    ['all', (text) => guard.check(text, '', true)],
  ];
  const each = (1_000 * writingMs) / written.length;
  return [
    `${texts} texts each of ${CHARACTERS} characters at most, ${BLOCKED.length} blocked entries, first drafts:\n` +
      table(['refused', ...PROBLEMS, 'changed', `still after ${DRAFTS}`], rows),
    `Beside ${decimals(each, 0)} µs of writing a text:\n` +
      table(
        ['µs a text', 'median', 'p99', 'of the writing'],
        costs.map(([name, work]) => {
          const times = timesOf(written, work, now);
          const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
          return [
            name,
            decimals(median(times), 1),
            decimals(quantile(times, 0.99), 1),
            `${decimals((100 * mean) / each, 2)} %`,
          ];
        }),
      ),
  ];
}

/** Microseconds that each text takes, once everything is warm. */
export function timesOf(
  texts: readonly string[],
  work: (text: string) => unknown,
  now: () => number,
): number[] {
  for (const text of texts.slice(0, 1_000)) work(text);
  return texts.map((text) => {
    const start = now();
    work(text);
    return (now() - start) * 1_000;
  });
}

function learn(
  kernel: Kernel,
  learned: readonly ArchivedMessage[],
  heldOut: readonly ArchivedMessage[],
  budgetMs: number,
  now: () => number,
): Checkpoint {
  const speakers = speakersIn(learned);
  const [text, valid] = [transcript(learned, speakers), transcript(heldOut, speakers)];
  const vocabulary = buildVocabulary([COMMON_MARKS, text.text]);
  const training = train({
    kernel,
    vocabulary,
    train: vocabulary.encode(text.text),
    valid: vocabulary.encode(valid.text),
    trainCharacters: text.characters,
    validCharacters: valid.characters,
    budgetMs,
    now,
    seed: 1,
  });
  let turn = training.next();
  while (!turn.done) turn = training.next();
  return turn.value.checkpoint;
}

/** A text for each: a continuation goes on across messages, a message ends where the model ends it. */
function write(
  kernel: Kernel,
  checkpoint: Checkpoint,
  wanted: readonly Wanted[],
  temperature: number,
  draft: number,
): string[] {
  const writer = createWriter(kernel, checkpoint, ROWS);
  const texts = wanted.map(() => '');
  wanted.forEach(({ kind, prompt }, at) => {
    let pieces = 0;
    const options = {
      prompt: kind === 'continuation' ? beginning(prompt) : `${beginning(prompt)}${END}`,
      temperature,
      seed: at * DRAFTS + draft,
      never: (codePoint: number) => codePoint === PLACE.codePointAt(0),
      unseen: (codePoint: number) => isMark(codePoint) && codePoint !== END.codePointAt(0),
    };
    writer.begin(options, (piece) => {
      pieces += 1;
      if (kind === 'message' && piece === END) return false;
      texts[at] += readable(piece);
      return texts[at].length < CHARACTERS && pieces < MOST_PIECES;
    });
  });
  while (writer.texts > 0) writer.step();
  return texts;
}
