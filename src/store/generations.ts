import type { Kysely } from 'kysely';
import type { GenerationRow, Schema } from './schema.js';

export type GenerationStore = ReturnType<typeof generationStore>;

/** Stays below SQLite's limit of bound parameters in one statement. */
const BATCH = 500;

/** Texts that the bot wrote. */
export function generationStore(db: Kysely<Schema>) {
  async function among(column: 'message_id' | 'source_id', ids: string[]): Promise<GenerationRow[]> {
    const found: GenerationRow[] = [];
    for (let start = 0; start < ids.length; start += BATCH) {
      const some = ids.slice(start, start + BATCH);
      found.push(...(await db.selectFrom('generations').selectAll().where(column, 'in', some).execute()));
    }
    return found;
  }

  return {
    async add(generation: GenerationRow): Promise<void> {
      await db.insertInto('generations').values(generation).execute();
    },

    /** Deletes the texts from before a moment. */
    async forget(before: number): Promise<void> {
      await db.deleteFrom('generations').where('created_at', '<', before).execute();
    },

    async find(id: string, guildId: string): Promise<GenerationRow | undefined> {
      return db
        .selectFrom('generations')
        .selectAll()
        .where('id', '=', id)
        .where('guild_id', '=', guildId)
        .executeTakeFirst();
    },

    /** Notes which message holds a text. */
    async place(id: string, messageId: string): Promise<void> {
      await db.updateTable('generations').set({ message_id: messageId }).where('id', '=', id).execute();
    },

    /** The texts that stand in these messages. */
    inMessages: (ids: string[]) => among('message_id', ids),

    /** The texts that go on with these messages of people. */
    goingOnWith: (ids: string[]) => among('source_id', ids),

    async remove(id: string): Promise<void> {
      await db.deleteFrom('generations').where('id', '=', id).execute();
    },

    /** What a member had continued lately, newest first, each prompt once. */
    async prompts(guildId: string, memberId: string, limit: number): Promise<string[]> {
      const rows = await db
        .selectFrom('generations')
        .select((eb) => ['prompt', eb.fn.max('created_at').as('last')])
        .where('guild_id', '=', guildId)
        .where('member_id', '=', memberId)
        .where('kind', '=', 'continue')
        .groupBy('prompt')
        .orderBy('last', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ prompt }) => prompt);
    },
  };
}
