import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeCheckpoint } from '../../src/rnn/checkpoint.js';
import { isCliBuilt, runCli } from '../helpers/cli.js';
import { constantModel } from '../helpers/rnn-models.js';
import { temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { PUBLIC } from '../helpers/readers.js';

const checkpoint = encodeCheckpoint(constantModel());

describe.skipIf(!isCliBuilt)('export-model', () => {
  test('writes a version of the bot’s database to a file, while the bot has it open', async () => {
    const { database, out } = await databaseWithModel();
    const named = ['export-model', '--guild', '1', '--version', '1', '--out', out];
    const { code, err } = await runCli([...named, '--database', database]);
    expect(code, err).toBe(0);
    expect(await readFile(out)).toEqual(Buffer.from(checkpoint));
    const bySetting = await runCli(named, undefined, { DATABASE_PATH: database });
    expect(bySetting.code, bySetting.err).toBe(0);
    const sampled = await runCli(['sample', '--model', out, '--prompt', 'a', '--length', '5']);
    expect(sampled.code, sampled.err).toBe(0);
  });

  test('says what is missing, and how to name it', async () => {
    const { database, out } = await databaseWithModel();
    const ask = (version: string, path: string) =>
      runCli(['export-model', '--guild', '1', '--version', version, '--out', out, '--database', path]);
    const missing = await ask('2', database);
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('has no version 2 of server 1')]);
    const nowhere = await ask('1', join(dirname(database), 'none.sqlite'));
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('cannot be used')]);
  });
});

async function databaseWithModel() {
  const database = temporaryDatabase();
  const store = await temporaryStore(database);
  const model = { audience: PUBLIC, guild_id: '1', bits_per_character: 2, corpus_until: 1, created_at: 1 };
  await store.models.promote({ ...model, checkpoint });
  return { database, out: join(dirname(database), 'out.model') };
}
