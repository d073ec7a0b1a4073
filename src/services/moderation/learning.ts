import { ANY } from '../../store/messages.js';
import type { Logger } from 'pino';
import { scoresOf } from '../../classifier/scores.js';
import { LABELS, type Task } from '../../classifier/tasks.js';
import { isUserError, UserError } from '../../errors.js';
import type { ClassifierSummary } from '../../store/classifiers.js';
import type { Store } from '../../store/open.js';
import type { ClassifierRun } from '../../training/classifier-training-client.js';
import type { Classifying } from '../../training/classifying-client.js';
import type { StartInTurn } from '../retraining/classifier-turns.js';
import type { LearningOutcome } from './types.js';
import type { Waiting } from '../retraining/turns.js';

export type Learning = ReturnType<typeof createLearning>;

const DEFAULT_MINUTES = 5;
/** So many new verdicts make a scheduled training worthwhile. */
const MIN_NEW_VERDICTS = 20;
/** Messages of a guild from which on its chat is worth learning. */
const MIN_CHAT = 200;

/** Trains classifiers from verdicts in a worker, one of each at a time, and lets a new one go live only if it is no worse. */
export function createLearning(parts: {
  store: Store;
  classifying: Classifying;
  startClassifierTraining: StartInTurn;
  permitted: boolean;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const { store, classifying, startClassifierTraining, permitted, now, random, log } = parts;
  /** What learns or waits for its turn, by guild and task. */
  const current = new Map<string, ClassifierRun>();
  let stopping = false;
  /** When each guild's verdicts were last learned, whatever came of it. */
  const tried = new Map<string, number>();

  /** The live classifier's macro F1 on the held-out verdicts of today; undefined where there is nothing to compare. */
  async function scoreLive(guildId: string, task: Task): Promise<number | undefined> {
    const live = await store.classifiers.live(guildId, task);
    const heldOut = await store.labels.list(guildId, task, 'held-out');
    if (live === undefined || heldOut.length === 0) return undefined;
    const inputs = heldOut.map(({ content, signals }) => ({
      text: content,
      signals: JSON.parse(signals) as string[],
    }));
    // A live classifier that cannot answer must not keep a new one out.
    const probabilities = await classifying.classify(nameOf(live), inputs).catch((error: unknown) => {
      log.warn({ err: error, guild: guildId }, 'the live classifier cannot be scored');
      return undefined;
    });
    if (probabilities === undefined) return undefined;
    const labels: readonly string[] = LABELS[task];
    const truth = heldOut.map(({ label }) => labels.indexOf(label));
    return scoresOf(probabilities, truth, labels).macroF1;
  }

  async function learn(
    guildId: string,
    task: Task,
    budgetMs: number,
    onWait: Waiting['onWait'],
  ): Promise<LearningOutcome> {
    const name = `${guildId}/${task}`;
    if (stopping) throw new UserError('shutting_down', {});
    if (current.has(name)) throw new UserError('classifier_training', {});
    const startedAt = now();
    const seed = Math.floor(random() * 2 ** 31);
    const run = startClassifierTraining({ guildId, task, seed, budgetMs }, onWait);
    current.set(name, run);
    log.info({ guild: guildId, task, minutes: budgetMs / 60_000 }, 'a classifier learns from verdicts');
    try {
      const { model, report } = await run.finished;
      tried.set(guildId, startedAt);
      const liveMacroF1 = await scoreLive(guildId, task);
      const scores = { guild: guildId, task, macroF1: report.macroF1, liveMacroF1 };
      if (liveMacroF1 !== undefined && report.macroF1 < liveMacroF1) {
        log.info(scores, 'the new classifier is worse and was dropped');
        return { kind: 'rejected', report, liveMacroF1 };
      }
      const version = await store.classifiers.promote({ guildId, task, model, report, createdAt: startedAt });
      log.info({ ...scores, version }, 'a new classifier is live');
      return { kind: 'promoted', version, report, liveMacroF1 };
    } catch (error) {
      throw stopping ? new UserError('shutting_down', {}) : error;
    } finally {
      current.delete(name);
    }
  }

  /**
   * Learns a guild's verdicts and chat as they are now.
   * @throws UserError training_not_permitted, no_verdicts, classifier_training, shutting_down, and what the worker throws
   */
  async function retrain(
    guildId: string,
    task: Task,
    minutes = DEFAULT_MINUTES,
    onWait?: Waiting['onWait'],
  ): Promise<LearningOutcome> {
    if (!permitted) throw new UserError('training_not_permitted', {});
    if ((await store.labels.countSince(guildId, task, -1)) === 0 && !(await hasChat(guildId))) {
      throw new UserError('no_verdicts', {});
    }
    return learn(guildId, task, Math.round(minutes * 60_000), onWait);
  }

  async function hasChat(guildId: string): Promise<boolean> {
    return (await store.messages.totals(guildId, ANY)).messages >= MIN_CHAT;
  }

  /** A training that nobody waits for: what stops it is logged. */
  async function retrainUnasked(guildId: string, task: Task): Promise<void> {
    try {
      await retrain(guildId, task);
    } catch (error) {
      if (!isUserError(error)) throw error;
      log.warn(
        { guild: guildId, problem: error.key },
        'the scheduled training of a classifier did not happen',
      );
    }
  }

  return {
    retrain,

    /** Learns a guild's ordinary chat as ham, once, where there is any: the starter flags too much that is strange to it. */
    async acquaint(guildId: string, task: Task): Promise<void> {
      const live = await store.classifiers.live(guildId, task);
      if (!permitted || live?.guildId === guildId || !(await hasChat(guildId))) return;
      await retrainUnasked(guildId, task);
    },

    /** Retrains each guild's classifier of a task that has enough new verdicts; what fails is logged. */
    async retrainStale(task: Task): Promise<void> {
      if (!permitted) return;
      for (const guildId of await store.labels.guilds(task)) {
        const live = await store.classifiers.live(guildId, task);
        const learnedAt = live?.guildId === guildId ? live.createdAt : -1;
        const fresh = await store.labels.countSince(guildId, task, tried.get(guildId) ?? learnedAt);
        if (fresh >= MIN_NEW_VERDICTS) await retrainUnasked(guildId, task);
      }
    },

    async stop(): Promise<void> {
      stopping = true;
      const runs = [...current.values()];
      for (const run of runs) run.stop();
      await Promise.allSettled(runs.map(({ finished }) => finished));
    },
  };
}

function nameOf({ guildId, task, version }: ClassifierSummary) {
  return { guildId, task, version };
}
