import { parentPort, workerData } from 'node:worker_threads';
import { lowerPriority } from './priority.js';
import type { ClassifierJob } from './protocol.js';
import { runClassifierTraining } from './run-classifier-training.js';

if (parentPort === null) throw new Error('This file runs as a worker thread.');
lowerPriority();
await runClassifierTraining(parentPort, workerData as ClassifierJob, () => performance.now());
parentPort.close();
