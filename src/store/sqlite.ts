import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';
import { migrations } from '../../migrations/index.js';
import { isUserError, UserError } from '../errors.js';

/** `alone` writes, too, and lets nobody else open the database meanwhile. */
export type OpeningMode = 'read-write' | 'read-only' | 'alone';

/** How long a statement waits for another writer before it gives up. */
const BUSY_TIMEOUT_MS = 5_000;
/** Statements that are kept ready; those of a bulk are long. */
const MAX_STATEMENTS = 50;
/** What a connection keeps in memory of the database: of a million messages, most of what an ingest or a query touches. */
const CACHE_KIB = 64 * 1_024;
/** The log grows to this many pages (of 4 KiB) before it is worked into the database: a bulk's pages change often. */
const CHECKPOINT_PAGES = 4_000;

/** @throws UserError database_locked, database_unusable or disk_full */
export function connect(path: string, mode: OpeningMode): Database.Database {
  try {
    if (mode === 'read-only') {
      const reading = new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
      reading.pragma(`cache_size = -${CACHE_KIB}`);
      return reading;
    }
    mkdirSync(dirname(path), { recursive: true });
    const sqlite = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    if (mode === 'alone') sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    // A statement of many rows keeps there what it would have to undo.
    sqlite.pragma('temp_store = MEMORY');
    sqlite.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    // The log holds what was erased until it is begun anew: so it is cut then, and deleted bytes become zeros.
    sqlite.pragma('journal_size_limit = 0');
    sqlite.pragma('secure_delete = ON');
    sqlite.pragma('foreign_keys = ON');
    return sqlite;
  } catch (error) {
    throw explain(error, path);
  }
}

/**
 * The database as Kysely wants it. Kysely prepares every statement anew, so the last ones are kept ready. Its transactions
 * take the lock of writers when they begin: one that began as a reader fails where somebody else wrote in between.
 */
export function withStatements(sqlite: Database.Database): SqliteDatabase {
  const ready = new Map<string, Database.Statement>();
  const begin = sqlite.readonly ? 'begin' : 'begin immediate';
  return {
    prepare(sql) {
      const statement = ready.get(sql) ?? sqlite.prepare(sql === 'begin' ? begin : sql);
      ready.delete(sql);
      ready.set(sql, statement);
      if (ready.size > MAX_STATEMENTS) ready.delete([...ready.keys()][0]);
      return statement;
    },
    close: () => void sqlite.close(),
  };
}

/**
 * A database with a migration we do not know, or with a hole before one it has, is not ours to change.
 * @throws UserError database_newer, database_gap
 */
export function refuseForeignHistory(sqlite: Database.Database, path: string): void {
  const known = Object.keys(migrations);
  if (!hasTable(sqlite, 'kysely_migration')) return;
  const applied = sqlite.prepare('select name from kysely_migration order by name').pluck().all() as string[];
  const newer = applied.find((name) => !known.includes(name));
  if (newer !== undefined) throw new UserError('database_newer', { path, migration: newer });
  const gap = known.slice(0, applied.length).find((name) => !applied.includes(name));
  if (gap !== undefined) throw new UserError('database_gap', { path, migration: gap });
}

export function hasTable(sqlite: Database.Database, name: string): boolean {
  return sqlite.prepare('select 1 from sqlite_master where name = ?').get(name) !== undefined;
}

/** The UserError behind what SQLite says, if a person can mend it. */
export function explain(error: unknown, path: string): Error {
  if (isUserError(error)) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  const code = 'code' in error ? String(error.code) : '';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new UserError('database_locked', { path });
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new UserError('disk_full', {});
  return new UserError('database_unusable', { path, reason: error.message });
}
