import { performance } from 'node:perf_hooks';
import { Command } from 'commander';
import type { ArchivedMessage } from '../src/corpus/archive.js';
import { COMMON_MARKS } from '../src/corpus/transcript-writer.js';
import { numberWithin } from '../src/cli/values.js';
import type { Checkpoint } from '../src/rnn/checkpoint.js';
import { evaluate } from '../src/rnn/evaluation.js';
import { chooseKernel } from '../src/rnn/kernel/choose.js';
import { train } from '../src/rnn/training.js';
import { buildVocabulary } from '../src/rnn/vocabulary.js';
import { readMeshcore, speakersIn, transcript } from './datasets.js';
import { table } from './table.js';

const flags = new Command('bench:warm')
  .description(
    'Trains on 80 % of a chat, then on 90 % of it: from nothing, and in a quarter of the time from the first model. Scores the last tenth.',
  )
  .requiredOption('--data <folder>', 'where the sets are')
  .option('--minutes <m>', 'time of a training from nothing', numberWithin(0.01, 1_000), 5)
  .parse()
  .opts<{ data: string; minutes: number }>();

const { kernel } = chooseKernel(undefined);
const messages = readMeshcore(flags.data);
const until = (share: number) => messages.slice(0, Math.floor(messages.length * share));
const newest = messages.slice(Math.floor(messages.length * 0.9));

const before = learn(until(0.8), flags.minutes);
const cold = learn(until(0.9), flags.minutes);
const warm = learn(until(0.9), flags.minutes / 4, before);
console.log(
  table(
    ['model', 'minutes', 'bits/character of the last tenth'],
    [
      ['80 % of the messages', String(flags.minutes), before.bits.toFixed(4)],
      ['90 %, from nothing', String(flags.minutes), cold.bits.toFixed(4)],
      ['90 %, from the first', String(flags.minutes / 4), warm.bits.toFixed(4)],
    ],
  ),
);

interface Learned {
  checkpoint: Checkpoint;
  speakers: string[];
  bits: number;
}

/** Trains with the defaults and scores the newest messages; `from` is a model that knows older messages. */
function learn(learned: ArchivedMessage[], minutes: number, from?: Learned): Learned {
  const speakers = speakersIn(learned, from?.speakers);
  const text = transcript(learned, speakers);
  const heldOut = transcript(newest, speakers);
  const grown = from && { grown: from.checkpoint.vocabulary };
  const vocabulary = buildVocabulary([COMMON_MARKS, text.text], grown);
  const training = train({
    kernel,
    vocabulary,
    train: vocabulary.encode(text.text),
    valid: vocabulary.encode(heldOut.text),
    trainCharacters: text.characters,
    validCharacters: heldOut.characters,
    ...(from && { from: from.checkpoint }),
    budgetMs: minutes * 60_000,
    now: () => performance.now(),
    seed: 1,
  });
  let turn = training.next();
  while (!turn.done) turn = training.next();
  const { checkpoint } = turn.value;
  return { checkpoint, speakers, bits: evaluate(kernel, checkpoint, heldOut.text).bits / heldOut.characters };
}
