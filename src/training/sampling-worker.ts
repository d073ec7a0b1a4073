import { parentPort } from 'node:worker_threads';
import { chooseKernel } from '../rnn/kernel/choose.js';
import { serveSampling } from './serve-sampling.js';

if (parentPort === null) throw new Error('This file runs as a worker thread.');
serveSampling(parentPort, chooseKernel(undefined).kernel);
