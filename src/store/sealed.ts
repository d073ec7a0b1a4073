import type { Cipher, StoredText } from './cipher.js';

/** What people wrote: the columns that are sealed, and what names a row of the table for good. */
export const SEALED = {
  messages: { columns: ['content'], key: ['id'] },
  flags: { columns: ['content'], key: ['id'] },
  labels: { columns: ['content'], key: ['guild_id', 'task', 'message_id'] },
  actions: { columns: ['content'], key: ['id'] },
  generations: { columns: ['prompt', 'text'], key: ['id'] },
} as const;

export type SealedTable = keyof typeof SEALED;
type SealedColumn<Table extends SealedTable> = (typeof SEALED)[Table]['columns'][number];
type Key<Table extends SealedTable> = Record<(typeof SEALED)[Table]['key'][number], string>;

/** A row, or part of one, as it stands in the database. */
export type Stored<Row, Table extends SealedTable> = {
  [Column in keyof Row]: Column extends SealedColumn<Table>
    ? StoredText | Extract<Row[Column], null>
    : Row[Column];
};

/** Seals and opens the texts of a table's rows. */
export function sealedRows<Table extends SealedTable>(cipher: Cipher, table: Table) {
  const { columns, key }: { columns: readonly string[]; key: readonly string[] } = SEALED[table];

  function translate(row: object, text: (text: unknown, place: string) => unknown): Record<string, unknown> {
    const translated: Record<string, unknown> = { ...row };
    const name = key.map((column) => String(translated[column])).join(' ');
    for (const column of columns) {
      const value = translated[column];
      if (value !== undefined && value !== null)
        translated[column] = text(value, `${table}.${column} ${name}`);
    }
    return translated;
  }

  return {
    seal: <Row extends Key<Table>>(row: Row) =>
      translate(row, (text, place) => cipher.seal(text as string, place)) as Stored<Row, Table>,

    /** @throws CipherError for a text that cannot be opened */
    open: <Row extends Key<Table>>(row: Row) =>
      translate(row, (text, place) => cipher.open(text as StoredText, place)) as Opened<Row>,
  };
}

type Opened<Row> = {
  [Column in keyof Row]: StoredText extends Row[Column] ? string | Extract<Row[Column], null> : Row[Column];
};
