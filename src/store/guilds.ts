import type { Kysely } from 'kysely';
import type { GuildRow, Schema } from './schema.js';

export type GuildStore = ReturnType<typeof guildStore>;

/** What holds for a whole guild. One of which nothing is known has no row. */
export function guildStore(db: Kysely<Schema>) {
  return {
    async find(guildId: string): Promise<GuildRow | undefined> {
      return db.selectFrom('guilds').selectAll().where('id', '=', guildId).executeTakeFirst();
    },

    /** Changes what is given of a guild, and leaves the rest as it is. */
    async change(row: Pick<GuildRow, 'id' | 'changed_at'> & Partial<GuildRow>): Promise<void> {
      await db
        .insertInto('guilds')
        .values({ consent: 'opt-out', left_at: null, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    /** Every guild that the bot is in, or was in. */
    async all(): Promise<GuildRow[]> {
      return db.selectFrom('guilds').selectAll().orderBy('id').execute();
    },

    /** The guilds that the bot left before a moment. */
    async leftBefore(moment: number): Promise<string[]> {
      const rows = await db
        .selectFrom('guilds')
        .select('id')
        .where('left_at', '<', moment)
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
