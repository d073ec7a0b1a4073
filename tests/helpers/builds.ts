import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Build } from '../../src/rnn/kernel/compiled.js';
import { loadNativeBuilds } from '../../src/rnn/kernel/native.js';
import { loadWasmBuilds } from '../../src/rnn/kernel/wasm.js';

const root = resolve(import.meta.dirname, '../..');
const addon = resolve(root, 'build/Release/charlatan.node');

export const wasmBuilds: Build[] = loadWasmBuilds(resolve(root, 'src/rnn/kernel/wasm'));

/** Every build of the C++ kernel that runs on this machine; the native ones only where there is a compiler. */
export const builds: Build[] = [...(existsSync(addon) ? loadNativeBuilds(addon) : []), ...wasmBuilds];
