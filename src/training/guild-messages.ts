import type { VerbatimIndex } from '../corpus/verbatim.js';
import { openStore, type Store } from '../store/open.js';
import { createVerbatimReader } from './read-verbatim.js';

/** What the sampling worker asks of a guild's messages. */
export interface GuildMessages {
  /** The texts of the newest learnable messages. */
  recent(guildId: string, limit: number): Promise<string[]>;
  /** What of them could be copied, as it was a minute ago at the most. */
  verbatim(guildId: string): Promise<VerbatimIndex>;
}

interface Indexed {
  index: VerbatimIndex;
  readOn: () => Promise<void>;
  reading: Promise<void> | undefined;
  readAt: number;
}

const MAX_AGE_MS = 60_000;
/** Beyond this the indexes of the guilds that were silent longest are dropped; one guild's may take more. */
const MAX_INDEX_BYTES = 512 * 2 ** 20;

/** Reads messages from the database, which is opened when it is first needed. */
export function readGuildMessages(
  databasePath: string,
  now: () => number,
  maxIndexBytes = MAX_INDEX_BYTES,
): GuildMessages {
  /** The guild that was asked about last is the last. */
  const guilds = new Map<string, Indexed>();
  let store: Promise<Store> | undefined;
  const opened = () =>
    (store ??= openStore(databasePath, 'read-only').catch((error: unknown) => {
      store = undefined;
      throw error;
    }));

  /** All who ask while the messages are read wait for the same reading. */
  async function refresh(guild: Indexed): Promise<void> {
    if (guild.reading === undefined && now() - guild.readAt < MAX_AGE_MS) return;
    guild.reading ??= guild
      .readOn()
      .then(() => void (guild.readAt = now()))
      .finally(() => (guild.reading = undefined));
    await guild.reading;
  }

  function dropSilent(): void {
    let bytes = [...guilds.values()].reduce((sum, { index }) => sum + index.bytes, 0);
    for (const [guildId, { index, reading }] of [...guilds].slice(0, -1)) {
      if (bytes <= maxIndexBytes) return;
      if (reading !== undefined) continue;
      guilds.delete(guildId);
      bytes -= index.bytes;
    }
  }

  return {
    recent: async (guildId, limit) => (await opened()).messages.recent(guildId, limit),

    async verbatim(guildId) {
      const messages = await opened();
      const guild = guilds.get(guildId) ?? {
        ...createVerbatimReader(messages, guildId),
        reading: undefined,
        readAt: -Infinity,
      };
      guilds.delete(guildId);
      guilds.set(guildId, guild);
      await refresh(guild);
      dropSilent();
      return guild.index;
    },
  };
}
