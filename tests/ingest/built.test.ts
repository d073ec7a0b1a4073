import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ingestStarter } from '../../src/ingest/ingest-client.js';
import { cli, isCliBuilt, runCli } from '../helpers/cli.js';
import { exported, fileWith, folderWith, GUILD, idAt, stored, timeAt } from '../helpers/importing.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';

const worker = resolve('dist/src/ingest/ingest-worker.js');
const startIngest = (databasePath: string) => ingestStarter({ databasePath }, pathToFileURL(worker));
const terms = { guildId: GUILD, channelId: undefined, authorId: undefined, places: undefined };

describe.runIf(existsSync(worker))('the worker', () => {
  it('rehearses, imports and tells what is wrong, while others write', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    const start = startIngest(path);
    const file = fileWith(exported(Array.from({ length: 6_000 }, () => ({}))));
    const job = { path: file, name: 'a.json', terms, isRehearsal: false };
    const rehearsed = await start({ ...job, isRehearsal: true }, () => {}).finished;
    expect(rehearsed).toMatchObject({ counts: { added: 6_000 }, isCancelled: false });
    expect(await stored(store)).toEqual([]);

    const { finished } = start(job, () => {});
    let isOver = false;
    void finished.finally(() => (isOver = true));
    let written = 0;
    while (!isOver) {
      await store.intake.take([message(`m${written}`, written)], 1);
      written += 1;
      await new Promise((done) => setTimeout(done, 1));
    }
    expect(await finished).toEqual(rehearsed);
    expect(await stored(store)).toHaveLength(6_000);
    expect(await stored(store, '1')).toHaveLength(written);

    const elsewhere = { ...job, terms: { ...terms, guildId: '5' } };
    await expect(start(elsewhere, () => {}).finished).rejects.toMatchObject({ key: 'import_other_guild' });
  });

  it('ends when it is told to, and keeps what came in', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    const file = fileWith(exported(Array.from({ length: 50_000 }, () => ({}))));
    const run = startIngest(path)({ path: file, name: 'a.json', terms, isRehearsal: false }, () =>
      run.cancel(),
    );
    const { counts, isCancelled } = await run.finished;
    expect(isCancelled).toBe(true);
    expect(counts.added).toBeLessThan(50_000);
    expect(await stored(store)).toHaveLength(counts.added);
  });
});

describe.runIf(isCliBuilt)('import and export at the shell', { timeout: 120_000 }, () => {
  it('copy a corpus exactly', async () => {
    const [from, to] = [temporaryDatabase(), temporaryDatabase()];
    const store = await temporaryStore(from);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    const text = `ids: import:0000000001:${'0'.repeat(32)}`;
    await store.intake.take(
      [
        message('1', 1, { thread_id: '11', reply_to_id: '7', created_at: timeAt(1) }),
        message(idAt(5), 0, {
          created_at: 1_704_067_500_000,
          content: 'two\nlines \u2028 ㅋ "',
          author_id: '101',
        }),
        message(`import:0000000001:${'0'.repeat(32)}`, 3, {
          author_id: `import:${'a'.repeat(32)}`,
          created_at: timeAt(3),
          content: text,
        }),
        message('4', 4, { content: '', characters: 0, created_at: timeAt(4), edited_at: timeAt(5) }),
      ],
      5,
    );
    const out = `${folderWith({})}/a.jsonl`;
    const env = (path: string) => ({ DATABASE_PATH: path });
    expect(await runCli(['export', '--guild', '1', '--out', out], undefined, env(from))).toMatchObject({
      code: 0,
    });
    const copied = await runCli(['import', out, '--guild', '1', '--json'], undefined, env(to));
    expect(copied.code).toBe(0);
    expect(JSON.parse(copied.out)).toMatchObject({ read: 4, added: 4 });
    const copy = await temporaryStore(to);
    expect(await stored(copy, '1')).toEqual(await stored(store, '1'));

    const one = await runCli(['export', '--member', '101'], undefined, env(from));
    expect(one.out.trim().split('\n')).toHaveLength(1);
    const whose = await runCli(['export'], undefined, env(from));
    expect(whose).toMatchObject({ code: 2, out: '' });
    const nothing = await runCli(['import', '\x1b[2Jx', '--guild', '1'], undefined, env(to));
    expect(nothing.code).toBe(2);
    expect(nothing.err).toContain('cannot be read: there is no such file');
    expect(nothing.err).not.toContain('\x1b[2J');
  });

  it('keep a channel apart that not everyone can read, and servers from each other', async () => {
    const [from, to] = [temporaryDatabase(), temporaryDatabase()];
    const store = await temporaryStore(from);
    const at = { created_at: timeAt(1), author_id: '101' };
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.channels.setCollecting({ id: '12', guildId: '1', audience: 'readers-x' }, true, 0);
    await store.channels.setCollecting({ id: '20', guildId: '2' }, true, 0);
    await store.intake.take(
      [
        message('1', 1, at),
        message('2', 1, { ...at, channel_id: '12' }),
        message('3', 1, { ...at, channel_id: '20', guild_id: '2' }),
      ],
      5,
    );
    const folder = folderWith({});
    const out = `${folder}/a.jsonl`;
    const env = (path: string) => ({ DATABASE_PATH: path });
    await runCli(['export', '--member', '101', '--out', out], undefined, env(from));
    expect(readdirSync(folder)).toEqual(['a.jsonl']);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const copied = await runCli(['import', out, '--guild', '1', '--json'], undefined, env(to));
    expect(JSON.parse(copied.out)).toMatchObject({ added: 2, leftOut: { other_guild: 1 } });
    const copy = await temporaryStore(to);
    expect(await stored(copy, '1')).toEqual(await stored(store, '1'));
    expect(await copy.channels.find('12')).toMatchObject({ audience: 'readers-x' });
    expect(await copy.channels.find('10')).toMatchObject({ audience: 'public' });
  });

  it('read a file far larger than their memory', async () => {
    const file = `${folderWith({})}/large.json`;
    const messages = await writeLarge(file, 50_000_000);
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=64', cli, 'import', file, '--guild', GUILD, '--dry-run', '--json'],
      { env: { ...process.env, DATABASE_PATH: temporaryDatabase() }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ read: messages, added: messages, bad: 0 });
  });
});

/** Writes a file as large as this, of one message over and over under new ids; resolves with how many. */
async function writeLarge(file: string, bytes: number): Promise<number> {
  const [start, one, end] = exported([{ id: 'ID', content: 'word '.repeat(300) }]).split(
    /(?<="messages": \[)|(?=\n {2}\])/,
  );
  const messages = Math.ceil(bytes / one.length);
  const stream = createWriteStream(file);
  stream.write(start);
  for (let index = 0; index < messages; index++) {
    const isTaken = stream.write((index > 0 ? ',' : '') + one.replace('"ID"', `"${idAt(index)}"`));
    if (!isTaken) await once(stream, 'drain');
  }
  stream.end(end);
  await once(stream, 'close');
  return messages;
}
