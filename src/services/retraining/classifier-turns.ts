import { UserError } from '../../errors.js';
import type { ClassifierRun, StartClassifierTraining } from '../../training/classifier-training-client.js';
import type { Turns, Waiting } from './turns.js';

/** Like StartClassifierTraining, in its turn; whoever waits may hear what for. */
export type StartInTurn = (
  job: Parameters<StartClassifierTraining>[0],
  onWait?: Waiting['onWait'],
) => ClassifierRun;

const REPORT_INTERVAL_MS = 1_000;

/** Lets classifiers learn when no other training runs. How far one is, is told by the time it may take. */
export function inTurn(start: StartClassifierTraining, turns: Turns, now: () => number): StartInTurn {
  return (job, onWait = () => {}) => {
    const leaving = new AbortController();
    let run: ClassifierRun | undefined;

    async function learn(report: (fraction: number) => void) {
      const startedAt = now();
      run = start(job);
      const timer = setInterval(
        () => report(Math.min(1, (now() - startedAt) / job.budgetMs)),
        REPORT_INTERVAL_MS,
      ).unref();
      try {
        return await run.finished;
      } finally {
        clearInterval(timer);
      }
    }

    const who = { guildId: job.guildId, what: job.task };
    return {
      finished: turns.take(who, learn, { signal: leaving.signal, onWait }),
      stop() {
        leaving.abort(new UserError('shutting_down', {}));
        run?.stop();
      },
    };
  };
}
