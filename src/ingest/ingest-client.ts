import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { unreachable } from '../unreachable.js';
import type {
  IngestJob,
  IngestMessage,
  IngestProgress,
  IngestRequest,
  IngestResult,
  IngestSettings,
} from './protocol.js';

export interface IngestRun {
  /** @throws UserError import_died when the worker throws, runs out of memory or vanishes, and what ingest throws. */
  readonly finished: Promise<IngestResult>;
  /** Asks the worker to end; `finished` then resolves with what came in so far. */
  cancel(): void;
}

export type StartIngest = (
  job: Omit<IngestJob, keyof IngestSettings>,
  onProgress: (progress: IngestProgress) => void,
) => IngestRun;

/** Beyond this heap the worker is ended, rather than the whole process by the system. */
const MAX_HEAP_MB = 512;

/** Starts imports in worker threads, one worker each. */
export function ingestStarter(
  settings: IngestSettings,
  workerUrl = new URL('./ingest-worker.js', import.meta.url),
): StartIngest {
  return (job, onProgress) => {
    const worker = new Worker(workerUrl, {
      workerData: { ...job, ...settings } satisfies IngestJob,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    return {
      finished: outcome(worker, onProgress),
      cancel: () => worker.postMessage({ type: 'cancel' } satisfies IngestRequest),
    };
  };
}

async function outcome(
  worker: Worker,
  onProgress: (progress: IngestProgress) => void,
): Promise<IngestResult> {
  try {
    return await new Promise<IngestResult>((resolve, reject) => {
      worker.on('message', (message: IngestMessage) => {
        switch (message.type) {
          case 'progress':
            return onProgress(message.progress);
          case 'result':
            return resolve(message.result);
          case 'problem':
            return reject(new UserError(message.key, message.params));
          default:
            return unreachable(message);
        }
      });
      worker.once('error', (error: unknown) => reject(died(String(error))));
      worker.once('exit', (code) => reject(died(`its worker ended by itself (code ${code})`)));
    });
  } finally {
    await worker.terminate();
  }
}

function died(reason: string): UserError {
  return new UserError('import_died', { reason });
}
