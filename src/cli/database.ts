import { keysOf, readConfig } from '../config.js';
import { toUserError } from '../errors.js';
import { describeError } from '../i18n/index.js';
import { openStore, type Store } from '../store/open.js';
import type { OpeningMode } from '../store/sqlite.js';
import { CliError } from './failure.js';

/** As commander shows it for every command that works on the bot's database. */
export const DATABASE_OPTION = [
  '--database <file>',
  'the database (default: DATABASE_PATH of .env)',
] as const;

/** Opens a database, or that of .env, with the keys of .env, and closes it after the work. @throws CliError */
export async function withStore<Result>(
  path: string | undefined,
  mode: OpeningMode,
  work: (store: Store, path: string) => Promise<Result>,
): Promise<Result> {
  try {
    const config = readConfig(process.env);
    const database = path ?? config.databasePath;
    const store = await openStore(database, mode, keysOf(config));
    try {
      return await work(store, database);
    } finally {
      await store.close();
    }
  } catch (error) {
    const known = toUserError(error);
    throw known ? new CliError(describeError(known)) : error;
  }
}
