import { setImmediate as breathe } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { openClassifier } from '../classifier/classifier.js';
import { encodeClassifier } from '../classifier/model.js';
import { type Scores, scoresOf } from '../classifier/scores.js';
import { LABELS, type LabelledExample } from '../classifier/tasks.js';
import { type ClassifierResult, trainClassifier } from '../classifier/training.js';
import { isUserError } from '../errors.js';
import { chooseKernel } from '../rnn/kernel/choose.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { PUBLIC } from '../store/messages.js';
import { openStore, type Store } from '../store/open.js';
import { readLiveModel } from './live-model.js';
import type { ClassifierJob, ClassifierMessage, ClassifierTrained } from './protocol.js';
import { readExamples } from './read-examples.js';

/** Does one training of a classifier: reads what there is to learn from, trains, scores, and reports over the port. */
export async function runClassifierTraining(
  port: MessagePort,
  job: ClassifierJob,
  now: () => number,
): Promise<void> {
  const send = (message: ClassifierMessage, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  try {
    const store = await openStore(job.databasePath, 'read-only', job.keys);
    try {
      const trained = await trainOn(store, job, now);
      send({ type: 'result', ...trained }, [trained.model.buffer]);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!isUserError(error)) throw error;
    send({ type: 'problem', key: error.key, params: error.params });
  }
}

async function trainOn(store: Store, job: ClassifierJob, now: () => number): Promise<ClassifierTrained> {
  const { kernel } = chooseKernel(job.engine, job.threads);
  const { learned, verdicts, heldOut } = await readExamples(store, job);
  const training = trainClassifier({
    kernel,
    examples: learned,
    labels: LABELS[job.task],
    inventedImportance: 1,
    from: await readLiveModel(store, job.guildId, PUBLIC),
    budgetMs: job.budgetMs,
    now,
    seed: job.seed,
  });
  let turn = training.next();
  for (; !turn.done; turn = training.next()) await breathe();
  // Before there is a held-out verdict, a tenth of all examples speaks for it.
  const scores = heldOut.length > 0 ? scoreOn(kernel, turn.value, heldOut) : turn.value.heldOut;
  const { accuracy, macroF1, labels, calibrationError } = scores;
  return {
    model: encodeClassifier(turn.value.model),
    report: {
      examples: new Set(learned.map(({ text }) => text)).size,
      verdicts,
      heldOut: heldOut.length,
      accuracy,
      macroF1,
      labels,
      calibrationError,
    },
  };
}

/** On verdicts that are never learned, so that versions can be compared. */
function scoreOn(kernel: Kernel, { model }: ClassifierResult, heldOut: LabelledExample[]): Scores {
  const probabilities = openClassifier(kernel, model).classify(heldOut);
  const truth = heldOut.map(({ label }) => model.labels.indexOf(label));
  return scoresOf(probabilities, truth, model.labels);
}
