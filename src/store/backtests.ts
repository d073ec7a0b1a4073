import type { Kysely } from 'kysely';
import type { BacktestRow, Schema } from './schema.js';

export type BacktestStore = ReturnType<typeof backtestStore>;

export function backtestStore(db: Kysely<Schema>) {
  return {
    async add(backtest: BacktestRow): Promise<void> {
      await db.insertInto('backtests').values(backtest).execute();
    },

    /** The newest rehearsal of a classifier's version since a moment, whose threshold was not above the one given. */
    async covering(
      guildId: string,
      { threshold, version, since }: { threshold: number; version: number; since: number },
    ): Promise<BacktestRow | undefined> {
      return db
        .selectFrom('backtests')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('version', '=', version)
        .where('threshold', '<=', threshold)
        .where('ran_at', '>=', since)
        .orderBy('ran_at', 'desc')
        .limit(1)
        .executeTakeFirst();
    },
  };
}
