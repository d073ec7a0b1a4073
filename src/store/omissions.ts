import { type Kysely, sql } from 'kysely';
import type { OmissionReason, OmissionRow, Schema } from './schema.js';

export type OmissionStore = ReturnType<typeof omissionStore>;

/** How many messages were not stored, and why. A past or file that is read again counts again, for nothing is known of them. */
export function omissionStore(db: Kysely<Schema>) {
  return {
    /** Counts messages that were not stored. */
    async add(guildId: string, omitted: Partial<Record<OmissionReason, number>>): Promise<void> {
      const rows = Object.entries(omitted).map(([reason, messages]) => ({
        guild_id: guildId,
        reason: reason as OmissionReason,
        messages,
      }));
      if (rows.length === 0) return;
      await db
        .insertInto('omissions')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['guild_id', 'reason'])
            .doUpdateSet({ messages: sql<number>`omissions.messages + excluded.messages` }),
        )
        .execute();
    },

    /** The most frequent reason first. */
    async list(guildId: string): Promise<OmissionRow[]> {
      return db
        .selectFrom('omissions')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('messages', 'desc')
        .orderBy('reason')
        .execute();
    },
  };
}
