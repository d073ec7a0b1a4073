import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { SingleBar, type Options as BarOptions } from 'cli-progress';
import { Command, Option } from 'commander';
import { encodeCheckpoint, speakersOf } from '../rnn/checkpoint.js';
import { defaultThreads, describeChoice } from '../rnn/kernel/choose.js';
import { cells, type Cell } from '../rnn/kernel/layout.js';
import { vocabularyOf } from '../rnn/passage.js';
import { train, TrainingError, type Progress, type Setback, type TrainingResult } from '../rnn/training.js';
import { chooseEngine } from './engine.js';
import { CliError } from './failure.js';
import { checkWritable, readModel, writeAtomically } from './files.js';
import { ARCHIVE_HELP, encode, openCorpus } from './texts.js';
import { MAX_SEED, numberWithin, wholeNumber } from './values.js';

interface TrainFlags {
  text: string;
  valid?: string;
  out: string;
  from?: string;
  minutes: number;
  cell?: Cell;
  hidden?: number;
  layers?: number;
  seed: number;
  threads: number;
  json?: true;
}

export function trainCommand(): Command {
  return new Command('train')
    .description('Learns a text: its first 90 % are learned, the rest is held out to score the model.')
    .requiredOption('--text <file>', 'the text to learn')
    .option('--valid <file>', 'the text to score the model on; then all of --text is learned')
    .requiredOption('--out <model>', 'where the model is written, when done or interrupted')
    .option('--from <model>', 'a model to go on from, if the text has grown since')
    .option('--minutes <m>', 'time to train', numberWithin(0.001, 100_000), 5)
    .addOption(new Option('--cell <cell>', 'kind of cell (default: lstm)').choices(cells))
    .option('--hidden <n>', 'units per layer (default: by text and time)', wholeNumber(1, 4096))
    .option('--layers <n>', 'layers (default: 2)', wholeNumber(1, 8))
    .option(
      '--seed <n>',
      'the same seed starts a network of the same size alike',
      wholeNumber(0, MAX_SEED),
      1,
    )
    .option('--threads <n>', 'most threads to use', wholeNumber(1, 1024), defaultThreads)
    .option('--json', 'print the result as one JSON object')
    .addHelpText('after', ARCHIVE_HELP)
    .action(run);
}

async function run(flags: TrainFlags): Promise<void> {
  await checkWritable(flags.out);
  if (flags.from !== undefined && (flags.cell ?? flags.hidden ?? flags.layers) !== undefined) {
    throw new CliError('--from decides the size of the network: leave out --cell, --hidden and --layers');
  }
  const from = flags.from === undefined ? undefined : await readModel(flags.from, '--from');
  const known = from && speakersOf(from);
  const { learned, heldOut, marks, speakers } = await openCorpus(flags.text, flags.valid, known);
  const choice = chooseEngine(flags.threads);
  const { kernel } = choice;
  const vocabulary = await vocabularyOf(learned, marks, from?.vocabulary);
  const text = await encode(vocabulary, learned);
  const valid = await encode(vocabulary, heldOut);
  const threads = `${kernel.threads} ${kernel.threads === 1 ? 'thread' : 'threads'}`;
  process.stderr.write(`${describeChoice(choice)}; ${threads}, ${vocabulary.size} symbols\n`);
  const training = train({
    kernel,
    vocabulary,
    train: text.symbols,
    valid: valid.symbols,
    trainCharacters: text.characters,
    validCharacters: valid.characters,
    hyperparameters: given(flags),
    ...(from && { from }),
    budgetMs: flags.minutes * 60_000,
    now: () => performance.now(),
    seed: flags.seed,
    metadata: { text: flags.text, ...(speakers && { speakers: JSON.stringify(speakers) }) },
  });
  const result = await follow(training, async (best) => {
    await writeAtomically(flags.out, best);
    process.stderr.write(`interrupted: the best model so far is in ${flags.out}\n`);
  });
  if (!result) return;
  await writeAtomically(flags.out, encodeCheckpoint(result.checkpoint));
  const { checkpoint, bitsPerCharacter, steps, characters, seconds, charactersPerSecond, stopped } = result;
  if (flags.json) {
    const report = {
      engine: kernel.engine,
      threads: kernel.threads,
      parameters: checkpoint.parameters.length,
      steps,
      characters,
      seconds,
      charactersPerSecond,
      bitsPerCharacter,
      ...checkpoint.shape,
      seed: flags.seed,
      stopped,
      out: flags.out,
    };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    const bits = bitsPerCharacter.toFixed(3);
    const text = result.isHeldOut ? 'held-out text' : 'learned text, for nothing was held out';
    process.stdout.write(`${flags.out}: ${bits} bits per character of the ${text} (${stopped})\n`);
  }
}

function given({ cell, hidden, layers }: TrainFlags) {
  return {
    ...(cell === undefined ? {} : { cell }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(layers === undefined ? {} : { layers }),
  };
}

/**
 * Runs the training to its end with a progress bar. Ctrl-C and SIGTERM end it early: `keep` gets the best model, and
 * the result is undefined.
 */
async function follow(
  training: Generator<Progress, TrainingResult>,
  keep: (best: Uint8Array) => Promise<void>,
): Promise<TrainingResult | undefined> {
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const bar = new SingleBar(barOptions);
  bar.start(100, 0, describe());
  let setbacks = 0;
  try {
    let turn = training.next();
    while (!turn.done) {
      const progress = turn.value;
      bar.update(Math.floor(progress.fraction * 100), describe(progress));
      if (progress.setbacks > setbacks) sayWhy(progress.setback);
      setbacks = progress.setbacks;
      // The event loop's turn: signals arrive here.
      await setImmediate();
      if (interrupted) {
        bar.stop();
        await keep(encodeCheckpoint(progress.best()));
        process.exitCode = 130;
        return undefined;
      }
      turn = training.next();
    }
    bar.update(100);
    return turn.value;
  } catch (error) {
    if (error instanceof TrainingError) throw new CliError(error.message);
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_NO_THREADS') {
      throw new CliError(error.message);
    }
    // What V8 throws where an array cannot be had.
    if (error instanceof RangeError) {
      throw new CliError('the network does not fit in memory: give a smaller --hidden or --layers');
    }
    throw error;
  } finally {
    bar.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function sayWhy(setback: Setback | undefined): void {
  const why = setback === 'diverged' ? 'the loss exploded' : 'the held-out text got no cheaper';
  process.stderr.write(`\n${why}: back to the best state, on with half the step\n`);
}

const barOptions: BarOptions = {
  format: '{bar} {percentage}% | {bits} bits/char held out | {train} train | {speed} chars/s | {left} left',
  stream: process.stderr,
  barsize: 24,
  noTTYOutput: true,
  notTTYSchedule: 10_000,
};

function describe(progress?: Progress) {
  const {
    bitsPerCharacter,
    trainBits = 0,
    charactersPerSecond = 0,
    elapsedMs = 0,
    fraction = 0,
  } = progress ?? {};
  const secondsLeft = fraction > 0 ? Math.round(((elapsedMs / 1000) * (1 - fraction)) / fraction) : 0;
  return {
    bits: bitsPerCharacter?.toFixed(3) ?? '-',
    train: trainBits.toFixed(3),
    speed: Math.round(charactersPerSecond),
    left: progress ? `${secondsLeft} s` : '-',
  };
}
