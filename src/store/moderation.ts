import type { Kysely } from 'kysely';
import type { ExemptionRow, ModerationRow, Schema } from './schema.js';

export type ModerationStore = ReturnType<typeof moderationStore>;

export function moderationStore(db: Kysely<Schema>) {
  return {
    /** The settings of every guild that has any. */
    async all(): Promise<ModerationRow[]> {
      return db.selectFrom('moderation').selectAll().execute();
    },

    /** Puts a guild's settings in place of those before. */
    async save(settings: ModerationRow): Promise<void> {
      await db
        .insertInto('moderation')
        .values(settings)
        .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(settings))
        .execute();
    },

    async exemptions(): Promise<ExemptionRow[]> {
      return db.selectFrom('exemptions').selectAll().execute();
    },

    /** Exempts a role or channel; a second time changes nothing. */
    async exempt(exemption: ExemptionRow): Promise<void> {
      await db
        .insertInto('exemptions')
        .values(exemption)
        .onConflict((conflict) => conflict.columns(['guild_id', 'kind', 'target_id']).doNothing())
        .execute();
    },

    async include({ guild_id, kind, target_id }: ExemptionRow): Promise<void> {
      await db
        .deleteFrom('exemptions')
        .where('guild_id', '=', guild_id)
        .where('kind', '=', kind)
        .where('target_id', '=', target_id)
        .execute();
    },
  };
}
