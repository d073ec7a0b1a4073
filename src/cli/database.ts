import { keysOf, readConfig } from '../config.js';
import { openStore, type Store } from '../store/open.js';
import type { OpeningMode } from '../store/sqlite.js';

/** As commander shows it for every command that works on the bot's database. */
export const DATABASE_OPTION = [
  '--database <file>',
  'the database (default: DATABASE_PATH of .env)',
] as const;

/** Opens a database, or that of .env, with the keys of .env, and closes it after the work. @throws UserError as readConfig and openStore do */
export async function withStore<Result>(
  path: string | undefined,
  mode: OpeningMode,
  work: (store: Store, path: string) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(process.env);
  const database = path ?? config.databasePath;
  const store = await openStore(database, mode, keysOf(config));
  try {
    return await work(store, database);
  } finally {
    await store.close();
  }
}
