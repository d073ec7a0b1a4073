import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { onTestFinished } from 'vitest';
import { migrations } from '../../migrations/index.js';
import { openStore, type Store } from '../../src/store/open.js';
import type { MessageRow } from '../../src/store/schema.js';

/** A folder of its own for a whole suite, which removes it at its end. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'charlatan-'));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** A path for a real database in a folder of its own, gone after the test. */
export function temporaryDatabase(): string {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return join(path, 'test.sqlite');
}

export async function temporaryStore(path = temporaryDatabase()): Promise<Store> {
  const store = await openStore(path, 'read-write');
  onTestFinished(() => store.close());
  return store;
}

/** Makes a database as it was when this migration was the newest. */
export async function migrateTo(newest: string, path: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(path) }) });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  }).migrateTo(newest);
  await db.destroy();
  if (error instanceof Error) throw error;
}

/** The texts of the newest learnable messages, newest first. */
export async function recentTexts(
  { messages }: Store,
  ...asked: Parameters<Store['messages']['recent']>
): Promise<string[]> {
  return (await messages.recent(...asked)).map(({ content }) => content);
}

/** A message row of guild 1, channel 10; `minute` orders them. */
export function message(id: string, minute: number, more: Partial<MessageRow> = {}): MessageRow {
  const content = more.content ?? `message ${id}`;
  return {
    id,
    guild_id: '1',
    channel_id: '10',
    thread_id: null,
    author_id: '100',
    content,
    characters: [...content].length,
    reply_to_id: null,
    created_at: minute * 60_000,
    stored_at: 0,
    edited_at: 0,
    ...more,
  };
}
