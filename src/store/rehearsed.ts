import { type Kysely, sql, type Transaction } from 'kysely';
import type { MessageRow, Schema } from './schema.js';

// What a rehearsal has seen lies in a table of its connection alone, which is gone with it: on the disk if it gets large.

type Rehearsed = Pick<MessageRow, 'id' | 'guild_id' | 'edited_at'>;
type WithRehearsed = Schema & { rehearsed: Rehearsed };

export async function makeRehearsed(db: Kysely<Schema>): Promise<void> {
  await sql`create temporary table if not exists rehearsed (id text primary key, guild_id text, edited_at bigint)`.execute(
    db,
  );
}

export async function rehearsedAmong(
  transaction: Transaction<Schema>,
  batch: readonly Pick<Rehearsed, 'id'>[],
): Promise<Map<string, Rehearsed>> {
  const ids = batch.map(({ id }) => id);
  const rows = await withRehearsed(transaction)
    .selectFrom('rehearsed')
    .selectAll()
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function rememberRehearsed(
  transaction: Transaction<Schema>,
  messages: readonly Rehearsed[],
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(({ id, guild_id, edited_at }) => ({ id, guild_id, edited_at }));
  await withRehearsed(transaction)
    .insertInto('rehearsed')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ edited_at: eb.ref('excluded.edited_at') })),
    )
    .execute();
}

function withRehearsed(transaction: Transaction<Schema>): Transaction<WithRehearsed> {
  return transaction as unknown as Transaction<WithRehearsed>;
}
