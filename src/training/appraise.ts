import { countCharacters } from '../corpus/clean.js';
import { createCopies } from '../corpus/copies.js';
import { readable } from '../corpus/transcript.js';
import { type Checkpoint, speakersOf } from '../rnn/checkpoint.js';
import { score, SCORING_SIZE } from '../rnn/evaluation.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { createNgram } from '../rnn/ngram.js';
import { isLooping } from '../rnn/repetition.js';
import type { TrainingResult as Trained } from '../rnn/training.js';
import type { Store } from '../store/open.js';
import type { TrainingJob } from './protocol.js';
import type { Corpus } from './read-corpus.js';
import type { TrainingReport } from './report.js';
import { writeSamples } from './write-samples.js';

/** Samples that are counted: so many, or for a training shorter than a minute as many as cost it little. */
const SAMPLES = 200;
const MIN_SAMPLES = 20;
const BUDGET_MS_PER_SAMPLE = 300;
/** Orders of the n-gram up to here are tried: chats of some millions of characters are best predicted by 5 or 6. */
const NGRAM_ORDER = 6;
/** Characters that the n-gram counts at most, at less than a microsecond each: some 60 MB, 1 to 3 seconds. */
const MAX_NGRAM_CHARACTERS = 2_000_000;
/** Characters read between two breaths. */
const PART = 20_000;

export interface Appraised {
  store: Store;
  kernel: Kernel;
  corpus: Corpus;
  job: TrainingJob;
  trained: Trained;
  live: Checkpoint | undefined;
}

export type Appraisal = Pick<
  TrainingReport,
  | 'bitsPerCharacter'
  | 'liveBitsPerCharacter'
  | 'ngramBitsPerCharacter'
  | 'verbatimRate'
  | 'loopRate'
  | 'isMute'
>;

/**
 * How good a model is that has just been trained: on the held-out messages beside the live model and an n-gram, and by
 * what it writes, which is compared with all that it learned.
 * @param breathe is awaited every few milliseconds; when it throws, so does this
 */
export async function appraise(
  what: Appraised,
  breathe: () => Promise<void>,
  maxNgramCharacters = MAX_NGRAM_CHARACTERS,
): Promise<Appraisal> {
  const { kernel, corpus, job, trained, live } = what;
  const count = Math.max(MIN_SAMPLES, Math.min(SAMPLES, Math.floor(job.budgetMs / BUDGET_MS_PER_SAMPLE)));
  const samples = await inBreaths(writeSamples(kernel, trained.checkpoint, count), breathe);
  const copies = createCopies(samples);
  const ngram = createNgram(NGRAM_ORDER);
  await readLearned(what, copies.compare, { show: ngram.learn, room: maxNgramCharacters }, breathe);

  const bitsOf = async (model: Checkpoint) =>
    (await inBreaths(bitsOfHeldOut(kernel, corpus, model), breathe)) / corpus.heldOutCharacters;
  // Nothing is held out of a corpus of a single moment: then the training scored the learned text.
  const hasHeldOut = corpus.heldOutCharacters > 0;
  // Marks are read by the networks alone, which pay for them; no side counts them.
  const plain = readable(corpus.heldOutFor([]));
  return {
    bitsPerCharacter: hasHeldOut ? await bitsOf(trained.checkpoint) : trained.bitsPerCharacter,
    liveBitsPerCharacter: hasHeldOut && corpus.isNewToLive && live ? await bitsOf(live) : undefined,
    ngramBitsPerCharacter: hasHeldOut ? Math.min(...ngram.bits(plain)) / corpus.heldOutCharacters : undefined,
    verbatimRate: copies.share(),
    loopRate: samples.filter(isLooping).length / samples.length,
    isMute: samples.every((sample) => sample.trim() === ''),
  };
}

/** Shows every learned message to one reader, and the newest of them that there is room for, with their line breaks, to another. */
async function readLearned(
  { store, corpus, job }: Appraised,
  all: (message: string) => void,
  newest: { show: (line: string) => void; room: number },
  breathe: () => Promise<void>,
): Promise<void> {
  const { guildId, audience } = job;
  const { learnedUntil, trainCharacters } = corpus;
  let { room } = newest;
  const from = await store.messages.timeAt(
    guildId,
    audience,
    learnedUntil,
    Math.max(0, 1 - room / trainCharacters),
  );
  let read = 0;
  for await (const { content, timeMs } of corpus.learned()) {
    const characters = countCharacters(content);
    all(content);
    // The newest messages may be longer than most.
    if (timeMs >= (from ?? 0) && room > characters) {
      newest.show(`${content}\n`);
      room -= characters + 1;
    }
    read += characters + 1;
    if (read < PART) continue;
    read = 0;
    await breathe();
  }
}

/** Bits of the held-out messages, as a model sees them that knows its own speakers. */
function* bitsOfHeldOut(kernel: Kernel, corpus: Corpus, model: Checkpoint): Generator<void, number> {
  const evaluator = kernel.createEvaluator(model.shape, SCORING_SIZE);
  evaluator.load(model.parameters);
  let nats = 0;
  for (const part of score(evaluator, model.vocabulary.encode(corpus.heldOutFor(speakersOf(model))))) {
    nats += part;
    yield;
  }
  return nats / Math.LN2;
}

async function inBreaths<T>(work: Generator<void, T>, breathe: () => Promise<void>): Promise<T> {
  let turn = work.next();
  for (; turn.done !== true; turn = work.next()) await breathe();
  return turn.value;
}
