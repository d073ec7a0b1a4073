import { parentPort, workerData } from 'node:worker_threads';
import type { IngestJob } from './protocol.js';
import { runIngest } from './run-ingest.js';

if (parentPort === null) throw new Error('This file runs as a worker thread.');
await runIngest(parentPort, workerData as IngestJob, () => Date.now());
parentPort.close();
