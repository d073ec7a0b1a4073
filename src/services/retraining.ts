import type { Logger } from 'pino';
import { isUserError, UserError } from '../errors.js';
import type { Store } from '../store/open.js';
import type { TrainingRow } from '../store/schema.js';
import type { TrainingProgress, TrainingResult } from '../training/protocol.js';
import type { StartTraining, TrainingRun } from '../training/training-client.js';

export type RetrainOutcome =
  | { kind: 'promoted'; version: number; bitsPerCharacter: number; liveBitsPerCharacter: number | undefined }
  | { kind: 'rejected'; bitsPerCharacter: number; liveBitsPerCharacter: number }
  | { kind: 'paused' };

export interface RetrainRequest {
  guildId: string;
  /** Where the outcome is announced if a restart comes between. */
  channelId: string | null;
  minutes?: number | undefined;
  onProgress?: (progress: TrainingProgress) => void;
}

/** Tells a channel how a training ended whose interaction is gone. */
export type AnnounceOutcome = (channelId: string, outcome: RetrainOutcome | UserError) => void;

export type Retraining = ReturnType<typeof createRetraining>;

/** Fewer characters than this teach nothing. */
const MIN_CHARACTERS = 1_000;
/** A training that was cut off this often is dropped: it may be what brings the process down. */
const MAX_ATTEMPTS = 3;
const LOG_INTERVAL_MS = 5_000;

