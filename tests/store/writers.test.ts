import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';

const script = join(import.meta.dirname, '../helpers/ingest-until-killed.mjs');

describe.skipIf(!existsSync(resolve('dist/src/store/open.js')))('messages that come one by one', () => {
  test('are stored while another process takes in thousands', { timeout: 60_000 }, async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    const other = spawn(process.execPath, [script, path, '0', '1000'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(other, 'close');
    other.stdin.write('begin\n');
    await once(other.stdout, 'data');
    for (let round = 0; round < 50; round++) {
      // Reads what is known of it, then writes: none may fail because the other wrote in between.
      expect(await store.intake.take([message(`mine ${round}`, round)], 0)).toMatchObject({ added: 1 });
    }
    expect(other.exitCode).toBeNull();
    other.kill();
    await ended;
    expect((await store.messages.totals('1', 'any')).messages % 1_000).toBe(50);
  });
});
