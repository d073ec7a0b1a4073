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

    /** Changes what is given; all else stays, and is null at first. */
    async update(change: Partial<TrainingSettingsRow> & { guild_id: string }): Promise<void> {
      await db
        .insertInto('training_settings')
        .values({ changed_at: 0, ...change })
        .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(change))
        .execute();
    },
  };
}
