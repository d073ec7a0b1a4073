import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { unreachable } from '../unreachable.js';
import type { ClassifierJob, ClassifierMessage, ClassifierTrained, TrainingSettings } from './protocol.js';

export interface ClassifierRun {
  /** @throws UserError training_died when the worker throws, is stopped or vanishes */
  readonly finished: Promise<ClassifierTrained>;
  /** Ends the worker; nothing is kept, for a classifier learns in minutes. */
  stop(): void;
}

export type StartClassifierTraining = (job: Omit<ClassifierJob, keyof TrainingSettings>) => ClassifierRun;

/** Starts trainings of classifiers in worker threads, one worker a job. */
export function classifierTrainingStarter(
  settings: TrainingSettings,
  workerUrl = new URL('./classifier-training-worker.js', import.meta.url),
): StartClassifierTraining {
  return (job) => {
    const worker = new Worker(workerUrl, { workerData: { ...job, ...settings } satisfies ClassifierJob });
    const finished = new Promise<ClassifierTrained>((resolve, reject) => {
      worker.on('message', (message: ClassifierMessage) => {
        switch (message.type) {
          case 'result':
            return resolve({ model: message.model, report: message.report });
          case 'problem':
            return reject(new UserError(message.key, message.params));
          default:
            return unreachable(message);
        }
      });
      worker.once('error', (error: unknown) => reject(died(String(error))));
      worker.once('exit', (code) => reject(died(`its worker ended by itself (code ${code})`)));
    });
    return { finished, stop: () => void worker.terminate() };
  };
}

function died(reason: string): UserError {
  return new UserError('training_died', { reason });
}
