import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.js';

export type TallyStore = ReturnType<typeof tallyStore>;

const DAY_MS = 86_400_000;

/** How much was written where and when. */
export function tallyStore(db: Kysely<Schema>) {
  return {
    /** The stored messages of each channel by day (UTC), of those written from a moment on; days without any are missing. */
    async byDay(
      guildId: string,
      from: number,
    ): Promise<{ channel_id: string; day: number; messages: number }[]> {
      // Whole numbers divide into whole numbers.
      const day = sql<number>`messages.created_at / ${sql.lit(DAY_MS)}`;
      const rows = await db
        .selectFrom('messages')
        .select((eb) => ['channel_id', day.as('day'), eb.fn.count<number>('id').as('messages')])
        .where('guild_id', '=', guildId)
        .where('created_at', '>=', from)
        .where('characters', '>', 0)
        .groupBy(['channel_id', day])
        .execute();
      return rows.map((row) => ({ ...row, day: row.day * DAY_MS }));
    },
  };
}
