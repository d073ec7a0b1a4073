import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { isCliBuilt, runCli } from '../helpers/cli.js';
import { message, temporaryDatabase, temporaryStore, recentTexts } from '../helpers/store.js';
import { KEY } from '../helpers/texts.js';

describe.skipIf(!isCliBuilt)('backup', () => {
  test(
    'copies the database as it was in one moment, while the bot goes on writing',
    { timeout: 60_000 },
    async () => {
      const path = temporaryDatabase();
      const store = await temporaryStore(path);
      await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
      const take = (batch: number) =>
        store.intake.take(
          Array.from({ length: 100 }, (_, index) => message(`${batch} ${index}`, batch)),
          0,
        );
      for (let batch = 0; batch < 100; batch++) await take(batch);
      const out = join(dirname(path), 'copy.sqlite');
      let ended = false;
      const copying = runCli(['backup', '--database', path, '--out', out]).finally(() => (ended = true));
      let batches = 100;
      for (; !ended; batches++) {
        await take(batches);
        await new Promise(setImmediate);
      }
      const { code, err, out: said } = await copying;
      expect(code, err).toBe(0);
      expect(said).toBe(`${out}: a copy of ${path}, checked\n`);
      const copy = await openStore(out, 'read-write');
      const { messages } = await copy.messages.totals('1', 'public');
      await copy.close();
      expect(messages % 100).toBe(0); // whole batches
      expect(messages).toBeGreaterThanOrEqual(100 * 100);
      expect(messages).toBeLessThanOrEqual(100 * batches);
      expect(readdirSync(dirname(path)).filter((file) => file.includes('.tmp'))).toEqual([]);
    },
  );

  test(
    'replaces a file only if it is told to, and never a database in use',
    { timeout: 60_000 },
    async () => {
      const path = temporaryDatabase();
      await temporaryStore(path);
      const out = join(dirname(path), 'copy.sqlite');
      writeFileSync(out, 'mine');
      const refused = await runCli(['backup', '--database', path, '--out', out]);
      expect([refused.code, refused.err]).toEqual([
        2,
        expect.stringContaining('add --overwrite to replace it'),
      ]);
      expect(readFileSync(out, 'utf8')).toBe('mine');
      const told = await runCli(['backup', '--database', path, '--out', out, '--overwrite']);
      expect(told.code, told.err).toBe(0);
      expect(readFileSync(out, 'latin1')).toMatch(/^SQLite format 3/);
      const itself = await runCli(['backup', '--database', path, '--out', path, '--overwrite']);
      expect([itself.code, itself.err]).toEqual([2, expect.stringContaining('is a database in use')]);
    },
  );

  test('of a sealed database is sealed with the same key', async () => {
    const path = temporaryDatabase();
    const keys = { current: KEY };
    const store = await openStore(path, 'read-write', keys);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take([message('a', 1)], 0);
    await store.close();
    const out = join(dirname(path), 'copy.sqlite');
    const CORPUS_KEY = Buffer.from(KEY).toString('base64');
    const { code, err } = await runCli(['backup', '--out', out], undefined, {
      DATABASE_PATH: path,
      CORPUS_KEY,
    });
    expect(code, err).toBe(0);
    await expect(openStore(out, 'read-only')).rejects.toMatchObject({ key: 'corpus_key_missing' });
    const copy = await openStore(out, 'read-only', keys);
    expect(await recentTexts(copy, '1', 'public', 1)).toEqual(['message a']);
    await copy.close();
  });
});
