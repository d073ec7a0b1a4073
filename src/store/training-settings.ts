import type { Kysely } from 'kysely';
import type { Schema, TrainingSettingsRow } from './schema.js';

export type TrainingSettingsStore = ReturnType<typeof trainingSettingsStore>;

export function trainingSettingsStore(db: Kysely<Schema>) {
  return {
    async find(guildId: string): Promise<TrainingSettingsRow | undefined> {
      return db
        .selectFrom('training_settings')
        .selectAll()
        .where('guild_id', '=', guildId)
        .executeTakeFirst();
    },

    /** Puts a guild's settings in place of those before. */
    async save(settings: TrainingSettingsRow): Promise<void> {
      await db
        .insertInto('training_settings')
        .values(settings)
        .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(settings))
        .execute();
    },
  };
}
