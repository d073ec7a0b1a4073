import { parentPort, workerData } from 'node:worker_threads';
import { chooseKernel } from '../rnn/kernel/choose.js';
import type { AnsweringSettings } from './protocol.js';
import { serveClassifying } from './serve-classifying.js';

if (parentPort === null) throw new Error('This file runs as a worker thread.');
const { engine } = workerData as AnsweringSettings;
serveClassifying(parentPort, chooseKernel(engine, 1).kernel);
