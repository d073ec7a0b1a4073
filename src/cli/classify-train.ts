import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { encodeClassifier } from '../classifier/model.js';
import { type ClassifierProgress, type ClassifierResult, trainClassifier } from '../classifier/training.js';
import { defaultThreads, describeChoice } from '../rnn/kernel/choose.js';
import { roll } from '../rnn/random.js';
import { invent } from '../starter/invented.js';
import { chooseEngine } from './engine.js';
import { checkWritable, readModel, writeAtomically } from './files.js';
import { labelsOf, readExamples } from './labelled-file.js';
import { MAX_SEED, numberWithin, wholeNumber } from './values.js';

interface Flags {
  data: string;
  out: string;
  from?: string;
  minutes: number;
  seed: number;
  threads: number;
  json?: true;
}

export function classifyTrainCommand(): Command {
  return new Command('train')
    .description(
      'Learns from labelled messages, one a line: label TAB text. A tenth is held out to score the classifier.',
    )
    .requiredOption('--data <file>', 'the examples: label TAB text')
    .requiredOption('--out <model>', 'where the classifier is written')
    .option('--from <model>', 'a language model that train wrote, to start from')
    .option('--minutes <m>', 'time to train', numberWithin(0.001, 100_000), 12)
    .option('--seed <n>', 'the same seed starts alike', wholeNumber(0, MAX_SEED), 1)
    .option('--threads <n>', 'most threads to use', wholeNumber(1, 1024), defaultThreads)
    .option('--json', 'print the result as one JSON object')
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  await checkWritable(flags.out);
  const file = { path: flags.data, option: '--data' };
  const from = flags.from === undefined ? undefined : await readModel(flags.from, '--from');
  const examples = await readExamples(file);
  const labels = labelsOf(examples, file);
  const choice = chooseEngine(flags.threads);
  process.stderr.write(`${describeChoice(choice)}; ${examples.length} examples of ${labels.join(', ')}\n`);
  const dice = { state: flags.seed };
  const invented = invent(labels, () => roll(dice));
  const started = performance.now();
  const result = await follow(
    trainClassifier({
      kernel: choice.kernel,
      examples: [...examples, ...invented],
      labels,
      from,
      budgetMs: flags.minutes * 60_000,
      now: () => performance.now(),
      seed: flags.seed,
      metadata: { data: flags.data },
    }),
  );
  await writeAtomically(flags.out, encodeClassifier(result.model));
  const { accuracy, macroF1 } = result.heldOut;
  const report = {
    engine: choice.kernel.engine,
    threads: choice.kernel.threads,
    examples: examples.length,
    seconds: (performance.now() - started) / 1000,
    heldOut: result.heldOut,
    seed: flags.seed,
    out: flags.out,
  };
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(report)}\n`
      : `${flags.out}: accuracy ${percent(accuracy)}, macro F1 ${percent(macroF1)} on ${result.heldOut.examples} held-out examples\n`,
  );
}

async function follow(training: Generator<ClassifierProgress, ClassifierResult>): Promise<ClassifierResult> {
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {stage}',
    stream: process.stderr,
    barsize: 24,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(100, 0, { stage: 'counting' });
  try {
    let turn = training.next();
    for (; !turn.done; turn = training.next()) {
      const { stage, fraction } = turn.value;
      bar.update(Math.floor(fraction * 100), { stage });
      // The event loop's turn: signals arrive here.
      await setImmediate();
    }
    bar.update(100);
    return turn.value;
  } finally {
    bar.stop();
  }
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
