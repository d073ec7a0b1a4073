import type { Logger } from 'pino';
import { UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { TrainingProgress, TrainingResult } from '../../training/protocol.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { StartTraining, TrainingRun } from '../../training/training-client.js';
import { nameOf, type Readers } from '../readers.js';
import { judge } from './gate.js';
import type { RetrainOutcome } from './outcome.js';

const LOG_INTERVAL_MS = 5_000;

/** Runs trainings of the queue in a worker, notes what they take, and files what they give. */
export function createTrainingRuns(parts: {
  store: Store;
  startTraining: StartTraining;
  sampler: Pick<Sampler, 'drop'>;
  /** Is called when a version was filed, before old ones are pruned, whose debts would be forgotten with them. */
  settleDebts: () => Promise<void>;
  /** How many versions of a guild keep their weights. */
  keepModels: number;
  now: () => number;
  log: Logger;
}) {
  const { store, startTraining, sampler, settleDebts, keepModels, now, log } = parts;
  let loggedAt = -Infinity;
  /** By the model's readers. What a resumed training had said before is not said again. */
  const loggedSetbacks = new Map<string, number>();

  function logProgress(readers: Readers, progress: TrainingProgress): void {
    const { guildId: guild, audience } = readers;
    const name = nameOf(readers);
    if (progress.setbacks > (loggedSetbacks.get(name) ?? progress.setbacks)) {
      const why = progress.setback === 'diverged' ? 'its loss exploded' : 'the held-out text got no cheaper';
      log.warn(
        { guild, audience },
        `the training went back to its best state, to go on with half the step: ${why}`,
      );
    }
    loggedSetbacks.set(name, progress.setbacks);
    if (now() - loggedAt < LOG_INTERVAL_MS) return;
    loggedAt = now();
    const { fraction, loss, bitsPerCharacter, charactersPerSecond, remainingMs } = progress;
    log.info(
      {
        guild,
        audience,
        loss: round(loss),
        heldOut: bitsPerCharacter === undefined ? undefined : round(bitsPerCharacter),
        charactersPerSecond: Math.round(charactersPerSecond),
        secondsLeft: Math.ceil(remainingMs / 1_000),
      },
      `training ${Math.floor(fraction * 100)} %`,
    );
  }

  return {
    /**
     * Starts a model's training of the queue, or goes on with it.
     * @param onRun is handed the run as soon as it can be stopped
     * @throws UserError corpus_too_small, training_died
     */
    async run(
      readers: Readers,
      onRun: (run: TrainingRun) => void,
      onProgress: (progress: TrainingProgress) => void,
    ): Promise<TrainingResult> {
      const { guildId, audience } = readers;
      const startedAt = now();
      const newest = await store.messages.newest(guildId, audience);
      if (newest === undefined) throw new UserError('corpus_too_small', { have: 0, need: 1 });
      await store.trainings.start(guildId, audience, startedAt, newest);
      const training = await store.trainings.find(guildId, audience);
      if (training === undefined) throw new Error(`the training of ${nameOf(readers)} is not in the queue`);
      const noteTime = (trainedMs: number) =>
        store.trainings.noteTime({
          guild_id: guildId,
          started_at: startedAt,
          ended_at: now(),
          trained_ms: Math.max(0, Math.round(trainedMs - training.trained_ms)),
        });
      const run = startTraining(
        {
          guildId,
          audience,
          budgetMs: training.budget_ms,
          seed: training.seed,
          corpusUntil: training.corpus_until,
          fresh: training.fresh === 1,
          trainedMs: training.trained_ms,
          curve: training.curve,
        },
        {
          onProgress(progress) {
            logProgress(readers, progress);
            onProgress(progress);
          },
          async onState(state, course) {
            try {
              await store.trainings.saveState(guildId, audience, state, course);
              await noteTime(course.trainedMs);
            } catch (error) {
              // The next one may be; without any, a pause costs more, but the training goes on.
              log.error(
                { err: error, guild: guildId, audience },
                'the state of a training could not be saved',
              );
            }
          },
        },
      );
      onRun(run);
      const result = await run.finished;
      await noteTime(result.kind === 'finished' ? result.report.trainedMs : result.trainedMs);
      return result;
    },

    /**
     * Files a finished training's model as a version, live or not as the gate says, and prunes old ones, in the sampling
     * worker's memory, too; nothing of one that
     * is not in the queue any more.
     */
    async settle(
      { guildId, audience }: Readers,
      { checkpoint, report, learnedUntil }: Extract<TrainingResult, { kind: 'finished' }>,
    ): Promise<RetrainOutcome> {
      const training = await store.trainings.find(guildId, audience);
      if (training === undefined) return { kind: 'cancelled' };
      const live = await store.models.live(guildId, audience);
      const { promoted, reason } = judge(report, live?.version);
      const model = {
        guild_id: guildId,
        audience,
        checkpoint,
        // A broken model's can be anything.
        bits_per_character: Number.isFinite(report.bitsPerCharacter) ? report.bitsPerCharacter : Infinity,
        corpus_until: training.corpus_until,
        created_at: now(),
        learned_until: learnedUntil,
        read_at: training.read_at,
        report: { ...report, gate: reason },
      };
      const version = await (promoted ? store.models.promote(model) : store.models.reject(model));
      await settleDebts();
      const pruned = await store.models.prune(guildId, keepModels);
      if (pruned.length > 0) sampler.drop({ guildId, versions: pruned, texts: false });
      const { bitsPerCharacter, liveBitsPerCharacter } = report;
      log.info(
        { guild: guildId, audience, version, reason, bitsPerCharacter, liveBitsPerCharacter, pruned },
        promoted ? 'a new model is live' : 'the new model does not go live',
      );
      return { kind: promoted ? 'promoted' : 'rejected', audience, version, reason, report };
    },
  };
}

function round(bits: number): number {
  return Math.round(bits * 100) / 100;
}
