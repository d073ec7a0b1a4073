import type { Kysely } from 'kysely';
import { channelStore } from './channels.js';
import { noteDebt } from './debts.js';
import { guildStore } from './guilds.js';
import { changeEverywhere, privacyStore, said } from './privacy.js';
import type { DebtReason, Schema } from './schema.js';

export type WithdrawalStore = ReturnType<typeof withdrawalStore>;

/**
 * Takes back that messages may be learned; they stay stored. What models owe by that is noted in the same transaction: a
 * training reads in between neither what is still allowed nor what is owed already.
 */
export function withdrawalStore(db: Kysely<Schema>) {
  return {
    /** Of a member in a guild, or in all there are and will be; nobody imitates them there any more. */
    async optOut({ memberId, guildId }: { memberId: string; guildId?: string }, at: number): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        const guilds = await transaction
          .selectFrom('messages')
          .select('guild_id as id')
          .distinct()
          .where('author_id', '=', memberId)
          .$if(guildId !== undefined, (query) => query.where('guild_id', '=', guildId ?? ''))
          .execute();
        for (const { id } of guilds) {
          await noteDebt(
            transaction,
            id,
            (messages) =>
              messages.where('messages.author_id', '=', memberId).where('messages.guild_id', '=', id),
            'opted_out',
            at,
          );
        }
        const wishes = { collecting: 'out', imitation: 0 } as const;
        if (guildId === undefined) await changeEverywhere(transaction, memberId, wishes, at);
        else {
          const row = { guild_id: guildId, member_id: memberId, changed_at: at };
          await privacyStore(transaction).change({ ...row, ...wishes });
        }
      });
    },

    /** Of everybody in a guild who never said whether they may be collected: from now on it takes that they do. */
    async requireOptIn(guildId: string, at: number): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await noteDebt(
          transaction,
          guildId,
          (messages) =>
            messages
              .where('messages.guild_id', '=', guildId)
              .where((eb) => eb('messages.author_id', 'not in', said(guildId, 'in', 'out'))),
          'not_opted_in',
          at,
        );
        await guildStore(transaction).change({ id: guildId, consent: 'opt-in', changed_at: at });
      });
    },

    /** Of a channel, which is no longer collected, either. */
    async ignore(
      { id, guildId }: { id: string; guildId: string },
      reason: DebtReason,
      at: number,
    ): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await noteDebt(
          transaction,
          guildId,
          (messages) =>
            messages.where('messages.channel_id', '=', id).where('messages.guild_id', '=', guildId),
          reason,
          at,
        );
        await channelStore(transaction).setCollecting({ id, guildId }, false, at);
      });
    },
  };
}
