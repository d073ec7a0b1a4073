import { pino } from 'pino';
import { isUserError, type UserError } from '../../src/errors.js';
import { createRetraining } from '../../src/services/retraining/retraining.js';
import type { AnnounceOutcome } from '../../src/services/retraining/outcome.js';
import { createTrainingSettings } from '../../src/services/retraining/settings.js';
import { createTurns } from '../../src/services/retraining/turns.js';
import type { Store } from '../../src/store/open.js';
import type { Dropped, TrainingProgress, TrainingResult } from '../../src/training/protocol.js';
import type { TrainingReport } from '../../src/training/report.js';
import type { StartTraining, TrainingHandlers, TrainingRun } from '../../src/training/training-client.js';
import { message, temporaryStore } from './store.js';
import { trainingReport } from './training-report.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** Where the tests' clock begins: at noon, UTC. */
export const NOON = Date.UTC(2026, 2, 10, 12);

export const progress: TrainingProgress = {
  fraction: 0.25,
  loss: 2,
  bitsPerCharacter: 2,
  charactersPerSecond: 1,
  remainingMs: 1,
  setbacks: 0,
  setback: undefined,
};

/** A training's end with a model of so many bits per character, measured against version 1 if that has any. */
export function trained(
  bits: number,
  live?: number,
  more: Partial<TrainingReport> = {},
): Extract<TrainingResult, { kind: 'finished' }> {
  const compared = live === undefined ? {} : { liveVersion: 1, liveBitsPerCharacter: live };
  return {
    kind: 'finished',
    checkpoint: new Uint8Array([1]),
    learnedUntil: 45 * MINUTE,
    report: trainingReport({ bitsPerCharacter: bits, ...compared, ...more }),
  };
}

/** Retraining over a real store; the worker, the clock and the dice are the test's. */
export async function retrainingOf(options: Partial<Options> = {}) {
  const { permitted = true, defaultSchedule, minNewMessages = 50, keepModels = 10 } = options;
  const store = options.store ?? (await filledStore());
  const clock = { now: NOON };
  const now = () => clock.now;
  const worker = scriptedWorker();
  const turns = createTurns();
  const announced: { channelId: string; outcome: Parameters<AnnounceOutcome>[1] }[] = [];
  const dropped: Dropped[] = [];
  const retraining = createRetraining({
    store,
    startTraining: worker.start,
    sampler: { drop: (each) => void dropped.push(each) },
    turns,
    settings: createTrainingSettings({ store, now }),
    announce: ({ channelId }, outcome) => void announced.push({ channelId, outcome }),
    permitted,
    defaultMinutes: 1,
    minNewMessages,
    defaultSchedule,
    keepModels,
    deadlineMs: 72 * HOUR,
    now,
    random: () => 0.5,
    log: pino({ level: 'silent' }),
  });
  return { store, retraining, worker, turns, clock, announced, dropped };
}

interface Options {
  store: Store;
  permitted: boolean;
  defaultSchedule: string;
  minNewMessages: number;
  keepModels: number;
}

/** Fifty messages of guild 1 with a thousand characters. */
export async function filledStore(): Promise<Store> {
  const store = await temporaryStore();
  await fill(store, '1');
  return store;
}

/** The same for any guild, whose only channel has its id and a zero. */
export async function fill(store: Store, guildId: string): Promise<void> {
  const channel_id = `${guildId}0`;
  await store.channels.setCollecting({ id: channel_id, guildId }, true, 0);
  await store.intake.take(
    Array.from({ length: 50 }, (_, index) =>
      message(`${guildId}/${index}`, index, { guild_id: guildId, channel_id, content: 'x'.repeat(20) }),
    ),
    0,
  );
}

type Job = Parameters<StartTraining>[0];

interface Scripted {
  job: Job;
  handlers: TrainingHandlers;
  ends(result: TrainingResult | UserError): void;
}

/** A worker whose trainings the test ends, one after the other; one that is stopped pauses. The real one is tested in tests/training. */
function scriptedWorker() {
  const runs: Scripted[] = [];
  const waiting: (() => void)[] = [];
  const ends: (TrainingResult | UserError)[] = [];
  let isSlow = false;
  return {
    /** From now on one that is stopped takes its time: the test ends it. */
    stopsSlowly: () => void (isSlow = true),
    jobs: () => runs.map(({ job }) => job),
    /** Decides in advance how the next training ends. */
    ends: (result: TrainingResult | UserError) => void ends.push(result),
    /** Resolves with the so-many-th training as soon as it is started. */
    async run(number: number): Promise<Scripted> {
      while (runs.length < number) await new Promise<void>((resolve) => waiting.push(resolve));
      return runs[number - 1];
    },
    start(job: Job, handlers: TrainingHandlers): TrainingRun {
      let end: Scripted['ends'] = () => {};
      const finished = new Promise<TrainingResult>((resolve, reject) => {
        end = (result) => (isUserError(result) ? reject(result) : resolve(result));
      });
      runs.push({ job, handlers, ends: end });
      const decided = ends.shift();
      if (decided !== undefined) end(decided);
      for (const look of waiting.splice(0)) look();
      const paused = () => end({ kind: 'paused', trainedMs: job.trainedMs, curve: job.curve });
      return { finished, stop: () => isSlow || paused() };
    },
  };
}
