import type { Kysely } from 'kysely';
import type { BackfillPlaceRow, BackfillRow, ChannelRow, Schema } from './schema.js';

export type BackfillStore = ReturnType<typeof backfillStore>;

export type NewBackfill = Omit<BackfillRow, 'read' | 'stored'>;
export type BackfillKey = Pick<BackfillRow, 'channel_id' | 'kind'>;

/** When the bot last heard everything that was said. */
const LISTENED_UNTIL = 'listened_until';

/** What is being read of channels' pasts, and how far it is: enough to go on after any crash. */
export function backfillStore(db: Kysely<Schema>) {
  const ofPlace = (channelId: string, placeId: string) => {
    const thread = placeId === channelId ? null : placeId;
    return db
      .selectFrom('messages')
      .select('id')
      .where('channel_id', '=', channelId)
      .where('thread_id', thread === null ? 'is' : '=', thread);
  };

  return {
    /**
     * Notes what is to be read. One that is noted already of this channel and kind stays as it is, unless it does not go
     * as far: then this one is read in its place, from the newest message on.
     */
    async begin(backfill: NewBackfill): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        const noted = await transaction
          .selectFrom('backfills')
          .selectAll()
          .where('channel_id', '=', backfill.channel_id)
          .where('kind', '=', backfill.kind)
          .executeTakeFirst();
        if (noted !== undefined && goesAsFar(noted, backfill)) return;
        if (noted !== undefined) await remove(transaction, noted);
        await transaction
          .insertInto('backfills')
          .values({ ...backfill, read: 0, stored: noted?.stored ?? 0 })
          .execute();
      });
    },

    /** Notes what is to be read from the newest message on, since the earlier moment if some is unread already. */
    async beginAgain(backfill: NewBackfill): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        const before = await transaction
          .deleteFrom('backfills')
          .where('channel_id', '=', backfill.channel_id)
          .where('kind', '=', backfill.kind)
          .returning('since')
          .executeTakeFirst();
        const since = Math.min(backfill.since, before?.since ?? Infinity);
        await transaction
          .insertInto('backfills')
          .values({ ...backfill, since, read: 0, stored: 0 })
          .execute();
      });
    },

    /** What is not through, in the order in which it was begun. */
    async unfinished(): Promise<BackfillRow[]> {
      return db.selectFrom('backfills').selectAll().orderBy('started_at').orderBy('channel_id').execute();
    },

    async find({ channel_id, kind }: BackfillKey): Promise<BackfillRow | undefined> {
      return db
        .selectFrom('backfills')
        .selectAll()
        .where('channel_id', '=', channel_id)
        .where('kind', '=', kind)
        .executeTakeFirst();
    },

    /** Its channel and threads, once they are known. */
    async places({ channel_id, kind }: BackfillKey): Promise<BackfillPlaceRow[]> {
      return db
        .selectFrom('backfill_places')
        .selectAll()
        .where('channel_id', '=', channel_id)
        .where('kind', '=', kind)
        .execute();
    },

    /** Notes all places at once, so that those which are known are all of them. */
    async setPlaces({ channel_id, kind }: BackfillKey, placeIds: readonly string[]): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        for (const place_id of placeIds) {
          await transaction
            .insertInto('backfill_places')
            .values({ channel_id, kind, place_id, before_id: null, done: 0 })
            .execute();
        }
      });
    },

    /** Moves on in a place, by a page of which so much was read and stored; false where another reading was begun instead. */
    async advance(
      { channel_id, kind, place_id, before_id, done }: BackfillPlaceRow,
      page: { read: number; stored: number },
    ): Promise<boolean> {
      return db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('backfill_places')
          .set({ before_id, done })
          .where('channel_id', '=', channel_id)
          .where('kind', '=', kind)
          .where('place_id', '=', place_id)
          .executeTakeFirst();
        const isOn = numUpdatedRows > 0n;
        await transaction
          .updateTable('backfills')
          .set((eb) => ({
            read: eb('read', '+', isOn ? page.read : 0),
            stored: eb('stored', '+', page.stored),
          }))
          .where('channel_id', '=', channel_id)
          .where('kind', '=', kind)
          .execute();
        return isOn;
      });
    },

    /** Forgets it with its places: it is no longer wanted, or cannot be read. */
    end: (key: BackfillKey): Promise<void> => remove(db, key),

    /** Forgets what is read to its end; false where another reading was begun instead, which is not. */
    async finish({ channel_id, kind, since, max_messages }: BackfillRow): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('backfills')
        .where('channel_id', '=', channel_id)
        .where('kind', '=', kind)
        .where('since', '=', since)
        .where('max_messages', 'is', max_messages)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** The stored messages of one place between two moments, both included. */
    async storedIn(
      { channel_id, place_id }: Pick<BackfillPlaceRow, 'channel_id' | 'place_id'>,
      from: number,
      until: number,
    ): Promise<string[]> {
      const rows = await ofPlace(channel_id, place_id)
        .where('created_at', '>=', from)
        .where('created_at', '<=', until)
        .execute();
      return rows.map(({ id }) => id);
    },

    /** The newest of one place. */
    async newestIn({
      channel_id,
      place_id,
    }: Pick<BackfillPlaceRow, 'channel_id' | 'place_id'>): Promise<string | undefined> {
      const row = await ofPlace(channel_id, place_id)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.id;
    },

    /** Every channel that is collected, and since when. */
    async collecting(): Promise<Pick<ChannelRow, 'id' | 'guild_id' | 'changed_at'>[]> {
      return db
        .selectFrom('channels')
        .select(['id', 'guild_id', 'changed_at'])
        .where('collecting', '=', 1)
        .orderBy('id')
        .execute();
    },

    /** Until when everything that was said was heard; undefined where that was never noted. */
    async listenedUntil(): Promise<number | undefined> {
      const fact = await db
        .selectFrom('facts')
        .select('value')
        .where('name', '=', LISTENED_UNTIL)
        .executeTakeFirst();
      return fact === undefined ? undefined : Number(fact.value);
    },

    async setListenedUntil(until: number): Promise<void> {
      await db
        .insertInto('facts')
        .values({ name: LISTENED_UNTIL, value: String(until) })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(until) }))
        .execute();
    },
  };
}

/** Whether nothing is missing of what is asked for: of a certain number of messages, the newest that are read will do. */
function goesAsFar(noted: NewBackfill, asked: NewBackfill): boolean {
  if (asked.max_messages !== null) return true;
  return noted.max_messages === null && noted.since <= asked.since;
}

async function remove(
  db: Pick<Kysely<Schema>, 'deleteFrom'>,
  { channel_id, kind }: BackfillKey,
): Promise<void> {
  await db.deleteFrom('backfills').where('channel_id', '=', channel_id).where('kind', '=', kind).execute();
}
