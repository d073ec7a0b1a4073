import { parentPort, workerData } from 'node:worker_threads';
import { chooseKernel } from '../rnn/kernel/choose.js';
import type { SamplingSettings } from './protocol.js';
import { readGuildMessages } from './guild-messages.js';
import { serveSampling } from './serve-sampling.js';

if (parentPort === null) throw new Error('This file runs as a worker thread.');
const { engine, databasePath, keys } = workerData as SamplingSettings;
serveSampling(
  parentPort,
  chooseKernel(engine).kernel,
  readGuildMessages(databasePath, () => performance.now(), { keys }),
);
