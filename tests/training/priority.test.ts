import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';

// The built files: a worker thread reads no TypeScript. `npm test` builds first.
const built = resolve(import.meta.dirname, '../../dist/src');
const LOW = constants.priority.PRIORITY_BELOW_NORMAL;

/** The niceness of each of this process's threads. */
function niceness(): Map<string, number> {
  const threads = readdirSync('/proc/self/task').map((id): [string, number] => {
    const stat = readFileSync(`/proc/self/task/${id}/stat`, 'utf8');
    // The 19th field; the second is a name in brackets that may hold spaces.
    return [id, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19 - 3])];
  });
  return new Map(threads);
}

test.skipIf(process.platform !== 'linux' || !existsSync(built) || getPriority() >= LOW)(
  'a training thread and the threads of its kernel give way, the rest of the process does not (Linux)',
  async () => {
    const before = niceness();
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       (async () => {
         const { lowerPriority } = await import('${pathToFileURL(resolve(built, 'training/priority.js')).href}');
         const { chooseKernel } = await import('${pathToFileURL(resolve(built, 'rnn/kernel/choose.js')).href}');
         lowerPriority();
         const { kernel } = chooseKernel(undefined, 3);
         globalThis.trainer = kernel.createTrainer(
           { cell: 'lstm', vocabulary: 3, hidden: 8, layers: 1 },
           { batch: 3, steps: 2 },
         );
         parentPort.postMessage(kernel.threads);
         parentPort.on('message', () => {});
       })();`,
      { eval: true },
    );
    onTestFinished(async () => void (await worker.terminate()));
    const threads = await new Promise<number>((done, fail) => worker.on('message', done).on('error', fail));
    const after = niceness();
    // The worker itself is the first of the kernel's threads.
    expect([...after.values()].filter((nice) => nice === LOW)).toHaveLength(threads);
    for (const [id, nice] of before) expect(after.get(id) ?? nice).toBe(nice);
  },
);
