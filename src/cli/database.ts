import { readConfig } from '../config.js';
import { openStore, type Store } from '../store/open.js';

/** Opens the bot's own database, by the bot's own settings. @throws UserError as readConfig and openStore do */
export function openDatabase(mode: 'read-write' | 'read-only'): Promise<Store> {
  const { databasePath } = readConfig(process.env);
  return openStore(databasePath, mode);
}
