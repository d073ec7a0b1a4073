import type { Kysely } from 'kysely';
import type { Schema, TrainingRow } from './schema.js';

export type TrainingStore = ReturnType<typeof trainingStore>;

export function trainingStore(db: Kysely<Schema>) {
  return {
    /** Notes that a training begins, in place of one that was left over. */
    async begin(training: Omit<TrainingRow, 'attempts' | 'state'>): Promise<void> {
      const row = { ...training, attempts: 1, state: null };
      await db
        .insertInto('trainings')
        .values(row)
        .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(row))
        .execute();
    },

    /** Keeps the state from which the training can go on. */
    async saveState(guildId: string, state: Uint8Array): Promise<void> {
      await db.updateTable('trainings').set({ state }).where('guild_id', '=', guildId).execute();
    },

    async state(guildId: string): Promise<Uint8Array | undefined> {
      const row = await db
        .selectFrom('trainings')
        .select('state')
        .where('guild_id', '=', guildId)
        .executeTakeFirst();
      return row?.state ?? undefined;
    },

    /** Counts one more attempt at every training that a restart cut off, and lists them without their state. */
    async takeUnfinished(): Promise<Omit<TrainingRow, 'state'>[]> {
      return db
        .updateTable('trainings')
        .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
        .returning(['guild_id', 'channel_id', 'budget_ms', 'seed', 'corpus_until', 'attempts'])
        .execute();
    },

    async end(guildId: string): Promise<void> {
      await db.deleteFrom('trainings').where('guild_id', '=', guildId).execute();
    },
  };
}
