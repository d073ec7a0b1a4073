import type { Logger } from 'pino';
import { LABELS, type Task } from '../../classifier/tasks.js';
import type { Store } from '../../store/open.js';
import type { ClassifierRun } from '../../training/classifier-training-client.js';
import type { StartInTurn } from '../retraining/classifier-turns.js';

/** Every installation's starter is learned alike. */
const SEED = 1;
/** Far more than it takes: of invented examples only the table learns. */
const BUDGET_MS = 60_000;

/** Learns the starters, the classifiers that belong to no guild: at the first start, from invented examples alone. */
export function createStarting(parts: {
  store: Store;
  startClassifierTraining: StartInTurn;
  now: () => number;
  log: Logger;
}) {
  const { store, startClassifierTraining, now, log } = parts;
  let run: ClassifierRun | undefined;
  let stopping = false;

  async function learn(task: Task): Promise<void> {
    if ((await store.classifiers.live('', task)) !== undefined || stopping) return;
    run = startClassifierTraining({ guildId: '', task, seed: SEED, budgetMs: BUDGET_MS });
    const { model, report } = await run.finished;
    await store.classifiers.putStarter(task, model, report, now());
    log.info({ task }, 'the starter is ready to judge messages');
  }

  return {
    /** One after the other; what fails is logged, and tried again at the next start. */
    async learnMissing(): Promise<void> {
      for (const task of Object.keys(LABELS) as Task[]) {
        try {
          await learn(task);
        } catch (error) {
          if (stopping) return;
          log.error({ err: error, task }, 'the starter could not learn');
        }
      }
    },

    stop(): void {
      stopping = true;
      run?.stop();
    },
  };
}
