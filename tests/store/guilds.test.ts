import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrateTo, temporaryDatabase, temporaryStore } from '../helpers/store.js';

describe('erasing a guild', () => {
  it('leaves no row of it in any table, and touches no other', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    const sqlite = new Database(path);
    // Whatever a row would have to be like: here it only has to be there.
    sqlite.pragma('ignore_check_constraints = ON');
    sqlite.pragma('foreign_keys = OFF');
    const tables = guildTables(sqlite);
    // The database counts messages by itself.
    for (const table of tables.filter((name) => !name.endsWith('_tallies'))) {
      for (const guild of ['1', '2']) insert(sqlite, table, guild);
    }
    await store.guilds.change({ id: '1', changed_at: 0 });
    await store.guilds.change({ id: '2', changed_at: 0 });
    await store.erasure.eraseGuild('1');
    const counts = (guild: string) =>
      tables.map((table) =>
        sqlite.prepare(`select count(*) from "${table}" where guild_id = ?`).pluck().get(guild),
      );
    expect(tables.length).toBeGreaterThan(20);
    expect(counts('1')).toEqual(tables.map(() => 0));
    expect(counts('2')).toEqual(tables.map(() => 1));
    expect((await store.guilds.all()).map(({ id }) => id)).toEqual(['2']);
    sqlite.close();
  });
});

describe('guilds', () => {
  it('that the bot has left are not trained, until it is back', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.channels.setCollecting({ id: '20', guildId: '2' }, true, 0);
    await store.guilds.change({ id: '2', left_at: 5, changed_at: 5 });
    expect(await store.channels.guilds()).toEqual(['1']);
    expect(await store.guilds.leftBefore(5)).toEqual([]);
    expect(await store.guilds.leftBefore(6)).toEqual(['2']);
    await store.guilds.change({ id: '2', left_at: null, changed_at: 6 });
    expect(await store.channels.guilds()).toEqual(['1', '2']);
    expect(await store.guilds.leftBefore(100)).toEqual([]);
  });

  it('from before they were kept are found by what there is of them', async () => {
    const path = temporaryDatabase();
    await migrateTo('0004_training', path);
    const sqlite = new Database(path);
    sqlite.exec(`
      insert into channels (id, guild_id, collecting, changed_at) values ('10', '1', 1, 0), ('11', '1', 1, 0);
      insert into exemptions (guild_id, kind, target_id) values ('3', 'channel', '30');
    `);
    sqlite.close();
    const store = await temporaryStore(path);
    expect((await store.guilds.all()).map(({ id }) => id)).toEqual(['1', '3']);
  });
});

describe('a forgotten channel', () => {
  it('is gone with the reading of its past, and others stay', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1', audience: 'readers-x' }, true, 0);
    await store.channels.setCollecting({ id: '20', guildId: '1' }, true, 0);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 1);
    expect(await store.channels.find('10')).toMatchObject({ audience: 'readers-x', changed_at: 1 });
    await store.channels.remove('10');
    expect(await store.channels.find('10')).toBeUndefined();
    expect((await store.channels.used('1')).map(({ id }) => id)).toEqual(['20']);
  });
});

function guildTables(sqlite: Database.Database): string[] {
  const names = sqlite
    .prepare("select name from sqlite_master where type = 'table'")
    .pluck()
    .all() as string[];
  return names.filter((name) => columnsOf(sqlite, name).some((column) => column.name === 'guild_id'));
}

function columnsOf(sqlite: Database.Database, table: string): { name: string; type: string }[] {
  return sqlite.pragma(`table_info("${table}")`) as { name: string; type: string }[];
}

function insert(sqlite: Database.Database, table: string, guild: string): void {
  const columns = columnsOf(sqlite, table);
  const values = columns.map(({ name, type }) =>
    name === 'guild_id' ? guild : /int/i.test(type) ? Number(guild) : guild,
  );
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  sqlite
    .prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join(', ')})`)
    .run(values);
}