/** Runs one training at a time in a worker, and promotes its model when it is better on held-out text. */
export function createRetraining(parts: {
  store: Store;
  startTraining: StartTraining;
  permitted: boolean;
  defaultMinutes: number;
  minNewMessages: number;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const { store, startTraining, permitted, defaultMinutes, minNewMessages, now, random, log } = parts;
  let current: { fraction: number; run: TrainingRun | undefined; ended: Promise<unknown> } | undefined;
  let stopping = false;

  /** Holds the one place for a training while `work` runs. */
  async function alone<T>(work: (slot: NonNullable<typeof current>) => Promise<T>): Promise<T> {
    if (stopping) throw new UserError('shutting_down', {});
    if (current !== undefined) {
      throw new UserError('already_training', { percent: Math.floor(current.fraction * 100) });
    }
    let end = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    current = { fraction: 0, run: undefined, ended };
    try {
      return await work(current);
    } finally {
      current = undefined;
      end();
    }
  }

  async function runTraining(
    slot: NonNullable<typeof current>,
    training: Omit<TrainingRow, 'attempts' | 'state'>,
    onProgress: (progress: TrainingProgress) => void,
  ): Promise<RetrainOutcome> {
    const guildId = training.guild_id;
    const run = startTraining(
      {
        guildId,
        budgetMs: training.budget_ms,
        seed: training.seed,
        corpusUntil: training.corpus_until,
        fresh: false,
        trainedMs: 0,
        curve: [],
      },
      {
        onProgress: (progress) => {
          slot.fraction = progress.fraction;
          logProgress(guildId, progress);
          onProgress(progress);
        },
        onState: (state) => store.trainings.saveState(guildId, state),
      },
    );
    slot.run = run;
    if (stopping) run.stop();
    try {
      const result = await run.finished;
      return result.kind === 'paused' ? { kind: 'paused' } : await settle(training, result);
    } catch (error) {
      await store.trainings.end(guildId);
      throw error;
    }
  }

  let loggedAt = -Infinity;
  /** By guild. What a resumed training had said before is not said again. */
  const loggedSetbacks = new Map<string, number>();
  function logProgress(guild: string, progress: TrainingProgress): void {
    if (progress.setbacks > (loggedSetbacks.get(guild) ?? progress.setbacks)) {
      const why = progress.setback === 'diverged' ? 'its loss exploded' : 'the held-out text got no cheaper';
      log.warn({ guild }, `the training went back to its best state, to go on with half the step: ${why}`);
    }
    loggedSetbacks.set(guild, progress.setbacks);
    if (now() - loggedAt < LOG_INTERVAL_MS) return;
    loggedAt = now();
    const { fraction, loss, bitsPerCharacter, charactersPerSecond, remainingMs } = progress;
    log.info(
      {
        guild,
        loss: round(loss),
        heldOut: bitsPerCharacter === undefined ? undefined : round(bitsPerCharacter),
        charactersPerSecond: Math.round(charactersPerSecond),
        secondsLeft: Math.ceil(remainingMs / 1_000),
      },
      `training ${Math.floor(fraction * 100)} %`,
    );
  }

  /** The gate: a new model goes live only when it is better than the live one on the same held-out text. */
  async function settle(
    training: Omit<TrainingRow, 'attempts' | 'state'>,
    result: Extract<TrainingResult, { kind: 'finished' }>,
  ): Promise<RetrainOutcome> {
    const { checkpoint, report } = result;
    const { bitsPerCharacter, liveBitsPerCharacter } = report;
    const scores = { guild: training.guild_id, bitsPerCharacter, liveBitsPerCharacter };
    if (liveBitsPerCharacter !== undefined && bitsPerCharacter >= liveBitsPerCharacter) {
      await store.trainings.end(training.guild_id);
      log.info(scores, 'the new model is not better and was dropped');
      return { kind: 'rejected', bitsPerCharacter, liveBitsPerCharacter };
    }
    const version = await store.models.promote({
      guild_id: training.guild_id,
      checkpoint,
      bits_per_character: bitsPerCharacter,
      corpus_until: training.corpus_until,
      created_at: now(),
    });
    log.info({ ...scores, version }, 'a new model is live');
    return { kind: 'promoted', version, bitsPerCharacter, liveBitsPerCharacter };
  }

  /**
   * Trains on the guild's corpus as it is now.
   * @throws UserError training_not_permitted, already_training, corpus_too_small, training_died, shutting_down
   */
  async function retrain(request: RetrainRequest): Promise<RetrainOutcome> {
    const { guildId, channelId, minutes = defaultMinutes, onProgress = () => {} } = request;
    if (!permitted) throw new UserError('training_not_permitted', {});
    return alone(async (slot) => {
      const { characters } = await store.messages.totals(guildId);
      const newest = await store.messages.newest(guildId);
      if (newest === undefined || characters < MIN_CHARACTERS) {
        throw new UserError('corpus_too_small', { have: characters, need: MIN_CHARACTERS });
      }
      const training = {
        guild_id: guildId,
        channel_id: channelId,
        budget_ms: Math.round(minutes * 60_000),
        seed: Math.floor(random() * 2 ** 31),
        corpus_until: newest,
      };
      await store.trainings.begin(training);
      log.info({ guild: guildId, characters, minutes }, 'training starts');
      return runTraining(slot, training, onProgress);
    });
  }

  return {
    retrain,

    /** Goes on with the trainings that a stop or a crash cut off, one after the other. */
    async resumeUnfinished(announce: AnnounceOutcome): Promise<void> {
      for (const training of await store.trainings.takeUnfinished()) {
        const guild = training.guild_id;
        if (!permitted || training.attempts > MAX_ATTEMPTS) {
          log.warn({ guild, attempts: training.attempts }, 'an unfinished training is dropped');
          await store.trainings.end(guild);
          continue;
        }
        log.info({ guild }, 'a training goes on where it stopped');
        const outcome = await alone((slot) => runTraining(slot, training, () => {})).catch(asUserError);
        if (isUserError(outcome)) log.warn({ guild, problem: outcome.key }, 'the training failed');
        if (training.channel_id !== null && !isPaused(outcome)) announce(training.channel_id, outcome);
      }
    },

    /** Retrains each guild that has enough new messages since its live model; what fails is logged. */
    async retrainStale(): Promise<void> {
      for (const guildId of await store.channels.guilds()) {
        const live = await store.models.live(guildId);
        const fresh = await store.messages.countSince(guildId, live?.corpus_until ?? -1);
        if (fresh < minNewMessages) {
          log.debug({ guild: guildId, fresh }, 'too few new messages for a retrain');
          continue;
        }
        try {
          await retrain({ guildId, channelId: null });
        } catch (error) {
          log.warn(
            { guild: guildId, problem: asUserError(error).key },
            'the periodic retrain did not happen',
          );
        }
      }
    },

    /** Stops a training in flight after it has saved its state. */
    async stop(): Promise<void> {
      stopping = true;
      current?.run?.stop();
      await current?.ended;
    },
  };
}

function round(bits: number): number {
  return Math.round(bits * 100) / 100;
}

function isPaused(outcome: RetrainOutcome | UserError): boolean {
  return !isUserError(outcome) && outcome.kind === 'paused';
}

function asUserError(error: unknown): UserError {
  if (isUserError(error)) return error;
  throw error;
}
