import type { MessagePort } from 'node:worker_threads';
import { toUserError } from '../errors.js';
import { openStore, type Store } from '../store/open.js';
import { ingest } from './ingest.js';
import type { IngestJob, IngestMessage, IngestProgress, IngestRequest } from './protocol.js';

const PROGRESS_INTERVAL_MS = 500;

/** Does one import, or rehearses it, and reports over the port. */
export async function runIngest(port: MessagePort, job: IngestJob, now: () => number): Promise<void> {
  const send = (message: IngestMessage) => port.postMessage(message);
  const cancel = new AbortController();
  port.on('message', ({ type }: IngestRequest) => {
    if (type === 'cancel') cancel.abort();
  });
  try {
    const result = await withStore(job, (store) =>
      ingest(job, { store, now, signal: cancel.signal, onProgress: teller(send, now) }),
    );
    send({ type: 'result', result });
  } catch (error) {
    const problem = toUserError(error);
    if (problem === undefined) throw error;
    send({ type: 'problem', key: problem.key, params: problem.params });
  }
}

/** Closes the store before anybody hears of the end, which is the end of this thread. */
async function withStore<T>(job: IngestJob, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(job.databasePath, job.isRehearsal ? 'read-only' : 'read-write', job.keys);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Sends progress, but not more often than anybody would look at it. */
function teller(send: (message: IngestMessage) => void, now: () => number) {
  let toldAt = -Infinity;
  return (progress: IngestProgress) => {
    if (now() - toldAt < PROGRESS_INTERVAL_MS) return;
    toldAt = now();
    send({ type: 'progress', progress });
  };
}
