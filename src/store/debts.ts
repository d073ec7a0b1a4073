import { type Kysely, sql, type Transaction } from 'kysely';
import { hasWeights, isOwedInFlight, type Line, owes } from './owing.js';
import { allowed } from './messages.js';
import type { DebtReason, DebtRow, ModelRow, ReceiptRow, Schema } from './schema.js';
import { removeUnowed, restartOverdue, settle } from './settling.js';

export type DebtStore = ReturnType<typeof debtStore>;

/** A version that has weights and owes something: how much at most, and since when. */
export interface OwingVersion extends Pick<ModelRow, 'guild_id' | 'audience' | 'version' | 'state'> {
  messages: number;
  oldest: number;
  /** When the live version of its line was read; null without one. */
  live_read_at: number | null;
}

export interface Receipt extends Omit<ReceiptRow, 'reasons' | 'erased_versions'> {
  reasons: Partial<Record<DebtReason, number>>;
  erased_versions: number[];
}

/** Messages that models may know although they left the corpus, and receipts for those that none knows any more. */
export function debtStore(db: Kysely<Schema>) {
  return {
    /** What a version owes: what it may have learned, and has left the corpus since. At most, for rows are sums. */
    async owedBy(model: Pick<ModelRow, 'guild_id' | 'version'>): Promise<DebtRow[]> {
      return db
        .selectFrom('debts')
        .innerJoin('models', (join) => join.on(owes))
        .selectAll('debts')
        .where('models.guild_id', '=', model.guild_id)
        .where('models.version', '=', model.version)
        .orderBy('debts.erased_at')
        .orderBy('debts.id')
        .execute();
    },

    /** The versions that owe something, of one guild or of all. */
    async owing(guildId?: string): Promise<OwingVersion[]> {
      return db
        .selectFrom('debts')
        .innerJoin('models', (join) => join.on(owes))
        .select(['models.guild_id', 'models.audience', 'models.version', 'models.state'])
        .select((eb) => [
          eb.fn.sum<number>('debts.messages').as('messages'),
          eb.fn.min('debts.erased_at').as('oldest'),
          eb
            .selectFrom('models as live')
            .select((live) => live.fn.coalesce('live.read_at', 'live.created_at').as('read_at'))
            .whereRef('live.guild_id', '=', 'models.guild_id')
            .whereRef('live.audience', '=', 'models.audience')
            .where('live.state', '=', 'live')
            .as('live_read_at'),
        ])
        .$if(guildId !== undefined, (query) => query.where('models.guild_id', '=', guildId ?? ''))
        .where(hasWeights)
        .groupBy(['models.guild_id', 'models.version'])
        .orderBy('models.guild_id')
        .orderBy('models.version')
        .execute();
    },

    /** The lines whose training, under way or paused, has read what left the corpus up to a moment. */
    async overdueTrainings(until: number): Promise<Line[]> {
      const rows = await db
        .selectFrom('trainings')
        .select(['guild_id', 'audience'])
        .where((eb) =>
          eb.exists(
            eb.selectFrom('debts').select('id').where(isOwedInFlight).where('erased_at', '<=', until),
          ),
        )
        .execute();
      return rows.map(({ guild_id, audience }) => ({ guildId: guild_id, audience }));
    },

    /** Lets the trainings of `overdueTrainings` begin from nothing when they go on; none of them may be under way. */
    async restartOverdue(until: number): Promise<void> {
      await restartOverdue(db, until);
    },

    /** The lines whose model was withdrawn, and for which nothing was learned since. */
    async withdrawn(): Promise<Line[]> {
      const rows = await db
        .selectFrom('receipts')
        .select(['guild_id', 'audience'])
        .select((eb) => eb.fn.max('written_at').as('written_at'))
        .where('version', 'is', null)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('models')
                .select('models.version')
                .whereRef('models.guild_id', '=', 'receipts.guild_id')
                .whereRef('models.audience', '=', 'receipts.audience')
                .where((model) =>
                  model.or([
                    model('models.state', '=', 'live'),
                    model('models.created_at', '>', model.ref('receipts.written_at')),
                  ]),
                ),
            ),
          ),
        )
        .groupBy(['guild_id', 'audience'])
        .execute();
      return rows.map(({ guild_id, audience }) => ({ guildId: guild_id, audience }));
    },

    /**
     * Settles what a line of models owes, in one transaction: whatever was to be gone by `overdueUntil`, or is not known
     * to the live model, which was read after it was gone. The versions that owe it lose their weights, the live one its
     * place, too. Resolves with the receipt, undefined where no version had to go.
     */
    async settle(line: Line, overdueUntil: number, at: number): Promise<Receipt | undefined> {
      const row = await db
        .transaction()
        .execute((transaction) => settle(transaction, line, overdueUntil, at));
      return row && toReceipt(row);
    },

    /** Forgets the debts that neither a version with weights nor a training owes; resolves with the guilds that had some. */
    async removeUnowed(): Promise<string[]> {
      return removeUnowed(db);
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

    /** The newest first. */
    async receipts(guildId: string): Promise<Receipt[]> {
      const rows = await db
        .selectFrom('receipts')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('written_at', 'desc')
        .execute();
      return rows.map(toReceipt);
    },
  };
}

/**
 * Notes that messages leave the corpus, which they still are in: a sum for each audience whose channels they were in.
 * Those of authors who do not allow it any more have left already, and are owed since. Where no model of the guild has weights and none is being trained, nobody can owe them.
 * @param chosen narrows the messages down to those of the guild that leave
 */
export async function noteDebt(
  transaction: Transaction<Schema>,
  guildId: string,
  chosen: (messages: ReturnType<typeof learnedMessages>) => ReturnType<typeof learnedMessages>,
  reason: DebtReason,
  at: number,
): Promise<void> {
  const sums = await chosen(learnedMessages(transaction, guildId))
    .select((eb) => [
      'channels.audience',
      eb.fn.count<number>('messages.id').as('messages'),
      eb.fn.min('messages.created_at').as('created_from'),
      eb.fn.min('messages.stored_at').as('stored_from'),
    ])
    .groupBy('channels.audience')
    .execute();
  for (const sum of sums) {
    // `at` was before this transaction: what began to read the corpus in between has read it as it was.
    const { read_at } = await transaction
      .selectFrom('trainings')
      .select((eb) => eb.fn.coalesce(eb.fn.max('read_at'), eb.lit(0)).as('read_at'))
      .where('guild_id', '=', guildId)
      .executeTakeFirstOrThrow();
    const debt = { ...sum, guild_id: guildId, reason, erased_at: Math.max(at, read_at) };
    await transaction.insertInto('debts').values(debt).execute();
  }
}

function toReceipt({ reasons, erased_versions, ...row }: ReceiptRow): Receipt {
  return {
    ...row,
    reasons: JSON.parse(reasons) as Receipt['reasons'],
    erased_versions: JSON.parse(erased_versions) as number[],
  };
}

function learnedMessages(transaction: Transaction<Schema>, guildId: string) {
  return transaction
    .selectFrom('messages')
    .innerJoin('channels', 'channels.id', 'messages.channel_id')
    .where('channels.learning', '=', 1)
    .where('messages.characters', '>', 0)
    .where(allowed(guildId, 'messages.author_id'))
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('models')
            .select('version')
            .where('models.guild_id', '=', guildId)
            .where(sql<number>`length(checkpoint)`, '>', 0),
        ),
        eb.exists(
          eb
            .selectFrom('trainings')
            .select('seed')
            .where('trainings.guild_id', '=', guildId)
            .where('read_at', 'is not', null),
        ),
      ]),
    );
}
