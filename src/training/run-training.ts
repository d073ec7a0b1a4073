import { setImmediate as breathe } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { isUserError } from '../errors.js';
import {
  type Checkpoint,
  CheckpointError,
  encodeCheckpoint,
  sizedFor,
  speakersOf,
} from '../rnn/checkpoint.js';
import { score, SCORING_SIZE } from '../rnn/evaluation.js';
import { isOutgrown } from '../rnn/hyperparameters.js';
import { chooseKernel } from '../rnn/kernel/choose.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { type Progress, train, type TrainingResult as Trained } from '../rnn/training.js';
import { openStore, type Store } from '../store/open.js';
import { type LiveModel, readLiveModel } from './live-model.js';
import type { TrainingJob, TrainingMessage, TrainingRequest, TrainingResult } from './protocol.js';
import { type Corpus, digestOf, readCorpus } from './read-corpus.js';
import type { TrainingReport } from './report.js';
import { createCurve } from './training-curve.js';

/** How much learning a power cut may cost. */
const SAVE_INTERVAL_MS = 30_000;
const PROGRESS_INTERVAL_MS = 500;

/** Does one training job: reads the corpus, trains, measures against the live model, and reports over the port. */
export async function runTraining(port: MessagePort, job: TrainingJob, now: () => number): Promise<void> {
  const send = (message: TrainingMessage, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  let stopping = false;
  port.on('message', ({ type }: TrainingRequest) => (stopping = type === 'stop'));
  try {
    const store = await openStore(job.databasePath, 'read-only');
    try {
      const result = await trainOn(store, job, now, send, () => stopping);
      send({ type: 'result', result }, result.kind === 'finished' ? [result.checkpoint.buffer] : []);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!isUserError(error)) throw error;
    send({ type: 'problem', key: error.key, params: error.params });
  }
}

async function trainOn(
  store: Store,
  job: TrainingJob,
  now: () => number,
  send: (message: TrainingMessage, transfer?: ArrayBuffer[]) => void,
  shouldStop: () => boolean,
): Promise<TrainingResult> {
  const { kernel } = chooseKernel(job.engine, job.threads);
  const live = await readLiveModel(store, job.guildId);
  const from = live && !job.fresh && (await isStillFitting(store, job, live)) ? live : undefined;
  const corpus = await readCorpus(store, job.guildId, job.corpusUntil, {
    kept: from && { vocabulary: from.vocabulary, speakers: speakersOf(from) },
    learnedUntil: live && learnedUntil(live),
  });
  const startedAt = now();
  const trainedMs = () => job.trainedMs + now() - startedAt;
  const state = await store.trainings.state(job.guildId);
  const { training, first, isResumed } = begin(kernel, corpus, from, job, state, now);
  const curve = createCurve(job.budgetMs, isResumed ? job.curve : []);
  const course = () => ({ trainedMs: trainedMs(), curve: curve.points() });

  let lastProgress = -Infinity;
  let lastSave = now();
  let next = first;
  for (; next.done !== true; next = training.next()) {
    const progress = next.value;
    const time = now();
    curve.note(progress, trainedMs());
    const stop = shouldStop();
    if (time - lastProgress >= PROGRESS_INTERVAL_MS) {
      send({ type: 'progress', progress: report(progress, job.budgetMs) });
      lastProgress = time;
    }
    if (stop || time - lastSave >= SAVE_INTERVAL_MS) {
      const state = progress.save();
      send({ type: 'state', state, ...course() }, [state.buffer]);
      lastSave = time;
    }
    if (stop) return { kind: 'paused', ...course() };
    // Without this the request to stop would never be heard.
    await breathe();
  }
  const { checkpoint } = next.value;
  return {
    kind: 'finished',
    checkpoint: encodeCheckpoint(checkpoint),
    report: {
      seed: job.seed,
      budgetMs: job.budgetMs,
      ...course(),
      from: from?.version,
      messages: corpus.trainMessages,
      characters: corpus.trainCharacters,
      liveVersion: live?.version,
      ...(await compare(kernel, corpus, next.value, live)),
      ngramBitsPerCharacter: undefined,
      verbatimRate: 0,
      loopRate: 0,
      samples: [],
    },
  };
}

/**
 * Whether to go on from the live model. Otherwise the training starts from nothing: with a network of another size, or
 * without what the model knows of messages that were edited or deleted since, for what they taught must go.
 */
async function isStillFitting(store: Store, job: TrainingJob, live: Checkpoint): Promise<boolean> {
  const sized = sizedFor(live);
  const until = learnedUntil(live);
  if (sized === undefined || until === undefined) return false;
  const { characters } = await store.messages.totals(job.guildId, job.corpusUntil);
  if (isOutgrown(sized, { characters, milliseconds: job.budgetMs })) return false;
  return (await digestOf(store, job.guildId, until)) === live.metadata.learnedDigest;
}

function learnedUntil({ metadata }: Checkpoint): number | undefined {
  return metadata.learnedUntil === undefined ? undefined : Number(metadata.learnedUntil);
}

interface Begun {
  training: Generator<Progress, Trained>;
  first: IteratorResult<Progress, Trained>;
  isResumed: boolean;
}

/** A training that goes on from the saved state, or begins anew when there is none that fits the corpus as it is now. */
function begin(
  kernel: Kernel,
  corpus: Corpus,
  from: Checkpoint | undefined,
  job: TrainingJob,
  state: Uint8Array | undefined,
  now: () => number,
): Begun {
  const { vocabulary, trainCharacters, heldOutCharacters, speakers, learnedUntil, learnedDigest } = corpus;
  const start = (resume?: Uint8Array) =>
    train({
      kernel,
      vocabulary,
      train: corpus.train,
      valid: corpus.heldOut,
      trainCharacters,
      validCharacters: heldOutCharacters,
      ...(from && { from }),
      budgetMs: job.budgetMs,
      now,
      seed: job.seed,
      metadata: {
        speakers: JSON.stringify(speakers),
        corpusUntil: String(job.corpusUntil),
        learnedUntil: String(learnedUntil),
        learnedDigest,
      },
      ...(resume !== undefined && { resume }),
    });
  if (state !== undefined) {
    const training = start(state);
    try {
      return { training, first: training.next(), isResumed: true };
    } catch (error) {
      // Messages were edited or deleted in between: what they taught must go, so the training starts over.
      if (!(error instanceof CheckpointError)) throw error;
    }
  }
  const training = start();
  return { training, first: training.next(), isResumed: false };
}

/** The new model's score and the live model's, on the same held-out messages. */
async function compare(
  kernel: Kernel,
  corpus: Corpus,
  trained: Trained,
  live: LiveModel | undefined,
): Promise<Pick<TrainingReport, 'bitsPerCharacter' | 'liveBitsPerCharacter'>> {
  if (live === undefined || corpus.heldOutCharacters === 0) {
    return { bitsPerCharacter: trained.bitsPerCharacter, liveBitsPerCharacter: undefined };
  }
  return {
    bitsPerCharacter: await bitsOf(kernel, corpus, trained.checkpoint),
    liveBitsPerCharacter: await bitsOf(kernel, corpus, live),
  };
}

/** Bits per character of the held-out messages, as a model sees them that knows its own speakers. */
async function bitsOf(kernel: Kernel, corpus: Corpus, model: Checkpoint): Promise<number> {
  const evaluator = kernel.createEvaluator(model.shape, SCORING_SIZE);
  evaluator.load(model.parameters);
  let nats = 0;
  for (const part of score(evaluator, model.vocabulary.encode(corpus.heldOutFor(speakersOf(model))))) {
    nats += part;
    await breathe();
  }
  return nats / Math.LN2 / corpus.heldOutCharacters;
}

function report(progress: Progress, budgetMs: number) {
  const { fraction, trainBits, bitsPerCharacter, charactersPerSecond, setbacks, setback } = progress;
  return {
    fraction,
    loss: trainBits,
    bitsPerCharacter,
    charactersPerSecond,
    remainingMs: budgetMs * (1 - fraction),
    setbacks,
    setback,
  };
}
