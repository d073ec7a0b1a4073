import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import type { NewMessage } from '../src/store/intake.js';
import { openStore } from '../src/store/open.js';
import type { IngestJob } from './corpus-ingest.js';
import { messagesOf } from './corpus-messages.js';

/** Takes messages in by the thousand, and reports for how long; making them up does not count. */
const { path, keys, texts, messages } = workerData as IngestJob;
const store = await openStore(path, 'read-write', keys);
const made = messagesOf(texts, messages);
let busyMs = 0;
for (;;) {
  const batch = next(6_000);
  if (batch.length === 0) break;
  const start = performance.now();
  await store.intake.take(batch, 1);
  busyMs += performance.now() - start;
}
await store.close();
parentPort?.postMessage(busyMs);

function next(count: number): NewMessage[] {
  const batch: NewMessage[] = [];
  while (batch.length < count) {
    const turn = made.next();
    if (turn.done === true) break;
    batch.push(turn.value);
  }
  return batch;
}
