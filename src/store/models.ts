import { type Kysely, sql } from 'kysely';
import type { ModelRow, Schema } from './schema.js';

export type ModelStore = ReturnType<typeof modelStore>;
export type ModelSummary = Omit<ModelRow, 'checkpoint'>;

/** The live model of a guild is its newest version: a row is written only when a model was promoted. */
export function modelStore(db: Kysely<Schema>) {
  const summaries = (guildId: string) =>
    db
      .selectFrom('models')
      .select(['guild_id', 'version', 'bits_per_character', 'corpus_until', 'created_at'])
      .where('guild_id', '=', guildId);

  return {
    async live(guildId: string): Promise<ModelSummary | undefined> {
      return summaries(guildId).orderBy('version', 'desc').limit(1).executeTakeFirst();
    },

    /** The versions that can write, newest first: of older ones only figures may be left. */
    async writable(guildId: string): Promise<number[]> {
      const rows = await db
        .selectFrom('models')
        .select('version')
        .where('guild_id', '=', guildId)
        .where(sql<number>`length(checkpoint)`, '>', 0)
        .orderBy('version', 'desc')
        .execute();
      return rows.map(({ version }) => version);
    },

    async checkpoint(guildId: string, version: number): Promise<Uint8Array | undefined> {
      const row = await db
        .selectFrom('models')
        .select('checkpoint')
        .where('guild_id', '=', guildId)
        .where('version', '=', version)
        .executeTakeFirst();
      return row?.checkpoint;
    },

    /** Makes a model live and ends the guild's training in one transaction: after a power cut either both are true or none. */
    async promote(model: Omit<ModelRow, 'version'>): Promise<number> {
      return db.transaction().execute(async (transaction) => {
        const newest = await transaction
          .selectFrom('models')
          .select('version')
          .where('guild_id', '=', model.guild_id)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst();
        const version = (newest?.version ?? 0) + 1;
        await transaction
          .insertInto('models')
          .values({ ...model, version })
          .execute();
        await transaction.deleteFrom('trainings').where('guild_id', '=', model.guild_id).execute();
        return version;
      });
    },
  };
}
