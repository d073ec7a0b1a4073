import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { CorpusKeys } from '../../src/store/cipher.js';
import { openStore } from '../../src/store/open.js';
import { cli, isCliBuilt, runCli } from '../helpers/cli.js';
import { message, temporaryDatabase, recentTexts } from '../helpers/store.js';
import { KEY, OTHER_KEY, rawTexts, readTexts, textsWith, writeTexts } from '../helpers/texts.js';

const WORD = 'zanzibar';
const isSealed = (text: string) => text.startsWith('\u00011');

describe.skipIf(!isCliBuilt)('rekey', () => {
  test('seals what is plain, changes keys, and opens everything again', { timeout: 60_000 }, async () => {
    const path = await databaseWith({});
    expect(await rekey(path, { current: KEY })).toMatchObject({
      code: 0,
      out: `${path}: 5 of 5 texts changed\n`,
    });
    expect(rawTexts(path).every(isSealed)).toBe(true);
    for (const text of textsWith(WORD)) expect(readFileSync(path, 'latin1')).not.toContain(text);
    expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    await expectTexts(path, { current: KEY });

    await rekey(path, { current: OTHER_KEY, previous: KEY });
    await expectTexts(path, { current: OTHER_KEY });
    expect(await rekey(path, { current: OTHER_KEY })).toMatchObject({
      code: 0,
      out: `${path}: 0 of 5 texts changed\n`,
    });

    await rekey(path, { previous: OTHER_KEY });
    expect(rawTexts(path).some(isSealed)).toBe(false);
    await expectTexts(path, {});
  });

  test('that was killed in the middle leaves a readable database, and ends the next time', async () => {
    const path = await databaseWith({}, 20_000);
    const child = start(path, { current: KEY });
    const ended = once(child, 'exit');
    while (sizeOf(`${path}-wal`) < 1_000_000 && child.exitCode === null) await sleep(2);
    child.kill('SIGKILL');
    await ended;
    const sealed = rawTexts(path).filter(isSealed).length;
    expect(sealed).toBeGreaterThan(0);
    expect(sealed).toBeLessThan(20_006);
    const store = await openStore(path, 'read-write', { current: KEY });
    expect(await recentTexts(store, '1', 'any', 100_000)).toHaveLength(20_001);
    await store.close();

    const { code, out } = await rekey(path, { current: KEY });
    expect(code).toBe(0);
    expect(out).toMatch(/ of 20005 texts changed\n$/);
    expect(rawTexts(path).every(isSealed)).toBe(true);
  });

  test(
    'refuses a database that the bot has open, and texts of another key',
    { timeout: 60_000 },
    async () => {
      const path = await databaseWith({ current: KEY });
      const wrong = await rekey(path, { current: OTHER_KEY });
      expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('set CORPUS_KEY_PREVIOUS to it')]);
      const bot = await openStore(path, 'read-write', { current: KEY });
      const locked = await rekey(path, { current: OTHER_KEY, previous: KEY });
      expect([locked.code, locked.err]).toEqual([
        2,
        expect.stringContaining('Stop the other copy of the bot'),
      ]);
      await bot.close();
    },
  );
});

/** A database with a text of every kind, and more messages. */
async function databaseWith(keys: CorpusKeys, messages = 0): Promise<string> {
  const path = temporaryDatabase();
  const store = await openStore(path, 'read-write', keys);
  await writeTexts(store, WORD);
  const more = Array.from({ length: messages }, (_, index) => message(String(index), index));
  await store.intake.take(more, 0);
  await store.close();
  return path;
}

async function expectTexts(path: string, keys: CorpusKeys): Promise<void> {
  const store = await openStore(path, 'read-only', keys);
  expect(await readTexts(store, WORD)).toEqual(textsWith(WORD));
  expect(await store.rekeying.isDue()).toBe(false);
  await store.close();
}

function settings({ current, previous }: CorpusKeys): Record<string, string> {
  const text = (key?: Uint8Array) => (key ? Buffer.from(key).toString('base64') : '');
  return { CORPUS_KEY: text(current), CORPUS_KEY_PREVIOUS: text(previous) };
}

function rekey(path: string, keys: CorpusKeys) {
  return runCli(['rekey', '--database', path], undefined, settings(keys));
}

function start(path: string, keys: CorpusKeys) {
  return spawn(process.execPath, [cli, 'rekey', '--database', path], {
    cwd: tmpdir(),
    env: { ...process.env, ...settings(keys) },
    stdio: 'ignore',
  });
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
