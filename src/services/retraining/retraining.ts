import type { Logger } from 'pino';
import { isUserError, UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { WaitingTraining } from '../../store/trainings.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { StartTraining } from '../../training/training-client.js';
import type { Readers } from '../readers.js';
import { createDebt } from './debt.js';
import { createEstimating, type Estimate } from './estimating.js';
import { quietUntil } from './hours.js';
import { type AnnounceOutcome, isFinished, type RetrainOutcome } from './outcome.js';
import { createTrainingOverview } from './overview.js';
import { createTrainingPlaces, type TrainingPlace } from './places.js';
import type { RetrainRequest } from './request.js';
import { createTrainingRuns } from './runs.js';
import { createTrainingSchedule } from './schedule.js';
import { createSettling } from './settling.js';
import type { ScheduleChange, TrainingSettings } from './settings.js';
import { createTelling } from './telling.js';
import type { Turns } from './turns.js';

export type Retraining = ReturnType<typeof createRetraining>;

/** A training that was started this often without an orderly end is dropped: it may be what brings the process down. */
const MAX_ATTEMPTS = 3;

/** Keeps the queue of language models' trainings moving: each in its turn, outside of quiet hours, and through restarts. */
export function createRetraining(parts: {
  store: Store;
  startTraining: StartTraining;
  sampler: Pick<Sampler, 'drop'>;
  turns: Turns;
  settings: TrainingSettings;
  announce: AnnounceOutcome;
  permitted: boolean;
  defaultMinutes: number;
  minNewMessages: number;
  /** When guilds train that say nothing else, as a cron pattern; undefined: never by themselves. */
  defaultSchedule: string | undefined;
  /** How many versions of a guild keep their weights. */
  keepModels: number;
  /** How long a model may know what has left the corpus. */
  deadlineMs: number;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const { store, turns, settings, announce, permitted, now, random, log } = parts;
  const runs = createTrainingRuns({ ...parts, settleDebts });
  const estimating = createEstimating(parts);
  const schedule = createTrainingSchedule({ ...parts, estimating });
  const places = createTrainingPlaces();
  const { checkCorpus } = estimating;
  const debt = createDebt({ ...parts, checkCorpus });
  const settling = createSettling({ ...parts, places, checkCorpus });
  const telling = createTelling(parts);
  const { tell, unattended } = telling;
  const overview = createTrainingOverview({ ...parts, estimating, schedule, places });

  /** Trains what is in the queue, when its turn has come. */
  async function train(
    { started_at }: Pick<WaitingTraining, 'started_at'>,
    place: TrainingPlace,
    { onWait, onBegin, onProgress }: Pick<RetrainRequest, 'onWait' | 'onBegin' | 'onProgress'> = {},
  ): Promise<RetrainOutcome> {
    const { readers } = place;
    const { guildId, audience } = readers;
    async function work(report: (fraction: number) => void): Promise<RetrainOutcome> {
      const until = quietUntil(await settings.of(guildId), now());
      if (until !== undefined) return { kind: started_at === null ? 'waiting' : 'paused', until };
      onBegin?.();
      const result = await runs.run(
        readers,
        (run) => {
          place.run = run;
          if (place.ending !== undefined) run.stop();
        },
        (progress) => {
          place.progress = progress;
          report(progress.fraction);
          onProgress?.(progress);
        },
      );
      return result.kind === 'finished' ? runs.settle(readers, result) : endEarly(place);
    }
    const { signal } = place.leaving;
    try {
      return await turns.take({ guildId, what: 'model', audience }, work, {
        signal,
        ...(onWait && { onWait }),
      });
    } catch (error) {
      if (error === signal.reason) return endEarly(place);
      // What has a reason would fail again; anything else, such as a full disk, may be over at the next try.
      if (isUserError(error)) await store.trainings.end(guildId, audience);
      throw error;
    }
  }

  async function endEarly({ readers, ending }: TrainingPlace): Promise<RetrainOutcome> {
    const { guildId, audience } = readers;
    if (ending === 'cancel') {
      await store.trainings.end(guildId, audience);
      return { kind: 'cancelled' };
    }
    await store.trainings.pause(guildId, audience);
    const until = ending === 'quiet' ? quietUntil(await settings.of(guildId), now()) : undefined;
    return { kind: 'paused', until };
  }

  /** Also what could not be settled is tried again in a minute. */
  async function settleDebts(): Promise<void> {
    try {
      await settling.settle();
      for (const settled of settling.untold()) await tell(settled.receipt.guild_id, settled, null);
    } catch (error) {
      log.error({ err: error }, 'what models owe could not be settled');
    }
  }

  /** @throws UserError already_training, already_queued */
  async function refuseSecond(readers: Readers): Promise<void> {
    const place = places.of(readers);
    if (place?.run !== undefined) {
      throw new UserError('already_training', { percent: Math.floor((place.progress?.fraction ?? 0) * 100) });
    }
    const waiting = await store.trainings.find(readers.guildId, readers.audience);
    if (place !== undefined || waiting !== undefined) {
      throw new UserError('already_queued', {});
    }
  }

  /** Puts a training into the queue and hands it back. @throws UserError corpus_too_small, already_queued */
  async function enqueue(
    { guildId, audience, channelId, userId = null, fresh }: RetrainRequest,
    minutes: number,
  ): Promise<WaitingTraining> {
    const isNew = await store.trainings.add({
      guild_id: guildId,
      audience,
      channel_id: channelId,
      user_id: userId,
      budget_ms: Math.round(minutes * 60_000),
      seed: Math.floor(random() * 2 ** 31),
      corpus_until: await estimating.checkCorpus({ guildId, audience }),
      fresh: fresh === true ? 1 : 0,
      requested_at: now(),
    });
    const training = await store.trainings.find(guildId, audience);
    if (!isNew || training === undefined) throw new UserError('already_queued', {});
    if (channelId !== null) {
      await store.trainingSettings.update({ guild_id: guildId, asked_channel_id: channelId });
    }
    log.info({ guild: guildId, audience, minutes }, 'a training is queued');
    return training;
  }

  /** Lets trainings go on that are in the queue, but not in line: after a start of the bot, or after quiet hours. */
  async function wake(): Promise<void> {
    for (const training of await store.trainings.queue()) {
      const { guild_id: guildId, audience, channel_id, started_at, attempts } = training;
      const readers = { guildId, audience };
      if (places.of(readers) !== undefined) continue;
      if (!permitted || attempts >= MAX_ATTEMPTS) {
        log.warn({ guild: guildId, audience, attempts }, 'an unfinished training is dropped');
        await store.trainings.end(guildId, audience);
        const why = permitted ? 'training_dropped' : 'training_not_permitted';
        await tell(guildId, new UserError(why, {}), channel_id);
        continue;
      }
      if (quietUntil(await settings.of(guildId), now()) !== undefined) continue;
      const outcome = places.hold(readers, (place) => train(training, place));
      if (outcome === undefined) continue;
      if (started_at !== null) log.info({ guild: guildId, audience }, 'a training goes on where it stopped');
      unattended(guildId, outcome, channel_id);
    }
  }

  /** Begins what is due by the schedule, or for what models owe. */
  async function beginDue(): Promise<void> {
    if (!permitted) return;
    for (const { readers, minutes } of [...(await debt.due()), ...(await schedule.due())]) {
      const outcome = places.hold(readers, async (place) =>
        train(await enqueue({ ...readers, channelId: null }, minutes), place),
      );
      if (outcome !== undefined) unattended(readers.guildId, outcome, null);
    }
  }

  return {
    ...overview,
    debt,

    /** Settles what fell due while the bot was off, before anybody can ask a model; it is told at the next `tick`. */
    settleOverdue: settling.settle,

    /**
     * What a training would take and bring.
     * @throws UserError training_not_permitted, already_training, already_queued, over_budget, corpus_too_small
     */
    async estimate(readers: Readers, asked: Pick<RetrainRequest, 'minutes' | 'fresh'>): Promise<Estimate> {
      if (!permitted) throw new UserError('training_not_permitted', {});
      await refuseSecond(readers);
      await estimating.checkCorpus(readers);
      const row = await settings.of(readers.guildId);
      const minutes = await estimating.allowedMinutes(row, asked.minutes);
      return {
        ...(await estimating.estimate(readers, { minutes, fresh: asked.fresh === true })),
        ahead: turns.line(),
        quietUntil: quietUntil(row, now()),
        budget: await estimating.budgetOf(row, 0),
      };
    },

    /**
     * Trains a model on the guild's corpus, now or when its turn comes; resolves with what came of it, or with why that will
     * take longer: then the outcome is announced.
     * @throws UserError what `estimate` throws, training_died, shutting_down
     */
    async retrain(request: RetrainRequest): Promise<RetrainOutcome> {
      const { guildId, channelId } = request;
      if (!permitted) throw new UserError('training_not_permitted', {});
      if (places.isClosed()) throw new UserError('shutting_down', {});
      await refuseSecond(request);
      const held = places.hold(request, async (place) => {
        const row = await settings.of(guildId);
        const training = await enqueue(request, await estimating.allowedMinutes(row, request.minutes));
        const until = quietUntil(row, now());
        return until === undefined ? train(training, place, request) : { kind: 'waiting', until };
      });
      if (held === undefined) throw new UserError(places.isClosed() ? 'shutting_down' : 'already_queued', {});
      const outcome = await held;
      const elsewhere = (await settings.of(guildId)).announce_channel_id;
      if (isFinished(outcome) && elsewhere !== null && elsewhere !== channelId) {
        announce({ guildId, channelId: elsewhere }, outcome);
      }
      return outcome;
    },

    /** Ends a model's training, or takes it out of the queue; nothing is kept of it. @throws UserError no_training */
    async cancel(readers: Readers): Promise<void> {
      const { guildId, audience } = readers;
      const place = places.of(readers);
      if (place !== undefined) places.endSoon(place, 'cancel');
      if ((await place?.ended)?.kind !== 'cancelled') {
        // It waits, or was paused in this moment.
        const waiting = await store.trainings.find(guildId, audience);
        if (waiting === undefined) throw new UserError('no_training', {});
        await store.trainings.end(guildId, audience);
      }
      log.info({ guild: guildId, audience }, 'a training was cancelled');
    },

    /** Ends whatever is trained for a guild, without a word; resolves when it has ended. */
    async endAll(guildId: string): Promise<void> {
      const own = places.all().filter(({ readers }) => readers.guildId === guildId);
      for (const place of own) places.endSoon(place, 'cancel');
      await Promise.all(own.map(({ ended }) => ended));
    },

    /** Changes how a guild is trained. @throws UserError bad_time, bad_quiet_hours, bad_zone */
    async reschedule(guildId: string, change: ScheduleChange): Promise<void> {
      await settings.change(guildId, change);
      const { at, off, zone, reset } = change;
      if ([at, off, zone, reset].some((value) => value !== undefined)) await schedule.attend(guildId);
    },

    /** What is to be done at the start of the bot, and then every minute: pausing, going on, and beginning what is due. */
    async tick(): Promise<void> {
      await settleDebts();
      for (const place of places.all()) {
        const isQuiet = quietUntil(await settings.of(place.readers.guildId), now()) !== undefined;
        if (isQuiet && place.run !== undefined) places.endSoon(place, 'quiet');
      }
      await wake();
      await beginDue();
    },

    /** Stops a training in flight after it has saved its state; nothing begins any more. */
    async stop(): Promise<void> {
      await places.close();
      await telling.seen();
    },
  };
}
