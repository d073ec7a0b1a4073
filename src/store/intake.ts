import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Cipher } from './cipher.js';
import { noteDebt } from './debts.js';
import { EVERYWHERE } from './privacy.js';
import { makeRehearsed, rehearsedAmong, rememberRehearsed } from './rehearsed.js';
import type { MessageRow, OmissionReason, Schema } from './schema.js';
import { sealedRows } from './sealed.js';

export type IntakeStore = ReturnType<typeof intakeStore>;

/** A message that came in: new, or as it is after an edit. */
export interface NewMessage extends Omit<MessageRow, 'stored_at' | 'edited_at'> {
  edited_at?: number;
}

/** What became of messages that came in; those that were known as they are count nowhere. */
export interface Taken {
  added: number;
  edited: number;
  omitted: Partial<Record<OmissionReason, number>>;
}

/** Messages of one statement. SQLite binds 32,766 values at most, and a message has eleven; but longer ones cost less. */
const BATCH = 2_000;
/** Messages of one transaction: the more, the less often the same pages are written; but others wait meanwhile. */
const MAX_TOGETHER = 6_000;
/** After a transaction of so many, others get their turn. */
const BULK = 1_000;
const PAUSE_MS = 30;

/**
 * The only way of messages into the corpus, from the gateway, a channel's history or a file alike: what was erased, what
 * its author does not allow and what is older than what is stored stays out, in whatever order it comes and however often.
 */
export function intakeStore(db: Kysely<Schema>, cipher: Cipher) {
  const texts = sealedRows(cipher, 'messages');

  return {
    /** Takes messages in, up to 6,000 in one transaction. Their channels must be known. */
    async take(messages: readonly NewMessage[], at: number): Promise<Taken> {
      const taken: Taken = { added: 0, edited: 0, omitted: {} };
      for (const together of inPieces(messages, MAX_TOGETHER)) {
        await db.transaction().execute(async (transaction) => {
          for (const batch of inPieces(together, BATCH)) {
            await takeBatch(transaction, texts, batch, at, taken);
          }
        });
        // Who waits for the database looks only now and then whether it is free.
        if (together.length >= BULK) await pause(PAUSE_MS);
      }
      return taken;
    },

    /** What taking messages in would do. Until the store is closed it remembers what it has said so of, for those that follow. */
    async rehearse(messages: readonly NewMessage[]): Promise<Taken> {
      const taken: Taken = { added: 0, edited: 0, omitted: {} };
      await makeRehearsed(db);
      for (const batch of inPieces(messages, BATCH)) {
        await db.transaction().execute((transaction) => rehearseBatch(transaction, texts, batch, taken));
      }
      return taken;
    },

    /** Changes a stored message of which only the new text is told; an unknown one stays unknown. */
    async edit(
      message: Pick<NewMessage, 'id' | 'content' | 'characters'> & { edited_at: number },
      at: number,
    ): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        const known = await knownAmong(transaction, texts, [message]);
        const batch = [...known.values()].map((row) => ({ ...row, ...message }));
        await takeBatch(transaction, texts, batch, at, { added: 0, edited: 0, omitted: {} });
      });
    },
  };
}

type Texts = ReturnType<typeof sealedRows<'messages'>>;

async function takeBatch(
  transaction: Transaction<Schema>,
  texts: Texts,
  batch: readonly NewMessage[],
  at: number,
  taken: Taken,
): Promise<void> {
  if (batch.length === 0) return;
  const known = await knownAmong(transaction, texts, batch);
  const { added, edited } = await judge(transaction, batch, known, at, taken);
  await write(transaction, texts, known, added, edited, at);
}

/** Which messages of a batch are new and which are changed; what is to stay out is counted. */
async function judge(
  transaction: Transaction<Schema>,
  batch: readonly NewMessage[],
  known: ReadonlyMap<string, Pick<MessageRow, 'guild_id' | 'edited_at'>>,
  at: number,
  taken: Taken,
): Promise<{ added: Map<string, MessageRow>; edited: Map<string, MessageRow> }> {
  const isErased = await erasedAmong(transaction, batch);
  const refusalOf = await consentOf(transaction, batch);
  const added = new Map<string, MessageRow>();
  const edited = new Map<string, MessageRow>();
  for (const message of batch) {
    const { id, edited_at = 0 } = message;
    const before = added.get(id) ?? edited.get(id) ?? known.get(id);
    // A file can say anything: no guild changes what is another's.
    const isNewer =
      before === undefined || (edited_at > before.edited_at && before.guild_id === message.guild_id);
    const omitted = isErased(message) ? 'erased' : refusalOf(message);
    // Of an edit that its author does not allow nothing is stored but that the text from before is gone.
    const isWithheld = before !== undefined && isNewer && omitted !== undefined && omitted !== 'erased';
    if (omitted !== undefined && !isWithheld) {
      taken.omitted[omitted] = (taken.omitted[omitted] ?? 0) + 1;
      continue;
    }
    if (!isNewer) continue;
    // An empty text has nothing to store, but an edit that left it must outlive the text from before.
    if (before === undefined && message.characters === 0 && edited_at === 0) continue;
    const text = isWithheld ? { content: '', characters: 0 } : {};
    const row = { ...message, ...text, edited_at, stored_at: at };
    (known.has(id) ? edited : added).set(id, row);
  }
  taken.added += added.size;
  taken.edited += edited.size;
  return { added, edited };
}

