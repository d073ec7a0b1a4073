import { expressionBuilder, type Kysely, type Transaction } from 'kysely';
import type { PrivacyRow, Schema } from './schema.js';

/** In place of a guild's id: all of them, those to come too. */
export const EVERYWHERE = '';

export type PrivacyStore = ReturnType<typeof privacyStore>;
type Wishes = Partial<Pick<PrivacyRow, 'imitation' | 'collecting' | 'forgotten_at'>>;

/** What members allow. Who never said anything has no row. */
export function privacyStore(db: Kysely<Schema>) {
  /** Changes what is given of a member's wishes, and leaves the rest as it is. */
  async function change(
    row: Pick<PrivacyRow, 'guild_id' | 'member_id' | 'changed_at'> & Wishes,
  ): Promise<void> {
    await db
      .insertInto('privacy')
      .values({ imitation: 0, collecting: null, forgotten_at: null, ...row })
      .onConflict((conflict) => conflict.columns(['guild_id', 'member_id']).doUpdateSet(row))
      .execute();
  }

  return {
    async find(guildId: string, memberId: string): Promise<PrivacyRow | undefined> {
      return db
        .selectFrom('privacy')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('member_id', '=', memberId)
        .executeTakeFirst();
    },

    change,

    /** Changes what a member wishes everywhere; what was said of single guilds about the same counts no more. */
    async changeEverywhere(memberId: string, wishes: Wishes, at: number): Promise<void> {
      await db.transaction().execute((transaction) => changeEverywhere(transaction, memberId, wishes, at));
    },
  };
}

/** See PrivacyStore.changeEverywhere. */
export async function changeEverywhere(
  transaction: Transaction<Schema>,
  memberId: string,
  wishes: Wishes,
  at: number,
): Promise<void> {
  const { imitation, collecting } = wishes;
  await transaction
    .updateTable('privacy')
    .set({
      changed_at: at,
      ...(imitation !== undefined && { imitation }),
      ...(collecting !== undefined && { collecting: null }),
    })
    .where('member_id', '=', memberId)
    .execute();
  const row = { guild_id: EVERYWHERE, member_id: memberId, changed_at: at };
  await privacyStore(transaction).change({ ...row, ...wishes });
}

/** The members who allow being collected in a guild, or who do not: what they said of the guild, or else of all. */
export function said(guildId: string, ...collecting: ('in' | 'out')[]) {
  const eb = expressionBuilder<Schema>();
  const here = eb
    .selectFrom('privacy as here')
    .select('here.member_id')
    .where('here.guild_id', '=', guildId)
    .where('here.collecting', 'is not', null);
  return eb
    .selectFrom('privacy')
    .select('privacy.member_id')
    .where('privacy.collecting', 'in', collecting)
    .where((of) =>
      of.or([
        of('privacy.guild_id', '=', guildId),
        of.and([of('privacy.guild_id', '=', EVERYWHERE), of('privacy.member_id', 'not in', here)]),
      ]),
    );
}
