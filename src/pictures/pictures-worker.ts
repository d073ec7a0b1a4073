import { parentPort } from 'node:worker_threads';
import { servePictures } from './serve-pictures.js';

if (parentPort === null) throw new Error('This file runs as a worker thread.');
servePictures(parentPort);
