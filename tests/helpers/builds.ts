import { resolve } from 'node:path';
import type { Build } from '../../src/rnn/kernel/compiled.js';
import { loadNativeBuilds } from '../../src/rnn/kernel/native.js';

/** Every build of the C++ kernel that runs on this machine. */
export const builds: Build[] = loadNativeBuilds(
  resolve(import.meta.dirname, '../../build/Release/charlatan.node'),
);
