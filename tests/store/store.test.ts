import { PUBLIC } from '../../src/store/messages.js';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';

describe('messages', () => {
  it('are stored once, however often they arrive', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    expect(await store.intake.take([message('a', 1), message('b', 2)], 0)).toMatchObject({ added: 2 });
    expect(await store.intake.take([message('b', 2), message('c', 3)], 0)).toMatchObject({ added: 1 });
    expect(await store.messages.totals('1', PUBLIC)).toEqual({ messages: 3, characters: 27, speakers: 1 });
  });

  it('arrive in bulk, more than one statement can bind', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    const many = Array.from({ length: 7_234 }, (_, index) => message(String(index), index));
    expect(await store.intake.take(many, 0)).toMatchObject({ added: 7_234 });
    await store.erasure.erase({ guildId: '1', ids: many.slice(0, 7_000).map(({ id }) => id) }, 'deleted', 0);
    expect((await store.messages.totals('1', PUBLIC)).messages).toBe(234);
  });

  it('are edited only if they are known', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take([message('a', 1)], 0);
    await store.intake.edit({ id: 'a', content: 'new', characters: 3, edited_at: 1 }, 0);
    await store.intake.edit({ id: 'unknown', content: 'new', characters: 3, edited_at: 1 }, 0);
    expect(await store.messages.totals('1', PUBLIC)).toEqual({ messages: 1, characters: 3, speakers: 1 });
  });

  it('are read place by place in time order, without those of ignored channels', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.channels.setCollecting({ id: '20', guildId: '1' }, true, 0);
    await store.channels.setCollecting({ id: '30', guildId: '1' }, true, 0);
    await store.intake.take(
      [
        message('late', 5),
        message('early', 1),
        message('thread', 2, { thread_id: '15' }),
        message('other', 3, { channel_id: '20' }),
        message('ignored', 3, { channel_id: '30' }),
        message('future', 9),
      ],
      0,
    );
    await store.channels.setCollecting({ id: '30', guildId: '1' }, false, 1);
    const ids: string[] = [];
    for await (const { id } of store.messages.inOrder('1', PUBLIC, 5 * 60_000)) ids.push(id);
    expect(ids).toEqual(['early', 'late', 'thread', 'other']);
  });

  it('know the time before which nine tenths of them were written', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take(
      Array.from({ length: 20 }, (_, index) => message(String(index), index)),
      0,
    );
    expect(await store.messages.timeAt('1', PUBLIC, 19 * 60_000, 0.9)).toBe(18 * 60_000); // floor(20 * 0.9) = 18
  });
});

describe('opening', () => {
  it('refuses a database from a newer version, by the name of its migration', async () => {
    const path = temporaryDatabase();
    await (await openStore(path, 'read-write')).close();
    alter(path, `insert into kysely_migration (name, timestamp) values ('0999_future', '')`);
    await expect(openStore(path, 'read-write')).rejects.toMatchObject({
      key: 'database_newer',
      params: { migration: '0999_future' },
    });
  });

  it('refuses a database that is locked by another program', { timeout: 20_000 }, async () => {
    const path = temporaryDatabase();
    const other = new Database(path);
    other.exec('begin exclusive');
    await expect(openStore(path, 'read-write')).rejects.toMatchObject({ key: 'database_locked' });
    other.close();
  });

  it('refuses a file that is no database', async () => {
    const path = temporaryDatabase();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, 'this is a text file, not a database, and long enough to look at'.repeat(20));
    await expect(openStore(path, 'read-write')).rejects.toMatchObject({ key: 'database_unusable' });
  });
});

function alter(path: string, sql: string): void {
  const sqlite = new Database(path);
  sqlite.exec(sql);
  sqlite.close();
}
