import type { Kysely } from 'kysely';
import type { AudienceRow, Schema } from './schema.js';

export type AudienceStore = ReturnType<typeof audienceStore>;

/** The classes of readers, other than everyone, for which a guild asked for a model of its own. */
export function audienceStore(db: Kysely<Schema>) {
  return {
    async list(guildId: string): Promise<AudienceRow[]> {
      return db
        .selectFrom('audiences')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
    },

    async find(guildId: string, id: string): Promise<AudienceRow | undefined> {
      return db
        .selectFrom('audiences')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('id', '=', id)
        .executeTakeFirst();
    },

    /** Adds a class; a second time changes nothing. */
    async add(row: AudienceRow): Promise<void> {
      await db
        .insertInto('audiences')
        .values(row)
        .onConflict((conflict) => conflict.columns(['guild_id', 'id']).doNothing())
        .execute();
    },

    async remove(guildId: string, id: string): Promise<void> {
      await db.deleteFrom('audiences').where('guild_id', '=', guildId).where('id', '=', id).execute();
    },
  };
}
