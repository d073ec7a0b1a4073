import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';

export type TallyStore = ReturnType<typeof tallyStore>;

const DAY_MS = 86_400_000;

/** How much was written where and when. */
export function tallyStore(db: Kysely<Schema>) {
  return {
    /** The stored messages of each channel by day (UTC), of those from the day of a moment on; days without any are missing. */
    async byDay(
      guildId: string,
      from: number,
    ): Promise<{ channel_id: string; day: number; messages: number }[]> {
      const rows = await db
        .selectFrom('day_tallies')
        .select(['channel_id', 'day', 'messages'])
        .where('guild_id', '=', guildId)
        .where('day', '>=', Math.floor(from / DAY_MS))
        .execute();
      return rows.map((row) => ({ ...row, day: row.day * DAY_MS }));
    },
  };
}
