import { setImmediate as breathe } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { isUserError } from '../errors.js';
import { encodeCheckpoint, speakersOf } from '../rnn/checkpoint.js';
import { chooseKernel } from '../rnn/kernel/choose.js';
import type { Progress } from '../rnn/training.js';
import { openStore, type Store } from '../store/open.js';
import { appraise } from './appraise.js';
import { begin, learnedUntilOf, whyFresh } from './begin-training.js';
import { readLiveModel } from './live-model.js';
import type {
  TrainingJob,
  TrainingMessage,
  TrainingProgress,
  TrainingRequest,
  TrainingResult,
} from './protocol.js';
import { readCorpus } from './read-corpus.js';
import { createCurve } from './training-curve.js';

/** How much learning a power cut may cost. */
const SAVE_INTERVAL_MS = 30_000;
const PROGRESS_INTERVAL_MS = 500;

type Send = (message: TrainingMessage, transfer?: ArrayBuffer[]) => void;

/** Does one training job: reads the corpus, trains, appraises the new model, and reports over the port. */
export async function runTraining(port: MessagePort, job: TrainingJob, now: () => number): Promise<void> {
  const send: Send = (message, transfer = []) => port.postMessage(message, transfer);
  const stop = new AbortController();
  port.on('message', ({ type }: TrainingRequest) => {
    if (type === 'stop') stop.abort();
  });
  try {
    const store = await openStore(job.databasePath, 'read-only', job.keys);
    try {
      const result = await trainOn(store, job, now, send, stop.signal);
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
  send: Send,
  stop: AbortSignal,
): Promise<TrainingResult> {
  const { guildId, audience } = job;
  const { kernel } = chooseKernel(job.engine, job.threads);
  const liveVersion = (await store.models.live(guildId, audience))?.version;
  const live = await readLiveModel(store, guildId, audience);
  const fresh =
    live === undefined ? (liveVersion === undefined ? 'first' : 'damaged') : await whyFresh(store, job, live);
  const from = fresh === undefined ? live : undefined;
  const before = {
    kept: from && { vocabulary: from.vocabulary, speakers: speakersOf(from) },
    learnedUntil: live && learnedUntilOf(live),
  };
  const corpus = await readCorpus(store, guildId, audience, job.corpusUntil, before, job.maxSpeakerShare);
  const state = await store.trainings.state(guildId, audience);
  const startedAt = now();
  const trainedMs = () => job.trainedMs + now() - startedAt;
  const { training, first, isResumed } = begin(kernel, corpus, from, job, state, now);
  const curve = createCurve(job.budgetMs, isResumed ? job.curve : []);
  const course = () => ({ trainedMs: trainedMs(), curve: curve.points() });
  const tell = teller(send, now);

  let lastSave = now();
  let latest: TrainingProgress | undefined;
  let next = first;
  for (; next.done !== true; next = training.next()) {
    const progress = next.value;
    curve.note(progress, trainedMs());
    tell((latest = reportOf(progress, job.budgetMs)));
    if (stop.aborted || now() - lastSave >= SAVE_INTERVAL_MS) {
      const state = progress.save();
      send({ type: 'state', state, ...course() }, [state.buffer]);
      lastSave = now();
    }
    if (stop.aborted) return { kind: 'paused', ...course() };
    // Without this the request to stop would never be heard.
    await breathe();
  }
  const trained = next.value;
  const ran = course();

  const alive = latest && { ...latest, fraction: 1, remainingMs: 0 };
  const appraisal = await appraise({ store, kernel, corpus, job, trained, live }, async () => {
    if (alive) tell(alive);
    await breathe(undefined, { signal: stop });
  }).catch((error: unknown) => {
    if (stop.aborted) return undefined;
    throw error;
  });
  // What was learned since the last state was sent will be learned again.
  if (appraisal === undefined) return { kind: 'paused', ...ran };
  return {
    kind: 'finished',
    checkpoint: encodeCheckpoint(trained.checkpoint),
    learnedUntil: corpus.learnedUntil,
    report: {
      seed: job.seed,
      budgetMs: job.budgetMs,
      ...ran,
      from: from?.version,
      fresh,
      liveVersion,
      messages: corpus.trainMessages,
      characters: corpus.trainCharacters,
      leftOut: corpus.leftOut,
      ...appraisal,
    },
  };
}

/** Sends progress, but not more often than anybody would look at it. */
function teller(send: Send, now: () => number): (progress: TrainingProgress) => void {
  let toldAt = -Infinity;
  return (progress) => {
    if (now() - toldAt < PROGRESS_INTERVAL_MS) return;
    toldAt = now();
    send({ type: 'progress', progress });
  };
}

function reportOf(progress: Progress, budgetMs: number): TrainingProgress {
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
