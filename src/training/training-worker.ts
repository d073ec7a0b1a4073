import { parentPort, workerData } from 'node:worker_threads';
import type { TrainingJob } from './protocol.js';
import { runTraining } from './run-training.js';

if (parentPort === null) throw new Error('This file runs as a worker thread.');
await runTraining(parentPort, workerData as TrainingJob, () => performance.now());
parentPort.close();
