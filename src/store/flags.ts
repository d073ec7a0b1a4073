import type { Kysely } from 'kysely';
import type { Cipher } from './cipher.js';
import type { FlagRow, Schema } from './schema.js';
import { sealedRows } from './sealed.js';

export type FlagStore = ReturnType<typeof flagStore>;
export type FlagAction = Exclude<FlagRow['action'], 'none'>;
export type Verdict = Exclude<FlagRow['state'], 'open'>;

export interface FlagCounts {
  version: number;
  origin: FlagRow['origin'];
  state: FlagRow['state'];
  count: number;
}

/** Stays below SQLite's limit of bound parameters in one statement. */
const BATCH = 500;

export function flagStore(db: Kysely<Schema>, cipher: Cipher) {
  const texts = sealedRows(cipher, 'flags');

  return {
    /** Adds a flag, unless its message has one already: then false. */
    async add(flag: FlagRow): Promise<boolean> {
      const result = await db
        .insertInto('flags')
        .values(texts.seal(flag))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },

    async find(id: string): Promise<FlagRow | undefined> {
      const row = await db.selectFrom('flags').selectAll().where('id', '=', id).executeTakeFirst();
      return row && texts.open(row);
    },

    /** The open flag of the same text by the same author. */
    async openLike(guildId: string, authorId: string, contentKey: string): Promise<FlagRow | undefined> {
      const row = await db
        .selectFrom('flags')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('author_id', '=', authorId)
        .where('content_key', '=', contentKey)
        .where('state', '=', 'open')
        .limit(1)
        .executeTakeFirst();
      return row && texts.open(row);
    },

    /** Counts one more copy of an open flag's message. */
    async addCopy(id: string, copies: string): Promise<void> {
      await db
        .updateTable('flags')
        .set((eb) => ({ times: eb('times', '+', 1), copies }))
        .where('id', '=', id)
        .execute();
    },

    /** Gives an open flag its verdict; false when somebody else was first. */
    async resolve(id: string, verdict: Verdict, by: string, now: number): Promise<boolean> {
      const result = await db
        .updateTable('flags')
        .set({ state: verdict, resolved_by: by, resolved_at: now })
        .where('id', '=', id)
        .where('state', '=', 'open')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    /** Replaces whatever verdict a flag has. */
    async overrule(id: string, verdict: Verdict, by: string, now: number): Promise<void> {
      await db
        .updateTable('flags')
        .set({ state: verdict, resolved_by: by, resolved_at: now })
        .where('id', '=', id)
        .execute();
    },

    /**
     * Confirms a flag and takes its one action; false when somebody else was first. Open flags are free to take,
     * confirmed ones only to whoever confirmed them.
     */
    async claim(id: string, action: FlagAction, by: string, now: number): Promise<boolean> {
      const result = await db
        .updateTable('flags')
        .set({ state: 'confirmed', action, resolved_by: by, resolved_at: now })
        .where('id', '=', id)
        .where('action', '!=', action)
        .where((eb) =>
          eb.or([
            eb('state', '=', 'open'),
            eb.and([eb('state', '=', 'confirmed'), eb('action', '=', 'none'), eb('resolved_by', '=', by)]),
          ]),
        )
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    /** Puts back what a claim changed, because its action did not work. */
    async release({ id, state, action, resolved_by, resolved_at }: FlagRow): Promise<void> {
      await db
        .updateTable('flags')
        .set({ state, action, resolved_by, resolved_at })
        .where('id', '=', id)
        .execute();
    },

    /** The ids of a guild's flagged messages and their copies, but for false alarms. */
    async suspected(guildId: string): Promise<Set<string>> {
      const rows = await db
        .selectFrom('flags')
        .select(['id', 'copies'])
        .where('guild_id', '=', guildId)
        .where('state', '!=', 'false_alarm')
        .execute();
      const copies = rows.flatMap((row) =>
        (JSON.parse(row.copies) as [string, string][]).map(([, id]) => id),
      );
      return new Set([...rows.map(({ id }) => id), ...copies]);
    },

    async setAction(id: string, action: FlagRow['action']): Promise<void> {
      await db.updateTable('flags').set({ action }).where('id', '=', id).execute();
    },

    /** Marks a flag as disputed and opens it again; false when it was disputed before. */
    async dispute(id: string): Promise<boolean> {
      const result = await db
        .updateTable('flags')
        .set({ disputed: 1, state: 'open', resolved_by: null, resolved_at: null })
        .where('id', '=', id)
        .where('disputed', '=', 0)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    /** Notes that messages are gone; resolves with the ids of the open flags among them. */
    async markGone(ids: string[]): Promise<string[]> {
      const found: string[] = [];
      for (let start = 0; start < ids.length; start += BATCH) {
        const rows = await db
          .updateTable('flags')
          .set({ gone: 1 })
          .where('id', 'in', ids.slice(start, start + BATCH))
          .where('state', '=', 'open')
          .where('action', '!=', 'delete')
          .returning('id')
          .execute();
        found.push(...rows.map(({ id }) => id));
      }
      return found;
    },

    /** Remembers where a flag stands in the review channel. */
    async setNotice(id: string, channelId: string, noticeId: string): Promise<void> {
      await db
        .updateTable('flags')
        .set({ notice_channel_id: channelId, notice_id: noticeId })
        .where('id', '=', id)
        .execute();
    },

    /** The open flag in the given place of the queue: disputed ones first, then the surest. */
    async openAt(guildId: string, offset: number): Promise<FlagRow | undefined> {
      const row = await db
        .selectFrom('flags')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('state', '=', 'open')
        .orderBy('disputed', 'desc')
        .orderBy('score', 'desc')
        .orderBy('created_at')
        .offset(offset)
        .limit(1)
        .executeTakeFirst();
      return row && texts.open(row);
    },

    async countOpen(guildId: string): Promise<{ open: number; disputed: number }> {
      return db
        .selectFrom('flags')
        .select((eb) => [
          eb.fn.count<number>('id').as('open'),
          eb.fn.coalesce(eb.fn.sum<number>('disputed'), eb.lit(0)).as('disputed'),
        ])
        .where('guild_id', '=', guildId)
        .where('state', '=', 'open')
        .executeTakeFirstOrThrow();
    },

    /** How many flags each classifier version and the moderators raised, and what became of them. */
    async counts(guildId: string): Promise<FlagCounts[]> {
      return db
        .selectFrom('flags')
        .select((eb) => ['version', 'origin', 'state', eb.fn.count<number>('id').as('count')])
        .where('guild_id', '=', guildId)
        .groupBy(['version', 'origin', 'state'])
        .orderBy('version')
        .execute();
    },

    async eraseText(id: string): Promise<void> {
      await db.updateTable('flags').set({ content: null, weights: '[]' }).where('id', '=', id).execute();
    },

    /** Erases the text of flags that were resolved before a moment. */
    async erase(before: number): Promise<void> {
      await db
        .updateTable('flags')
        .set({ content: null, weights: '[]' })
        .where('resolved_at', '<', before)
        .where('content', 'is not', null)
        .execute();
    },
  };
}
