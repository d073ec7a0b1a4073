import type { Checkpoint, Network } from '../rnn/checkpoint.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { hash, mix } from '../rnn/random.js';
import type { Symbols } from '../rnn/symbols.js';
import { train } from '../rnn/training.js';
import { buildVocabulary } from '../rnn/vocabulary.js';
import { learnMixture, mixOpinions } from './calibration.js';
import { logarithms } from './classifier.js';
import { fineTune, type Lesson } from './fine-tuning.js';
import type { ClassifierModel } from './model.js';
import { plainText } from './plain-text.js';
import { END_OF_TEXT, openReader, symbolsOf } from './reader.js';
import { type Scores, scoresOf } from './scores.js';
import { consult, learnTable } from './table.js';
import type { Input, LabelledExample } from './tasks.js';

export interface ClassifierTrainingOptions {
  readonly kernel: Kernel;
  /** In any order; those of the same text, once normalized, are held out together or not at all. */
  readonly examples: readonly LabelledExample[];
  /** What to answer with; every example has one of them. */
  readonly labels: readonly string[];
  /** A language model to start from: of the same server, at best. */
  readonly from?: Checkpoint | undefined;
  /**
   * What an invented example counts beside a real one. By default all invented ones together count less than all real
   * ones, so that a set of a few hundred is not drowned.
   */
  readonly inventedImportance?: number;
  /** Time for everything, in milliseconds by `now`. */
  readonly budgetMs: number;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  readonly seed: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ClassifierProgress {
  readonly stage: 'reading' | 'judging' | 'counting';
  /** Share of the budget that has gone, 0 to 1. */
  readonly fraction: number;
}

export interface ClassifierResult {
  readonly model: ClassifierModel;
  /**
   * On the held-out examples, which neither expert has learned. They chose the reader's best moment and fitted the
   * mixture, so that this is a little better than what strangers would give.
   */
  readonly heldOut: Scores;
}

/** One example in so many is held out. */
const HELD_OUT = 10;
const HELD_OUT_SEED = 0x5e1d;
/** Share of the budget for learning the language, before it is about labels; less where a language model is given. */
const LANGUAGE_SHARE = 0.45;
const TABLE_EPOCHS = 10;
/** Below so many different texts the table alone is better (docs/experiments.md). */
const MIN_TO_READ = 2_000;
const MIN_OF_EACH_LABEL = 20;
/** What all invented examples count, at most, beside all real ones. */
const INVENTED_SHARE = 0.8;
const HIDDEN = 256;
const LAYERS = 1;

/**
 * Learns to classify: a language model of the examples first (semi-supervised sequence learning, Dai and Le 2015), then from it
 * the expert that reads, beside it the expert that counts, and on held-out examples how far to trust each.
 * A generator, so that its caller can breathe, report or stop between steps.
 */
export function* trainClassifier(
  options: ClassifierTrainingOptions,
): Generator<ClassifierProgress, ClassifierResult> {
  const { kernel, labels, budgetMs, now, seed } = options;
  const started = now();
  const fraction = () => Math.min(1, (now() - started) / budgetMs);
  const plain = options.examples.map((each) => ({ ...each, text: plainText(each.text) }));
  const invented = plain.filter((each) => each.invented);
  const real = plain.filter((each) => !each.invented);
  const learned = real.filter((each) => !isHeldOut(each.text));
  const heldOut = real.filter((each) => isHeldOut(each.text));
  const labelOf = ({ label }: LabelledExample) => labels.indexOf(label);

  const counted = [...learned, ...invented];
  const balance = (INVENTED_SHARE * (learned.length || Infinity)) / invented.length;
  const { inventedImportance = Math.min(1, balance) } = options;
  const importances = counted.map((each) => (each.invented ? inventedImportance : 1));
  const table = learnTable(counted, counted.map(labelOf), importances, labels.length, {
    epochs: TABLE_EPOCHS,
    seed,
  });
  yield { stage: 'counting', fraction: fraction() };
  const metadata = {
    ...options.metadata,
    seed: String(seed),
    examples: String(real.length),
    invented: String(invented.length),
  };
  if (!isWorthReading(learned, labels)) return fromTableAlone();

  const trunk = yield* learnLanguage();
  const lessonOf = (examples: LabelledExample[]): Lesson => ({
    texts: examples.map(({ text }) => symbolsOf(trunk.vocabulary, text)),
    labels: examples.map(labelOf),
  });
  const lessons = { learned: lessonOf(learned), heldOut: lessonOf(heldOut) };
  const tuning = fineTune({
    ...options,
    ...lessons,
    trunk,
    classes: labels.length,
    // What came before may have taken more than its share: then there is no time left, not time without end.
    budgetMs: Math.max(1, started + budgetMs - now()),
  });
  let turn = tuning.next();
  for (; !turn.done; turn = tuning.next()) yield { stage: 'judging', fraction: fraction() };
  const reader = turn.value;

  const truth = heldOut.map(labelOf);
  const opinions = opinionsOf(reader, lessons.heldOut.texts, heldOut);
  const mixture = learnMixture(opinions, truth, labels.length);
  const answers = opinions.map((each) => mixOpinions(mixture, each));
  return { model: { labels, reader, table, mixture, metadata }, heldOut: scoresOf(answers, truth, labels) };

  function fromTableAlone(): ClassifierResult {
    const reader = new Float32Array(labels.length);
    const opinions = heldOut.map((input) => ({ reader, table: consult(table, input) }));
    const truth = heldOut.map(labelOf);
    const isTested = labels.every((_, label) => truth.includes(label));
    const mixture = isTested
      ? learnMixture(opinions, truth, labels.length)
      : { reader: 0, table: 1, bias: new Float32Array(labels.length) };
    const answers = opinions.map((each) => mixOpinions(mixture, each));
    return { model: { labels, table, mixture, metadata }, heldOut: scoresOf(answers, truth, labels) };
  }

  function* learnLanguage(): Generator<ClassifierProgress, Network> {
    const vocabulary = buildVocabulary([textOf(learned)], options.from && { grown: options.from.vocabulary });
    const training = train({
      kernel,
      vocabulary,
      train: vocabulary.encode(textOf(learned)),
      valid: vocabulary.encode(textOf(heldOut)),
      ...(options.from ? { from: options.from } : { hyperparameters: { hidden: HIDDEN, layers: LAYERS } }),
      budgetMs: budgetMs * LANGUAGE_SHARE,
      now,
      seed,
    });
    let turn = training.next();
    for (; !turn.done; turn = training.next()) yield { stage: 'reading', fraction: fraction() };
    return turn.value.checkpoint;
  }

  function opinionsOf(network: Network, texts: readonly Symbols[], inputs: readonly Input[]) {
    const read = openReader(kernel, network).read(texts);
    return inputs.map((input, index) => ({ reader: logarithms(read[index]), table: consult(table, input) }));
  }
}

/** Whether there is enough for the reader, who learns hundreds of texts, or invented ones, by heart. */
function isWorthReading(learned: readonly LabelledExample[], labels: readonly string[]): boolean {
  const texts = (examples: readonly Input[]) => new Set(examples.map(({ text }) => text)).size;
  const has = (label: string) => texts(learned.filter((each) => each.label === label)) >= MIN_OF_EACH_LABEL;
  return texts(learned) >= MIN_TO_READ && labels.every(has);
}

/** Decided by the text alone, so that it does not change sides when other examples come. */
function isHeldOut(text: string): boolean {
  let mixed = hash(HELD_OUT_SEED);
  for (const character of text) mixed = mix(mixed ^ (character.codePointAt(0) ?? 0));
  return mixed % HELD_OUT === 0;
}

function textOf(examples: readonly Input[]): string {
  return examples.map(({ text }) => text + END_OF_TEXT).join('');
}
