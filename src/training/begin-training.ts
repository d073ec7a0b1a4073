import { type Checkpoint, CheckpointError, sizedFor } from '../rnn/checkpoint.js';
import { isOutgrown } from '../rnn/hyperparameters.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { type Progress, train, type TrainingResult as Trained } from '../rnn/training.js';
import type { Store } from '../store/open.js';
import type { LiveModel } from './live-model.js';
import type { TrainingJob } from './protocol.js';
import { type Corpus, digestOf } from './read-corpus.js';
import type { FreshReason } from './report.js';

/**
 * Why not to go on from the live model, but to start from nothing: without what the model knows of messages that were
 * edited or deleted since, for what they taught must go, or with a network of another size. Undefined where it will do.
 */
export async function whyFresh(
  store: Store,
  job: TrainingJob,
  live: LiveModel,
): Promise<FreshReason | undefined> {
  const sized = sizedFor(live);
  const until = learnedUntilOf(live);
  if (sized === undefined || until === undefined) return 'unreadable';
  // Before all else: what must go must go, whatever was asked for.
  if ((await store.debts.owedBy({ guild_id: job.guildId, version: live.version })).length > 0)
    return 'changed';
  // What came late, or left while nobody kept count.
  if ((await digestOf(store, job.guildId, job.audience, until)) !== live.metadata.learnedDigest)
    return 'changed';
  if (job.fresh) return 'asked';
  const { characters } = await store.messages.totals(job.guildId, job.audience, job.corpusUntil);
  return isOutgrown(sized, { characters, milliseconds: job.budgetMs }) ? 'outgrown' : undefined;
}

export function learnedUntilOf({ metadata }: Checkpoint): number | undefined {
  return metadata.learnedUntil === undefined ? undefined : Number(metadata.learnedUntil);
}

/** A training that has taken its first turn. */
export interface Begun {
  training: Generator<Progress, Trained>;
  first: IteratorResult<Progress, Trained>;
  isResumed: boolean;
}

/** A training that goes on from the saved state, or begins anew when there is none that fits the corpus as it is now. */
export function begin(
  kernel: Kernel,
  corpus: Corpus,
  from: Checkpoint | undefined,
  job: TrainingJob,
  state: Uint8Array | undefined,
  now: () => number,
): Begun {
  const {
    vocabulary,
    trainCharacters,
    heldOutCharacters,
    speakers,
    learnedUntil,
    learnedDigest,
    learnedReplies,
  } = corpus;
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
        learnedReplies: String(learnedReplies),
      },
      ...(resume !== undefined && { resume }),
    });
  if (state !== undefined) {
    const training = start(state);
    try {
      return { training, first: training.next(), isResumed: true };
    } catch (error) {
      // Messages were edited or deleted in between, and what they taught must go, or another version went live: the
      // training starts over.
      if (!(error instanceof CheckpointError)) throw error;
    }
  }
  const training = start();
  return { training, first: training.next(), isResumed: false };
}
