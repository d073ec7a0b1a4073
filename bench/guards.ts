import { performance } from 'node:perf_hooks';
import { Command } from 'commander';
import { numberWithin, wholeNumber } from '../src/cli/values.js';
import { describeMachine } from './machine.js';
import { readMeshcore } from './datasets.js';
import { measureDrafts } from './guards-drafts.js';
import { measureMillion } from './guards-million.js';

const flags = new Command('bench:guards')
  .description(
    "Measures what the guards refuse of a model's texts, what they cost, and the index of many messages.",
  )
  .requiredOption('--data <folder>', 'the folder with chat_meshcore/')
  .option('--minutes <m>', 'time to train the model', numberWithin(0.001, 1_000), 1.5)
  .option('--texts <n>', 'texts of each kind and temperature', wholeNumber(10, 100_000), 500)
  .option('--messages <n>', 'messages in the index', wholeNumber(1_000, 10_000_000), 1_000_000)
  .option('--threads <n>', 'most threads to use', wholeNumber(1, 1024))
  .parse()
  .opts<{ data: string; minutes: number; texts: number; messages: number; threads?: number }>();

const messages = readMeshcore(flags.data);
console.log(`${describeMachine(new Date())}\n`);
const now = () => performance.now();
for (const table of measureDrafts({ ...flags, messages, now })) console.log(`${table}\n`);
const contents = messages.map(({ content }) => content);
for (const table of measureMillion(contents, flags.messages, now)) console.log(`${table}\n`);
