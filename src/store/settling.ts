import type { Kysely, Transaction } from 'kysely';
import { hasWeights, isOwedInFlight, type Line, owes } from './owing.js';
import type { ReceiptRow, Schema } from './schema.js';

/** See DebtStore.settle. */
export async function settle(
  transaction: Transaction<Schema>,
  line: Line,
  overdueUntil: number,
  at: number,
): Promise<ReceiptRow | undefined> {
  const { guildId, audience } = line;
  const live = await transaction
    .selectFrom('models')
    .select((eb) => ['version', eb.fn.coalesce('read_at', 'created_at').as('read_at')])
    .where('guild_id', '=', guildId)
    .where('audience', '=', audience)
    .where('state', '=', 'live')
    .executeTakeFirst();
  const erased = await versionsOwing(transaction, line, Math.max(overdueUntil, (live?.read_at ?? 0) - 1));
  const settled = erased.length === 0 ? [] : await owedByThemAlone(transaction, line, erased);
  if (erased.length > 0) await eraseWeights(transaction, guildId, erased);
  if (erased.length === 0) return undefined;
  await removeUnowed(transaction, guildId);
  const receipt = {
    guild_id: guildId,
    audience,
    written_at: at,
    version: live === undefined || erased.includes(live.version) ? null : live.version,
    reasons: JSON.stringify(Object.fromEntries(settled.map(({ reason, messages }) => [reason, messages]))),
    messages: settled.reduce((sum, { messages }) => sum + messages, 0),
    asked_at: Math.min(...settled.map(({ first }) => first)),
    asked_until: Math.max(...settled.map(({ last }) => last)),
    erased_versions: JSON.stringify(erased),
  };
  await transaction.insertInto('receipts').values(receipt).execute();
  return receipt;
}

/** See DebtStore.removeUnowed; of one guild, or of all. */
export async function removeUnowed(db: Kysely<Schema>, guildId?: string): Promise<string[]> {
  const removed = await db
    .deleteFrom('debts')
    .$if(guildId !== undefined, (query) => query.where('guild_id', '=', guildId ?? ''))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('models').select('version').where(owes).where(hasWeights))))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('trainings').select('seed').where(isOwedInFlight))))
    .returning('guild_id')
    .execute();
  return [...new Set(removed.map(({ guild_id }) => guild_id))];
}

/** See DebtStore.restartOverdue. */
export async function restartOverdue(db: Kysely<Schema>, until: number): Promise<void> {
  await db
    .updateTable('trainings')
    .set({ state: null, read_at: null, trained_ms: 0, curve: '[]' })
    .where((eb) =>
      eb.exists(
        eb.selectFrom('debts').select('debts.id').where(isOwedInFlight).where('debts.erased_at', '<=', until),
      ),
    )
    .execute();
}

/** The versions of a line that owe what left the corpus up to a moment. */
async function versionsOwing(
  transaction: Transaction<Schema>,
  { guildId, audience }: Line,
  until: number,
): Promise<number[]> {
  const rows = await transaction
    .selectFrom('models')
    .select('version')
    .where('guild_id', '=', guildId)
    .where('audience', '=', audience)
    .where(hasWeights)
    .where((eb) =>
      eb.exists(eb.selectFrom('debts').select('debts.id').where(owes).where('debts.erased_at', '<=', until)),
    )
    .orderBy('version')
    .execute();
  return rows.map(({ version }) => version);
}

/** What these versions owe and no other one of their line does. */
async function owedByThemAlone(
  transaction: Transaction<Schema>,
  { guildId, audience }: Line,
  versions: number[],
) {
  return transaction
    .selectFrom('debts')
    .select((eb) => [
      'reason',
      eb.fn.sum<number>('messages').as('messages'),
      eb.fn.min('erased_at').as('first'),
      eb.fn.max('erased_at').as('last'),
    ])
    .where((eb) => {
      const owing = eb
        .selectFrom('models')
        .select('version')
        .where(owes)
        .where(hasWeights)
        .where('models.guild_id', '=', guildId)
        .where('models.audience', '=', audience);
      return eb.and([
        eb.exists(owing.where('version', 'in', versions)),
        eb.not(eb.exists(owing.where('version', 'not in', versions))),
      ]);
    })
    .groupBy('reason')
    .orderBy('reason')
    .execute();
}

async function eraseWeights(
  transaction: Transaction<Schema>,
  guildId: string,
  versions: number[],
): Promise<void> {
  await transaction
    .updateTable('models')
    .set((eb) => ({
      checkpoint: new Uint8Array(),
      state: eb
        .case()
        .when('state', '=', 'live')
        .then('past' as const)
        .else(eb.ref('state'))
        .end(),
    }))
    .where('guild_id', '=', guildId)
    .where('version', 'in', versions)
    .execute();
}
