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
    /** Notes what is to be read. One that is noted already of this channel and kind stays as it is. */
    async begin(backfill: NewBackfill): Promise<void> {
      await db
        .insertInto('backfills')
        .values({ ...backfill, read: 0, stored: 0 })
        .onConflict((conflict) => conflict.columns(['channel_id', 'kind']).doNothing())
        .execute();
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

    /** Moves on in a place, by a page of which so much was read and stored. */
    async advance(
      { channel_id, kind, place_id, before_id, done }: BackfillPlaceRow,
      page: { read: number; stored: number },
    ): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('backfill_places')
          .set({ before_id, done })
          .where('channel_id', '=', channel_id)
          .where('kind', '=', kind)
          .where('place_id', '=', place_id)
          .execute();
        await transaction
          .updateTable('backfills')
          .set((eb) => ({ read: eb('read', '+', page.read), stored: eb('stored', '+', page.stored) }))
          .where('channel_id', '=', channel_id)
          .where('kind', '=', kind)
          .execute();
      });
    },

    /** Forgets it with its places: it is through, or no longer wanted. */
    async end({ channel_id, kind }: BackfillKey): Promise<void> {
      await db
        .deleteFrom('backfills')
        .where('channel_id', '=', channel_id)
        .where('kind', '=', kind)
        .execute();
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
