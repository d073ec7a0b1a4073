import type { Kysely } from 'kysely';
import type { Cipher } from './cipher.js';
import type { ActionRow, Schema } from './schema.js';
import { sealedRows } from './sealed.js';

export type ActionStore = ReturnType<typeof actionStore>;

/** The log of what was done. A line is never taken back: what was undone says so. */
export function actionStore(db: Kysely<Schema>, cipher: Cipher) {
  const texts = sealedRows(cipher, 'actions');

  return {
    async add(action: ActionRow): Promise<void> {
      await db.insertInto('actions').values(texts.seal(action)).execute();
    },

    async find(id: string, guildId: string): Promise<ActionRow | undefined> {
      const row = await db
        .selectFrom('actions')
        .selectAll()
        .where('id', '=', id)
        .where('guild_id', '=', guildId)
        .executeTakeFirst();
      return row && texts.open(row);
    },

    async newest(guildId: string, limit: number): Promise<ActionRow[]> {
      const rows = await db
        .selectFrom('actions')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(texts.open);
    },

    /** The time-out of a flag that nobody has lifted and that goes on after a moment. */
    async runningTimeout(flagId: string, now: number): Promise<ActionRow | undefined> {
      const row = await db
        .selectFrom('actions')
        .selectAll()
        .where('flag_id', '=', flagId)
        .where('kind', '=', 'timeout')
        .where('undone_by', 'is', null)
        .where('until', '>', now)
        .limit(1)
        .executeTakeFirst();
      return row && texts.open(row);
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
