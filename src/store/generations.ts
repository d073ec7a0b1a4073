import type { Kysely } from 'kysely';
import type { Cipher } from './cipher.js';
import type { GenerationRow, Schema } from './schema.js';
import { sealedRows } from './sealed.js';

export type GenerationStore = ReturnType<typeof generationStore>;

/** Stays below SQLite's limit of bound parameters in one statement. */
const BATCH = 500;

/** Texts that the bot wrote. */
export function generationStore(db: Kysely<Schema>, cipher: Cipher) {
  const texts = sealedRows(cipher, 'generations');

  async function among(column: 'message_id' | 'source_id', ids: string[]): Promise<GenerationRow[]> {
    const found: GenerationRow[] = [];
    for (let start = 0; start < ids.length; start += BATCH) {
      const some = ids.slice(start, start + BATCH);
      const rows = await db.selectFrom('generations').selectAll().where(column, 'in', some).execute();
      found.push(...rows.map(texts.open));
    }
    return found;
  }

  return {
    async add(generation: GenerationRow): Promise<void> {
      await db.insertInto('generations').values(texts.seal(generation)).execute();
    },

    /** Deletes the texts from before a moment. */
    async forget(before: number): Promise<void> {
      await db.deleteFrom('generations').where('created_at', '<', before).execute();
    },

    async find(id: string, guildId: string): Promise<GenerationRow | undefined> {
      const row = await db
        .selectFrom('generations')
        .selectAll()
        .where('id', '=', id)
        .where('guild_id', '=', guildId)
        .executeTakeFirst();
      return row && texts.open(row);
    },

    /** Notes which message holds a text. */
    async place(id: string, messageId: string): Promise<void> {
      await db.updateTable('generations').set({ message_id: messageId }).where('id', '=', id).execute();
    },

    /** The texts that stand in these messages. */
    inMessages: (ids: string[]) => among('message_id', ids),

    /** The texts that go on with these messages of people. */
    goingOnWith: (ids: string[]) => among('source_id', ids),

    /** The texts that go on with messages of people which were erased. */
    async goingOnWithErased(): Promise<GenerationRow[]> {
      const rows = await db
        .selectFrom('generations')
        .innerJoin('tombstones', 'tombstones.id', 'generations.source_id')
        .selectAll('generations')
        .execute();
      return rows.map(texts.open);
    },

    async remove(id: string): Promise<void> {
      await db.deleteFrom('generations').where('id', '=', id).execute();
    },

    /** What a member had continued lately, newest first, each prompt once. */
    async prompts(guildId: string, memberId: string, limit: number): Promise<string[]> {
      const newestFirst = db
        .selectFrom('generations')
        .select(['id', 'prompt'])
        .where('guild_id', '=', guildId)
        .where('member_id', '=', memberId)
        .where('kind', '=', 'continue')
        .orderBy('created_at', 'desc')
        .stream();
      // Not grouped by the database: sealed, equal prompts look different.
      const prompts = new Set<string>();
      for await (const row of newestFirst) {
        prompts.add(texts.open(row).prompt);
        if (prompts.size === limit) break;
      }
      return [...prompts];
    },
  };
}
