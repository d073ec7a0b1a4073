import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { temporaryDatabase } from '../helpers/store.js';

const script = join(import.meta.dirname, '../helpers/ingest-until-killed.mjs');
const isBuilt = existsSync(resolve('dist/src/store/open.js'));

const KILLS = 100;
/** Databases that are written to, and killed off, side by side. */
const LANES = 5;
const BATCH_SIZE = 300;

describe.skipIf(!isBuilt)('an ingest that is killed at any moment', () => {
  test('loses at most the batch under way, and nothing is damaged', { timeout: 300_000 }, async () => {
    const lanes = Array.from({ length: LANES }, (_, lane) => killAgainAndAgain(lane));
    const acknowledged = (await Promise.all(lanes)).reduce((sum, batches) => sum + batches, 0);
    expect(acknowledged).toBeGreaterThan(0);
  });
});

/** Resolves with how many batches were acknowledged, once all kills of the lane have been looked into. */
async function killAgainAndAgain(lane: number): Promise<number> {
  const path = temporaryDatabase();
  let acknowledged = 0;
  let next = 0;
  for (let kill = 0; kill < KILLS / LANES; kill++) {
    // From before the first batch is in to some batches later, each lane at moments of its own.
    const batches = await ingestFor(path, next, (kill * LANES + lane) % 60);
    acknowledged += batches.length;
    const stored = wholeBatches(path);
    expect(stored).toEqual(expect.arrayContaining(batches));
    const last = batches.at(-1) ?? next - 1;
    const beyond = stored.filter((batch) => batch > last);
    expect(beyond.length).toBeLessThanOrEqual(1);
    next = (beyond.at(0) ?? last) + 1;
    expect(stored).toHaveLength(next);
  }
  return acknowledged;
}

/** Ingests batches for so long, and kills the process; resolves with those that it said were in. */
async function ingestFor(path: string, first: number, ms: number): Promise<number[]> {
  const child = spawn(process.execPath, [script, path, String(first), String(BATCH_SIZE)]);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  let problem = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text));
  const closed = once(child, 'close');
  child.stdin.write('begin\n');
  while (said === '' && child.exitCode === null) await sleep(1);
  await sleep(ms);
  child.kill('SIGKILL');
  await closed;
  expect(problem).toBe('');
  return said.split('\n').slice(0, -1).map(Number);
}

/** The batches in the database, in order; none may be there in part. */
function wholeBatches(path: string): number[] {
  const sqlite = new Database(path);
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  const rows = sqlite
    .prepare<[], { batch: number; messages: number }>(
      `select cast(id as integer) as batch, count(*) as messages from messages group by batch order by batch`,
    )
    .all();
  sqlite.close();
  expect(rows.filter(({ messages }) => messages !== BATCH_SIZE)).toEqual([]);
  return rows.map(({ batch }) => batch);
}