async function write(
  transaction: Transaction<Schema>,
  texts: Texts,
  known: ReadonlyMap<string, MessageRow>,
  added: ReadonlyMap<string, MessageRow>,
  edited: ReadonlyMap<string, MessageRow>,
  at: number,
): Promise<void> {
  if (added.size > 0) {
    await transaction
      .insertInto('messages')
      .values([...added.values()].map(texts.seal))
      .execute();
  }
  const changed = [...edited.values()].filter(({ id, content }) => known.get(id)?.content !== content);
  for (const guildId of new Set(changed.map(({ guild_id }) => guild_id))) {
    const ids = changed.filter(({ guild_id }) => guild_id === guildId).map(({ id }) => id);
    await noteDebt(transaction, guildId, (learned) => learned.where('messages.id', 'in', ids), 'edited', at);
  }
  for (const { id, content, characters, edited_at } of edited.values()) {
    await transaction
      .updateTable('messages')
      .set({ ...texts.seal({ id, content }), characters, edited_at, stored_at: at })
      .where('id', '=', id)
      .execute();
  }
}

async function rehearseBatch(
  transaction: Transaction<Schema>,
  texts: Texts,
  batch: readonly NewMessage[],
  taken: Taken,
): Promise<void> {
  const stored = await knownAmong(transaction, texts, batch);
  const known = new Map([...stored, ...(await rehearsedAmong(transaction, batch))]);
  const { added, edited } = await judge(transaction, batch, known, 0, taken);
  await rememberRehearsed(transaction, [...added.values(), ...edited.values()]);
}

function* inPieces<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Whether a message was erased, alone or with its thread or channel. */
async function erasedAmong(transaction: Transaction<Schema>, batch: readonly NewMessage[]) {
  const ids = new Set(batch.flatMap(({ id, thread_id, channel_id }) => [id, thread_id ?? id, channel_id]));
  const rows = await transaction
    .selectFrom('tombstones')
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  const erased = new Set(rows.map(({ id }) => id));
  return ({ id, thread_id, channel_id }: NewMessage) =>
    erased.has(id) || erased.has(channel_id) || (thread_id !== null && erased.has(thread_id));
}

/** Why a message may not be stored, if its author does not allow it. */
async function consentOf(transaction: Transaction<Schema>, batch: readonly NewMessage[]) {
  const guilds = [...new Set(batch.map(({ guild_id }) => guild_id))];
  const authors = [...new Set(batch.map(({ author_id }) => author_id))];
  const optIn = await transaction
    .selectFrom('guilds')
    .select('id')
    .where('id', 'in', guilds)
    .where('consent', '=', 'opt-in')
    .execute();
  const takesOptIn = new Set(optIn.map(({ id }) => id));
  const rows = await transaction
    .selectFrom('privacy')
    .select(['guild_id', 'member_id', 'collecting', 'forgotten_at'])
    .where('guild_id', 'in', [...guilds, EVERYWHERE])
    .where('member_id', 'in', authors)
    .execute();
  const said = new Map(rows.map((row) => [`${row.guild_id} ${row.member_id}`, row]));
  return ({ guild_id, author_id, created_at }: NewMessage): OmissionReason | undefined => {
    const rows = [guild_id, EVERYWHERE].map((guild) => said.get(`${guild} ${author_id}`));
    const collecting = rows[0]?.collecting ?? rows[1]?.collecting;
    if (collecting === 'out') return 'opted_out';
    if (takesOptIn.has(guild_id) && collecting !== 'in') return 'not_opted_in';
    return rows.some((row) => created_at <= (row?.forgotten_at ?? -Infinity)) ? 'erased' : undefined;
  };
}

async function knownAmong(
  transaction: Transaction<Schema>,
  texts: Texts,
  batch: readonly Pick<NewMessage, 'id'>[],
): Promise<Map<string, MessageRow>> {
  const ids = batch.map(({ id }) => id);
  const rows = await transaction.selectFrom('messages').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, texts.open(row)]));
}
