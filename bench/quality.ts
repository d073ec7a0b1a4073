import { performance } from 'node:perf_hooks';
import { Command, Option } from 'commander';
import { MAX_SEED, numberWithin, wholeNumber } from '../src/cli/values.js';
import { evaluate } from '../src/rnn/evaluation.js';
import { chooseKernel } from '../src/rnn/kernel/choose.js';
import { train, type TrainingResult } from '../src/rnn/training.js';
import { buildVocabulary } from '../src/rnn/vocabulary.js';
import { datasetNames, readDataset, type Dataset, type DatasetName } from './datasets.js';
import { describeMachine } from './machine.js';
import { scoreNgrams } from '../src/rnn/ngram.js';
import { table } from './table.js';

interface Flags {
  data: string;
  set: DatasetName;
  minutes: number;
  threads?: number;
  seed: number;
  json?: true;
}

const flags = new Command('bench:quality')
  .description(
    'Trains on a set with nothing but the defaults and scores text that was not seen, beside an n-gram.',
  )
  .requiredOption('--data <folder>', 'where the sets are')
  .addOption(new Option('--set <name>', 'which set').choices(datasetNames).makeOptionMandatory())
  .option('--minutes <m>', 'time to train', numberWithin(0.001, 100_000), 5)
  .option('--threads <n>', 'most threads to use', wholeNumber(1, 1024))
  .option('--seed <n>', 'the same seed starts a network of the same size alike', wholeNumber(0, MAX_SEED), 1)
  .option('--json', 'print the result as one JSON object')
  .parse()
  .opts<Flags>();

const { kernel } = chooseKernel(undefined, flags.threads);
const dataset = readDataset(flags.data, flags.set);
const result = trainOn(dataset);
const { bits } = evaluate(kernel, result.checkpoint, dataset.test.text);
const { byOrder, best } = scoreNgrams(dataset.baseline.train, dataset.baseline.test);
print();

/** The training that the bot and the CLI do, with their defaults. */
function trainOn({ train: learned, valid, marks }: Dataset): TrainingResult {
  const vocabulary = buildVocabulary([marks, learned.text]);
  const training = train({
    kernel,
    vocabulary,
    train: vocabulary.encode(learned.text),
    valid: vocabulary.encode(valid.text),
    trainCharacters: learned.characters,
    validCharacters: valid.characters,
    budgetMs: flags.minutes * 60_000,
    now: () => performance.now(),
    seed: flags.seed,
  });
  let reported = 0;
  let turn = training.next();
  while (!turn.done) {
    const { fraction, trainBits, bitsPerCharacter } = turn.value;
    if (fraction >= reported + 0.1) {
      reported = Math.floor(fraction * 10) / 10;
      const held = bitsPerCharacter?.toFixed(3) ?? '-';
      process.stderr.write(
        `${Math.round(100 * reported)} %: train ${trainBits.toFixed(3)}, held out ${held}\n`,
      );
    }
    turn = training.next();
  }
  return turn.value;
}

function print(): void {
  const report = {
    set: flags.set,
    bitsPerCharacter: bits / dataset.test.characters,
    ngramOrder5: byOrder[4],
    ngramBest: byOrder[best - 1],
    ngramBestOrder: best,
    heldOutBitsPerCharacter: result.bitsPerCharacter,
    seconds: result.seconds,
    charactersPerSecond: result.charactersPerSecond,
    epochs: result.characters / dataset.train.characters,
    parameters: result.checkpoint.parameters.length,
    vocabulary: result.checkpoint.vocabulary.size,
    stopped: result.stopped,
    hyperparameters: result.checkpoint.metadata.hyperparameters,
    engine: kernel.engine,
    threads: kernel.threads,
    machine: describeMachine(new Date()),
  };
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const rows = [
    ['test, bits/character', report.bitsPerCharacter.toFixed(3)],
    ['n-gram of order 5', report.ngramOrder5.toFixed(3)],
    [`n-gram of order ${best}, its best`, report.ngramBest.toFixed(3)],
    ['held out for choosing, bits/character', report.heldOutBitsPerCharacter.toFixed(3)],
    ['seconds of training', report.seconds.toFixed(0)],
    ['characters/s', report.charactersPerSecond.toFixed(0)],
    ['passes over the text', report.epochs.toFixed(1)],
    ['parameters', String(report.parameters)],
  ];
  process.stdout.write(
    `${report.machine}, ${kernel.engine}, threads: ${kernel.threads}\n` +
      `${report.hyperparameters} (${report.stopped})\n\n${table([flags.set, ''], rows)}\n`,
  );
}
