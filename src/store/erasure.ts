import { setImmediate as breathe } from 'node:timers/promises';
import type { ExpressionBuilder, ExpressionWrapper, Kysely, SqlBool, Transaction } from 'kysely';
import { noteDebt } from './debts.js';
import { eraseWords } from './erased-words.js';
import { among, type Leaving } from './leaving.js';
import type { DebtReason, Schema } from './schema.js';
import type { Upkeep } from './upkeep.js';

export type ErasureStore = ReturnType<typeof erasureStore>;

/** Stays below SQLite's limit of bound parameters in one statement. */
const BATCH = 500;
/** From so many messages on, the log is emptied at once, too, instead of at its next time. */
const MANY = 100;
/** Messages that are deleted at once: some hundredths of a second. */
const PIECE = 1_000;

/** Takes messages out of the corpus, and remembers that models may know them. */
export function erasureStore(db: Kysely<Schema>, upkeep: Pick<Upkeep, 'sweep'>) {
  return {
    /**
     * Deletes messages for good, with their words in verdicts and settled flags: by tombstones they stay away, but for those of an author, who may write new ones.
     * Resolves with how many there were.
     */
    async erase(leaving: Leaving, reason: DebtReason, at: number): Promise<number> {
      let erased = 0;
      for (const part of inParts(leaving)) {
        erased += await db.transaction().execute(async (transaction) => {
          await noteDebt(
            transaction,
            part.guildId,
            (messages) => messages.where((eb) => among(eb, part)),
            reason,
            at,
          );
          await eraseWords(transaction, part, reason);
          await bury(transaction, part, at);
          return removeFrom(transaction, (eb) => among(eb, part));
        });
      }
      if (erased >= MANY) upkeep.sweep();
      return erased;
    },

    /** Whether a message was erased, alone or with the thread or channel in which it stood. */
    async isErased(id: string, placeId: string): Promise<boolean> {
      const row = await db
        .selectFrom('tombstones')
        .select('id')
        .where('id', 'in', [id, placeId])
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Forgets a guild entirely: every row of it, in every table. */
    async eraseGuild(guildId: string): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await removeFrom(transaction, (eb) => eb('messages.guild_id', '=', guildId));
        for (const table of GUILD_TABLES) {
          await transaction.deleteFrom(table).where('guild_id', '=', guildId).execute();
        }
        await transaction.deleteFrom('guilds').where('id', '=', guildId).execute();
      });
      upkeep.sweep();
    },
  };
}

/** Every table with rows of a guild, those first that others refer to last. */
const GUILD_TABLES = [
  'channels',
  'models',
  'trainings',
  'training_times',
  'training_settings',
  'generations',
  'feedback',
  'taken_back',
  'blocked_words',
  'talk_settings',
  'talk_places',
  'privacy',
  'moderation',
  'exemptions',
  'backtests',
  'actions',
  'flags',
  'labels',
  'classifiers',
  'audiences',
  'tombstones',
  'debts',
  'receipts',
  'backfills',
  'omissions',
] as const satisfies (keyof Schema)[];

/** Deletes messages, and lets the thread breathe in between: there may be a million, and the gateway has a heartbeat. */
async function removeFrom(
  transaction: Transaction<Schema>,
  chosen: (eb: ExpressionBuilder<Schema, 'messages'>) => ExpressionWrapper<Schema, 'messages', SqlBool>,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const { numDeletedRows } = await transaction
      .deleteFrom('messages')
      .where('id', 'in', (eb) => eb.selectFrom('messages').select('messages.id').where(chosen).limit(PIECE))
      .executeTakeFirst();
    removed += Number(numDeletedRows);
    if (numDeletedRows < PIECE) return removed;
    await breathe();
  }
}

function inParts(leaving: Leaving): Leaving[] {
  if (!('ids' in leaving)) return [leaving];
  const { guildId, ids } = leaving;
  const parts = Math.ceil(ids.length / BATCH);
  return Array.from({ length: parts }, (_, part) => ({
    guildId,
    ids: ids.slice(part * BATCH, (part + 1) * BATCH),
  }));
}

/**
 * Sets the tombstones of what leaves; of what an author wrote since a moment, one for each message. All that an author
 * wrote gets none: the moment at which they were forgotten keeps that out.
 */
async function bury(transaction: Transaction<Schema>, leaving: Leaving, at: number): Promise<void> {
  const row = (id: string) => ({ id, guild_id: leaving.guildId, erased_at: at });
  const rows =
    'ids' in leaving
      ? leaving.ids.map(row)
      : 'threadId' in leaving
        ? [row(leaving.threadId)]
        : 'channelId' in leaving
          ? [row(leaving.channelId)]
          : [];
  if (rows.length > 0) {
    await transaction
      .insertInto('tombstones')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  if (!('authorId' in leaving) || leaving.since === undefined) return;
  await transaction
    .insertInto('tombstones')
    .columns(['id', 'guild_id', 'erased_at'])
    .expression((eb) =>
      eb
        .selectFrom('messages')
        .select((of) => ['messages.id', 'messages.guild_id', of.val(at).as('erased_at')])
        .where((of) => among(of, leaving)),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
