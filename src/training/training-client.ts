import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { unreachable } from '../unreachable.js';
import type {
  TrainingCourse,
  TrainingJob,
  TrainingMessage,
  TrainingProgress,
  TrainingRequest,
  TrainingResult,
  TrainingSettings,
} from './protocol.js';

export interface TrainingRun {
  /** @throws UserError training_died when the worker throws, runs out of memory or vanishes. */
  readonly finished: Promise<TrainingResult>;
  /** Asks the worker to save its state and end; `finished` then resolves as paused. */
  stop(): void;
}

export interface TrainingHandlers {
  onProgress: (progress: TrainingProgress) => void;
  /** Is given bytes to go on from after a pause, and what to tell the worker then. */
  onState: (state: Uint8Array, course: TrainingCourse) => Promise<void>;
}

export type StartTraining = (
  job: Omit<TrainingJob, keyof TrainingSettings>,
  handlers: TrainingHandlers,
) => TrainingRun;

/** Beyond this heap the worker is ended, rather than the whole process by the system. Flat arrays live outside of it. */
const MAX_HEAP_MB = 1_024;

/** Starts trainings in worker threads, one worker a job. */
export function trainingStarter(
  settings: TrainingSettings,
  workerUrl = new URL('./training-worker.js', import.meta.url),
  maxHeapMb = MAX_HEAP_MB,
): StartTraining {
  return (job, handlers) => {
    const worker = new Worker(workerUrl, {
      workerData: { ...job, ...settings } satisfies TrainingJob,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    });
    return {
      finished: outcome(worker, handlers, maxHeapMb),
      stop: () => worker.postMessage({ type: 'stop' } satisfies TrainingRequest),
    };
  };
}

async function outcome(
  worker: Worker,
  { onProgress, onState }: TrainingHandlers,
  maxHeapMb: number,
): Promise<TrainingResult> {
  let saving = Promise.resolve();
  try {
    const result = await new Promise<TrainingResult>((resolve, reject) => {
      worker.on('message', (message: TrainingMessage) => {
        switch (message.type) {
          case 'progress':
            return onProgress(message.progress);
          case 'state':
            saving = saving.then(() => onState(message.state, courseOf(message)));
            saving.catch(reject);
            return;
          case 'result':
            return resolve(message.result);
          case 'problem':
            return reject(new UserError(message.key, message.params));
          default:
            return unreachable(message);
        }
      });
      worker.once('error', (error: unknown) => reject(died(reasonOf(error, maxHeapMb))));
      worker.once('exit', (code) => reject(died(`its worker ended by itself (code ${code})`)));
    });
    await saving;
    return result;
  } finally {
    await worker.terminate();
  }
}

function courseOf({ trainedMs, curve }: TrainingCourse): TrainingCourse {
  return { trainedMs, curve };
}

function died(reason: string): UserError {
  return new UserError('training_died', { reason });
}

function reasonOf(error: unknown, maxHeapMb: number): string {
  if (!(error instanceof Error)) return String(error);
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory ? `it needed more than ${maxHeapMb} MB of memory` : error.message;
}
