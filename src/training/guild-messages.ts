import { learnedForm } from '../corpus/learned-form.js';
import type { VerbatimIndex } from '../corpus/verbatim.js';
import type { CorpusKeys } from '../store/cipher.js';
import { openStore, type Store } from '../store/open.js';
import { type GuildVerbatim, readVerbatim } from './read-verbatim.js';

/** What the sampling worker asks of a guild's messages. */
export interface GuildMessages {
  /** Of the newest messages that this version may learn, those that say something and are not flagged as spam, in their learned form. */
  recent(guildId: string, version: number, limit: number): Promise<string[]>;
  /** What this version of the guild's model could copy, as it was a minute ago at the most. */
  verbatim(guildId: string, version: number): Promise<VerbatimIndex>;
  /** Lets go of what was read of a guild, messages that are gone among it; it is read again when it is needed. */
  drop(guildId: string): void;
}

interface Indexed {
  /** Undefined until it was read once. */
  verbatim: GuildVerbatim | undefined;
  reading: Promise<void> | undefined;
  readAt: number;
  /** Models that can have learned nothing but what was read. */
  versions: Set<number>;
}

const MAX_AGE_MS = 60_000;
/** Beyond this the indexes of the guilds that were silent longest are dropped; one guild's may take more. */
const MAX_INDEX_BYTES = 512 * 2 ** 20;

/** Reads messages from the database, which is opened when it is first needed. */
export function readGuildMessages(
  databasePath: string,
  now: () => number,
  { keys, maxIndexBytes = MAX_INDEX_BYTES }: { keys?: CorpusKeys | undefined; maxIndexBytes?: number } = {},
): GuildMessages {
  /** The guild that was asked about last is the last. */
  const guilds = new Map<string, Indexed>();
  let store: Promise<Store> | undefined;
  const opened = () =>
    (store ??= openStore(databasePath, 'read-only', keys).catch((error: unknown) => {
      store = undefined;
      throw error;
    }));

  function guildOf(guildId: string): Indexed {
    const guild = guilds.get(guildId) ?? {
      verbatim: undefined,
      reading: undefined,
      readAt: -Infinity,
      versions: new Set(),
    };
    guilds.delete(guildId);
    guilds.set(guildId, guild);
    return guild;
  }

  /** Reads what is due, if anything is. */
  function read(guild: Indexed, guildId: string, version: number): Promise<void> | undefined {
    const { verbatim, versions, readAt } = guild;
    if (verbatim === undefined) {
      return opened()
        .then((store) => readVerbatim(store, guildId))
        .then((first) => void (guild.verbatim = first));
    }
    if (!versions.has(version)) return verbatim.readAgain();
    return now() - readAt >= MAX_AGE_MS ? verbatim.update() : undefined;
  }

  function dropSilent(): void {
    const kept = [...guilds];
    let bytes = kept.reduce((sum, [, { verbatim }]) => sum + (verbatim?.index.bytes ?? 0), 0);
    for (const [guildId, { verbatim, reading }] of kept.slice(0, -1)) {
      if (bytes <= maxIndexBytes) return;
      if (verbatim === undefined || reading !== undefined) continue;
      guilds.delete(guildId);
      bytes -= verbatim.index.bytes;
    }
  }

  return {
    async recent(guildId, version, limit) {
      const store = await opened();
      const model = await store.models.find(guildId, version);
      if (model === undefined) return [];
      const spam = await store.flags.suspected(guildId);
      const rows = await store.messages.recent(guildId, model.audience, limit);
      return rows.filter(({ id }) => !spam.has(id)).flatMap(({ content }) => learnedForm(content) ?? []);
    },

    async verbatim(guildId, version) {
      const guild = guildOf(guildId);
      // All who ask while the messages are read wait for the same reading.
      for (;;) {
        guild.reading ??= read(guild, guildId, version)
          ?.then(() => {
            guild.readAt = now();
            guild.versions.add(version);
          })
          .finally(() => (guild.reading = undefined));
        if (guild.reading === undefined) break;
        await guild.reading;
      }
      dropSilent();
      if (guild.verbatim === undefined) throw new Error('what was read is gone');
      return guild.verbatim.index;
    },

    drop: (guildId) => void guilds.delete(guildId),
  };
}
