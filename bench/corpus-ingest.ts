import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CorpusKeys } from '../src/store/cipher.js';
import { openStore } from '../src/store/open.js';
import { CHANNELS, GUILD, messagesOf } from './corpus-messages.js';
import { quantile } from './measure.js';

/** What the worker is told. */
export interface IngestJob {
  path: string;
  keys: CorpusKeys;
  texts: string[];
  messages: number;
}

export interface Ingested {
  messagesPerSecond: number;
  /** Of the file, for each message. */
  bytes: number;
  /** What a single message waits for meanwhile, as the gateway brings them: the median and the longest. */
  singleMs: number;
  longestMs: number;
}

/** Fills a database from a worker thread, while this one stores a message now and then. */
export async function measureIngest(job: IngestJob): Promise<Ingested> {
  const store = await openStore(job.path, 'read-write', job.keys);
  for (const id of CHANNELS) await store.channels.setCollecting({ id, guildId: GUILD }, true, 0);
  const worker = new Worker(new URL('./corpus-ingest-worker.js', import.meta.url), { workerData: job });
  let busyMs: number | undefined;
  const filled = new Promise<void>((resolve, reject) => {
    worker.on('message', (ms: number) => (busyMs = ms)).on('error', reject);
    worker.on('exit', () => resolve());
  });
  const waits: number[] = [];
  for (const single of messagesOf(job.texts, 1_000_000, 2)) {
    if (busyMs !== undefined) break;
    const start = performance.now();
    await store.intake.take([{ ...single, id: `single ${waits.length}` }], 1);
    waits.push(performance.now() - start);
    await sleep(100);
  }
  await filled;
  await store.erasure.erase(
    { guildId: GUILD, ids: waits.map((_, index) => `single ${index}`) },
    'deleted',
    2,
  );
  await store.close();
  return {
    messagesPerSecond: (job.messages / (busyMs ?? NaN)) * 1_000,
    bytes: statSync(job.path).size / job.messages,
    singleMs: quantile(waits, 0.5),
    longestMs: Math.max(...waits),
  };
}
