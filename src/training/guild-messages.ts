import { openStore, type Store } from '../store/open.js';

/** What the sampling worker asks of a guild's messages. */
export interface GuildMessages {
  /** The texts of the newest learnable messages. */
  recent(guildId: string, limit: number): Promise<string[]>;
}

/** Reads messages from the database, which is opened when it is first needed. */
export function readGuildMessages(databasePath: string): GuildMessages {
  let store: Promise<Store> | undefined;
  const opened = () =>
    (store ??= openStore(databasePath, 'read-only').catch((error: unknown) => {
      store = undefined;
      throw error;
    }));
  return {
    recent: async (guildId, limit) => (await opened()).messages.recent(guildId, limit),
  };
}
