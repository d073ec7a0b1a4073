import type { Kysely } from 'kysely';
import type { PrivacyRow, Schema } from './schema.js';

export type PrivacyStore = ReturnType<typeof privacyStore>;

/** What members allow. Who never said anything has no row. */
export function privacyStore(db: Kysely<Schema>) {
  return {
    async find(guildId: string, memberId: string): Promise<PrivacyRow | undefined> {
      return db
        .selectFrom('privacy')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('member_id', '=', memberId)
        .executeTakeFirst();
    },

    /** Changes what is given of a member's wishes, and leaves the rest as it is. */
    async change(
      row: Pick<PrivacyRow, 'guild_id' | 'member_id' | 'changed_at'> & Partial<PrivacyRow>,
    ): Promise<void> {
      await db
        .insertInto('privacy')
        .values({ imitation: 0, collecting: null, forgotten_at: null, ...row })
        .onConflict((conflict) => conflict.columns(['guild_id', 'member_id']).doUpdateSet(row))
        .execute();
    },
  };
}
