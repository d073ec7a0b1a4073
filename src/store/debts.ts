import { type Kysely, sql, type Transaction } from 'kysely';
import { PUBLIC } from './messages.js';
import type { DebtReason, DebtRow, ModelRow, ReceiptRow, Schema } from './schema.js';

export type DebtStore = ReturnType<typeof debtStore>;

/** Messages that models may know although they left the corpus, and receipts for those that none knows any more. */
export function debtStore(db: Kysely<Schema>) {
  return {
    /** What a model owes: what it may have learned, and has left the corpus since it was read. At most, for rows are sums. */
    async owedBy(
      model: Pick<
        ModelRow,
        'guild_id' | 'audience' | 'learned_until' | 'read_at' | 'corpus_until' | 'created_at'
      >,
    ): Promise<DebtRow[]> {
      const readAt = model.read_at ?? model.created_at;
      return db
        .selectFrom('debts')
        .selectAll()
        .where('guild_id', '=', model.guild_id)
        .where('audience', 'in', [PUBLIC, model.audience])
        .where('erased_at', '>=', readAt)
        .where('stored_from', '<=', readAt)
        .where('created_from', '<=', model.learned_until ?? model.corpus_until)
        .orderBy('erased_at')
        .execute();
    },

    /** Forgets debts that nobody owes any more. */
    async remove(ids: readonly number[]): Promise<void> {
      if (ids.length > 0) await db.deleteFrom('debts').where('id', 'in', ids).execute();
    },

    /** Every debt of a guild, oldest first. */
    async list(guildId: string): Promise<DebtRow[]> {
      return db
        .selectFrom('debts')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('erased_at')
        .orderBy('id')
        .execute();
    },

    async guilds(): Promise<string[]> {
      const rows = await db.selectFrom('debts').select('guild_id').distinct().orderBy('guild_id').execute();
      return rows.map((row) => row.guild_id);
    },

    async writeReceipt(receipt: ReceiptRow): Promise<void> {
      await db.insertInto('receipts').values(receipt).execute();
    },

    /** The newest first. */
    async receipts(guildId: string, limit: number): Promise<ReceiptRow[]> {
      return db
        .selectFrom('receipts')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('written_at', 'desc')
        .limit(limit)
        .execute();
    },
  };
}

/**
 * Notes that messages leave the corpus, which they still are in: a sum for each audience whose channels they were in.
 * Where no model of the guild has weights and none is being trained, nobody can owe them.
 * @param chosen narrows the messages down to those that leave
 */
export async function noteDebt(
  transaction: Transaction<Schema>,
  chosen: (messages: ReturnType<typeof learnedMessages>) => ReturnType<typeof learnedMessages>,
  reason: DebtReason,
  at: number,
): Promise<void> {
  const sums = await chosen(learnedMessages(transaction))
    .select((eb) => [
      'messages.guild_id',
      'channels.audience',
      eb.fn.count<number>('messages.id').as('messages'),
      eb.fn.min('messages.created_at').as('created_from'),
      eb.fn.min('messages.stored_at').as('stored_from'),
    ])
    .groupBy(['messages.guild_id', 'channels.audience'])
    .execute();
  if (sums.length === 0) return;
  await transaction
    .insertInto('debts')
    .values(sums.map((sum) => ({ ...sum, reason, erased_at: at })))
    .execute();
}

function learnedMessages(transaction: Transaction<Schema>) {
  return transaction
    .selectFrom('messages')
    .innerJoin('channels', 'channels.id', 'messages.channel_id')
    .where('channels.learning', '=', 1)
    .where('messages.characters', '>', 0)
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('models')
            .select('version')
            .whereRef('models.guild_id', '=', 'messages.guild_id')
            .where(sql<number>`length(checkpoint)`, '>', 0),
        ),
        eb.exists(
          eb
            .selectFrom('trainings')
            .select('seed')
            .whereRef('trainings.guild_id', '=', 'messages.guild_id')
            .where('read_at', 'is not', null),
        ),
      ]),
    );
}
