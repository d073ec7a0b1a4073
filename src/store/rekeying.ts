import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Cipher, StoredText } from './cipher.js';
import { forgetKeysBefore, hasTextsFromBefore } from './corpus-keys.js';
import type { Schema } from './schema.js';
import { SEALED, sealedRows, type SealedTable } from './sealed.js';

export type RekeyingStore = ReturnType<typeof rekeyingStore>;

/** Rows of one transaction. */
const BATCH = 1_000;

/** Brings the texts that are stored to the key of now. */
export function rekeyingStore(db: Kysely<Schema>, cipher: Cipher) {
  return {
    /** Whether some texts are sealed with an earlier key, or plain although there is a key. */
    isDue: () => hasTextsFromBefore(db),

    /** How many rows have texts. */
    async countRows(): Promise<number> {
      let rows = 0;
      for (const table of tables) {
        const { count } = await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        rows += count;
      }
      return rows;
    },

    /**
     * Seals every text with the key of now, or opens it for good where there is none. A run that was cut off is simply
     * begun again. Yields the rows seen so far, and how many of them had to be changed.
     * @throws CipherError for a text that cannot be opened
     */
    async *run(): AsyncGenerator<{ seen: number; changed: number }> {
      const total = { seen: 0, changed: 0 };
      for (const table of tables) {
        for (let after: Row | undefined; ;) {
          const rows = await page(db, table, after);
          if (rows.length === 0) break;
          const stale = rows.filter((row) => !isCurrent(cipher, table, row));
          await db.transaction().execute(async (transaction) => {
            for (const row of stale) await replace(transaction, cipher, table, row);
          });
          total.seen += rows.length;
          total.changed += stale.length;
          after = rows.at(-1);
          yield { ...total };
        }
      }
      await forgetKeysBefore(db);
    },
  };
}

/** What names a row, and its texts. Which columns these are differs from table to table, so they are spelled in SQL. */
type Row = Record<string, string>;

const tables = Object.keys(SEALED) as SealedTable[];

async function page(db: Kysely<Schema>, table: SealedTable, after: Row | undefined): Promise<Row[]> {
  const { key, columns } = SEALED[table];
  const beyond = after
    ? sql`where (${list(key)}) > (${sql.join(key.map((column) => after[column]))})`
    : sql``;
  const { rows } = await sql<Row>`select ${list([...key, ...columns])} from ${sql.table(table)} ${beyond}
    order by ${list(key)} limit ${BATCH}`.execute(db);
  return rows;
}

function isCurrent(cipher: Cipher, table: SealedTable, row: Row): boolean {
  return SEALED[table].columns.every(
    (column) => row[column] === null || cipher.isCurrent(row[column] as unknown as StoredText),
  );
}

async function replace(db: Kysely<Schema>, cipher: Cipher, table: SealedTable, row: Row): Promise<void> {
  const { key, columns } = SEALED[table];
  const texts = sealedRows(cipher, table);
  const sealed = texts.seal(texts.open(row as never)) as Row;
  const changes = columns.map((column) => sql`${sql.ref(column)} = ${sealed[column]}`);
  const same = key.map((column) => sql`${sql.ref(column)} = ${row[column]}`);
  await sql`update ${sql.table(table)} set ${sql.join(changes)} where ${sql.join(same, sql` and `)}`.execute(
    db,
  );
}

function list(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}
