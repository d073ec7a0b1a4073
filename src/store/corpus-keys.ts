import type { Kysely } from 'kysely';
import { UserError } from '../errors.js';
import type { Cipher } from './cipher.js';
import type { Schema } from './schema.js';
import { SEALED, type SealedTable } from './sealed.js';

/** How a database's texts are sealed: by names of keys, NONE for plain ones. */
interface Sealing {
  /** Texts that come in. */
  now: string;
  /** Texts that are left from before, until `rekey` has been through. */
  before: readonly string[];
}

const NONE = 'none';
/** The facts that say so. */
const NOW = 'corpus_key';
const BEFORE = 'corpus_keys_before';

/**
 * Makes sure that every text of the database can be opened; a writing opening notes by which key texts are sealed from
 * now on.
 * @throws UserError corpus_key_missing, corpus_key_wrong
 */
export async function checkKeys(
  db: Kysely<Schema>,
  cipher: Cipher,
  path: string,
  writes: boolean,
): Promise<void> {
  const { now, before } = await sealingOf(db);
  const needed = [now, ...before].find((key) => key !== NONE && !cipher.knows(key));
  if (needed !== undefined) {
    const why = cipher.current === undefined ? 'corpus_key_missing' : 'corpus_key_wrong';
    throw new UserError(why, { path, name: needed });
  }
  const current = cipher.current ?? NONE;
  if (!writes || current === now) return;
  const left = (await hasTexts(db)) ? [...before, now] : [];
  await note(db, { now: current, before: left.filter((key) => key !== current) });
}

/** Whether texts are left that are sealed with an earlier key, or plain although there is a key. */
export async function hasTextsFromBefore(db: Kysely<Schema>): Promise<boolean> {
  return (await sealingOf(db)).before.length > 0;
}

/** Notes that every text is sealed as those that come in. */
export async function forgetKeysBefore(db: Kysely<Schema>): Promise<void> {
  await note(db, { ...(await sealingOf(db)), before: [] });
}

async function sealingOf(db: Kysely<Schema>): Promise<Sealing> {
  const rows = await db.selectFrom('facts').selectAll().where('name', 'in', [NOW, BEFORE]).execute();
  const fact = (name: string) => rows.find((row) => row.name === name)?.value;
  return { now: fact(NOW) ?? NONE, before: fact(BEFORE)?.split(' ') ?? [] };
}

async function note(db: Kysely<Schema>, { now, before }: Sealing): Promise<void> {
  const rows = [{ name: NOW, value: now }];
  if (before.length > 0) rows.push({ name: BEFORE, value: before.join(' ') });
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('facts').where('name', 'in', [NOW, BEFORE]).execute();
    await transaction.insertInto('facts').values(rows).execute();
  });
}

async function hasTexts(db: Kysely<Schema>): Promise<boolean> {
  for (const table of Object.keys(SEALED) as SealedTable[]) {
    const row = await db.selectFrom(table).select('guild_id').limit(1).executeTakeFirst();
    if (row !== undefined) return true;
  }
  return false;
}
