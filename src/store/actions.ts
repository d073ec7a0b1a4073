import type { Kysely } from 'kysely';
import type { ActionRow, Schema } from './schema.js';

export type ActionStore = ReturnType<typeof actionStore>;

/** The log of what was done. A line is never taken back: what was undone says so. */
export function actionStore(db: Kysely<Schema>) {
  return {
    async add(action: ActionRow): Promise<void> {
      await db.insertInto('actions').values(action).execute();
    },

    async find(id: string, guildId: string): Promise<ActionRow | undefined> {
      return db
        .selectFrom('actions')
        .selectAll()
        .where('id', '=', id)
        .where('guild_id', '=', guildId)
        .executeTakeFirst();
    },

    async newest(guildId: string, limit: number): Promise<ActionRow[]> {
      return db
        .selectFrom('actions')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
    },

    /** The time-out of a flag that nobody has lifted and that goes on after a moment. */
    async runningTimeout(flagId: string, now: number): Promise<ActionRow | undefined> {
      return db
        .selectFrom('actions')
        .selectAll()
        .where('flag_id', '=', flagId)
        .where('kind', '=', 'timeout')
        .where('undone_by', 'is', null)
        .where('until', '>', now)
        .limit(1)
        .executeTakeFirst();
    },

    /** Takes an action to undo it; false when somebody else was first. */
    async claimUndo(id: string, by: string): Promise<boolean> {
      const result = await db
        .updateTable('actions')
        .set({ undone_by: by })
        .where('id', '=', id)
        .where('undone_by', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    /** Puts back a claim whose undoing did not work. */
    async releaseUndo(id: string): Promise<void> {
      await db.updateTable('actions').set({ undone_by: null }).where('id', '=', id).execute();
    },

    /** Erases the text of what was done before a moment. */
    async erase(before: number): Promise<void> {
      await db
        .updateTable('actions')
        .set({ content: null })
        .where('created_at', '<', before)
        .where('content', 'is not', null)
        .execute();
    },
  };
}
