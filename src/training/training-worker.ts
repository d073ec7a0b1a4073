import { parentPort, workerData } from 'node:worker_threads';
import { lowerPriority } from './priority.js';
import type { TrainingJob } from './protocol.js';
import { runTraining } from './run-training.js';

if (parentPort === null) throw new Error('This file runs as a worker thread.');
lowerPriority();
await runTraining(parentPort, workerData as TrainingJob, () => performance.now());
parentPort.close();
