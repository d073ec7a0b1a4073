import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { wholeNumber } from '../src/cli/values.js';
import { openStore } from '../src/store/open.js';
import { readSentences } from './corpus-file.js';
import { type Ingested, measureIngest } from './corpus-ingest.js';
import { measureErasures, measureQueries, measureReading } from './corpus-queries.js';
import { readMeshcore } from './datasets.js';
import { describeMachine } from './machine.js';
import { table } from './table.js';

const flags = new Command('bench:corpus')
  .description('Fills databases, plain and sealed, and measures ingest, queries, erasures and reading.')
  .option('--data <folder>', 'the folder with chat_meshcore/, for messages as people write them')
  .option('--messages <n>', 'messages in each database', wholeNumber(1_000, 10_000_000), 1_000_000)
  .parse()
  .opts<{ data?: string; messages: number }>();

const folder = mkdtempSync(join(tmpdir(), 'charlatan-corpus-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const texts =
  flags.data === undefined ? readSentences() : readMeshcore(flags.data).map(({ content }) => content);
const rates: string[][] = [];
const times: string[][] = [];
for (const [name, keys] of [
  ['plain', {}],
  ['sealed', { current: randomBytes(32) }],
] as const) {
  process.stderr.write(`${name}: filling a database with ${flags.messages} messages\n`);
  const path = join(folder, `${name}.sqlite`);
  const ingested = await measureIngest({ path, keys, texts, messages: flags.messages });
  const store = await openStore(path, 'read-write', keys);
  process.stderr.write(`${name}: reading\n`);
  rates.push([name, ...figuresOf(ingested), (await measureReading(store)).toFixed(0)]);
  const measured = [...(await measureQueries(store)), ...(await measureErasures(store))];
  for (const [what, ms] of measured) times.push([`${what} (${name})`, ms.toFixed(1)]);
  await store.close();
  rmSync(path);
}
const rateHead = [
  'database',
  'ingest, messages/s',
  'bytes each',
  'one meanwhile, ms',
  'longest',
  'read, messages/s',
];
process.stdout.write(`${describeMachine(new Date())}, ${flags.messages} messages\n\n`);
process.stdout.write(`${table(rateHead, rates)}\n\n${table(['what is asked', 'ms'], times)}\n`);

function figuresOf({ messagesPerSecond, bytes, singleMs, longestMs }: Ingested): string[] {
  return [messagesPerSecond, bytes, singleMs, longestMs].map((figure) => figure.toFixed(0));
}
