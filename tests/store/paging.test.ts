import Database from 'better-sqlite3';
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCipher } from '../../src/store/cipher.js';
import { messageStore, PUBLIC } from '../../src/store/messages.js';
import type { MessageRow, Schema } from '../../src/store/schema.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';

type Place = Pick<MessageRow, 'created_at' | 'id'>;
const BEGINNING: Place = { created_at: -1, id: '' };

describe('a page of messages', () => {
  const pages = {
    'of those that may be learned': (store: Messages, after: Place) => store.page('1', PUBLIC, after, 2),
    'of a channel': (store: Messages, after: Place) => store.page('1', PUBLIC, after, 2, '10'),
    'of all': (store: Messages, after: Place) => store.pageOfAll('1', after, 2),
  };

  it.each(Object.entries(pages))('%s is found by its time, not from the beginning', async (_what, page) => {
    const { messages, planOfLast } = await watched([]);
    await page(messages, { created_at: 60_000, id: 'a' });
    const found =
      /^SEARCH messages USING INDEX messages_by_(time \(guild_id|channel \(channel_id)=\? AND created_at>\?\)$/;
    expect(planOfLast()).toContainEqual(expect.stringMatching(found));
  });

  it.each(Object.entries(pages))(
    '%s goes on within a moment, without gap or repetition',
    async (_w, page) => {
      const { messages } = await watched(
        ['a', 'b', 'c', 'd', 'e'].map((id) => message(id, id < 'd' ? 1 : 2)),
      );
      const read: string[][] = [];
      for (let last: Place | undefined = BEGINNING; last !== undefined;) {
        const found: Place[] = await page(messages, last);
        read.push(found.map(({ id }) => id));
        last = found.at(-1);
      }
      expect(read).toEqual([['a', 'b'], ['c', 'd'], ['e'], []]);
    },
  );
});

type Messages = ReturnType<typeof messageStore>;

/** The messages of a real database, and how it found what it was asked for last. */
async function watched(rows: MessageRow[]) {
  const path = temporaryDatabase();
  const store = await temporaryStore(path);
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.intake.take(rows, 0);
  const sqlite = new Database(path);
  const queries: CompiledQuery[] = [];
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: sqlite }),
    log: ({ query }) => void queries.push(query),
  });
  onTestFinished(() => db.destroy());
  return {
    messages: messageStore(db, createCipher({})),
    planOfLast() {
      const { sql, parameters } = queries[queries.length - 1];
      return sqlite
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...parameters)
        .map(({ detail }) => detail);
    },
  };
}
