import type { Kysely } from 'kysely';
import type { GenerationRow, Schema } from './schema.js';

export type GenerationStore = ReturnType<typeof generationStore>;

export function generationStore(db: Kysely<Schema>) {
  return {
    /** Remembers a generated text for its buttons, and forgets those from before `forgetBefore`. */
    async add(generation: GenerationRow, forgetBefore: number): Promise<void> {
      await db.insertInto('generations').values(generation).execute();
      await db.deleteFrom('generations').where('created_at', '<', forgetBefore).execute();
    },

    async find(id: string, guildId: string): Promise<GenerationRow | undefined> {
      return db
        .selectFrom('generations')
        .selectAll()
        .where('id', '=', id)
        .where('guild_id', '=', guildId)
        .executeTakeFirst();
    },
  };
}
