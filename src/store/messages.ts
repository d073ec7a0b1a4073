import type { Kysely } from 'kysely';
import type { MessageRow, Schema } from './schema.js';

export type MessageStore = ReturnType<typeof messageStore>;

/** Stays below SQLite's limit of bound parameters in one statement. */
const BATCH = 500;

export function messageStore(db: Kysely<Schema>) {
  /** What a training may read: messages of channels that are switched on. */
  const learnable = (guildId: string) =>
    db
      .selectFrom('messages')
      .innerJoin('channels', 'channels.id', 'messages.channel_id')
      .where('messages.guild_id', '=', guildId)
      .where('channels.collecting', '=', 1);

  // Both pages say twice from when on they begin: by the `or` alone SQLite walks there from the guild's beginning.

  return {
    /** Adds messages; one that is already there stays as it is. Returns how many were new. */
    async add(messages: MessageRow[]): Promise<number> {
      if (messages.length === 0) return 0;
      return db.transaction().execute(async (transaction) => {
        let added = 0;
        for (let start = 0; start < messages.length; start += BATCH) {
          const result = await transaction
            .insertInto('messages')
            .values(messages.slice(start, start + BATCH))
            .onConflict((conflict) => conflict.column('id').doNothing())
            .executeTakeFirst();
          added += Number(result.numInsertedOrUpdatedRows ?? 0n);
        }
        return added;
      });
    },

    /** Replaces a message's text; a message that was never stored stays unknown. */
    async edit(id: string, content: string, characters: number): Promise<void> {
      await db.updateTable('messages').set({ content, characters }).where('id', '=', id).execute();
    },

    /** Deletes messages; unknown ids are fine. */
    async remove(ids: string[]): Promise<void> {
      for (let start = 0; start < ids.length; start += BATCH) {
        await db
          .deleteFrom('messages')
          .where('id', 'in', ids.slice(start, start + BATCH))
          .execute();
      }
    },

    /** Counts of what a training of this guild would read. */
    async totals(
      guildId: string,
      until = Number.MAX_SAFE_INTEGER,
    ): Promise<{ messages: number; characters: number; speakers: number }> {
      return learnable(guildId)
        .select((eb) => [
          eb.fn.count<number>('messages.id').as('messages'),
          eb.fn.coalesce(eb.fn.sum<number>('messages.characters'), eb.lit(0)).as('characters'),
          eb.fn.count<number>('messages.author_id').distinct().as('speakers'),
        ])
        .where('messages.created_at', '<=', until)
        .executeTakeFirstOrThrow();
    },

    /** How many learnable messages came after a moment. */
    async countSince(guildId: string, since: number): Promise<number> {
      const { count } = await learnable(guildId)
        .select((eb) => eb.fn.count<number>('messages.id').as('count'))
        .where('messages.created_at', '>', since)
        .executeTakeFirstOrThrow();
      return count;
    },

    /** The time of the newest learnable message, undefined when there is none. */
    async newest(guildId: string): Promise<number | undefined> {
      const row = await learnable(guildId)
        .select('messages.created_at')
        .orderBy('messages.created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.created_at;
    },

    /** The texts of the newest learnable messages, newest first. */
    async recent(guildId: string, limit: number): Promise<string[]> {
      const rows = await learnable(guildId)
        .select('messages.content')
        .orderBy('messages.created_at', 'desc')
        .orderBy('messages.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ content }) => content);
    },

    /** The time before which `fraction` of the learnable messages up to `until` were written. */
    async timeAt(guildId: string, until: number, fraction: number): Promise<number | undefined> {
      const upTo = learnable(guildId).where('messages.created_at', '<=', until);
      const { count } = await upTo
        .select((eb) => eb.fn.count<number>('messages.id').as('count'))
        .executeTakeFirstOrThrow();
      const row = await upTo
        .select('messages.created_at')
        .orderBy('messages.created_at')
        .orderBy('messages.id')
        .offset(Math.floor(count * fraction))
        .limit(1)
        .executeTakeFirst();
      return row?.created_at;
    },

    /** How many learnable messages each author wrote up to a moment. */
    async countsByAuthor(guildId: string, until: number): Promise<Map<string, number>> {
      const rows = await learnable(guildId)
        .select((eb) => ['messages.author_id', eb.fn.count<number>('messages.id').as('count')])
        .where('messages.created_at', '<=', until)
        .groupBy('messages.author_id')
        .execute();
      return new Map(rows.map(({ author_id, count }) => [author_id, count]));
    },

    /** The next learnable messages after one of them, of all places or of a channel and its threads, in time order. */
    async page(
      guildId: string,
      { created_at, id }: Pick<MessageRow, 'created_at' | 'id'>,
      limit: number,
      channelId?: string,
    ): Promise<MessageRow[]> {
      return learnable(guildId)
        .selectAll('messages')
        .$if(channelId !== undefined, (query) => query.where('messages.channel_id', '=', channelId ?? ''))
        .where('messages.created_at', '>=', created_at)
        .where((eb) => eb.or([eb('messages.created_at', '>', created_at), eb('messages.id', '>', id)]))
        .orderBy('messages.created_at')
        .orderBy('messages.id')
        .limit(limit)
        .execute();
    },

    /** The next stored messages after one of them, those of channels switched off too, in time order. */
    async pageOfAll(
      guildId: string,
      { created_at, id }: Pick<MessageRow, 'created_at' | 'id'>,
      limit: number,
    ): Promise<Pick<MessageRow, 'created_at' | 'id' | 'content'>[]> {
      return db
        .selectFrom('messages')
        .select(['created_at', 'id', 'content'])
        .where('guild_id', '=', guildId)
        .where('created_at', '>=', created_at)
        .where((eb) => eb.or([eb('created_at', '>', created_at), eb('id', '>', id)]))
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit)
        .execute();
    },

    /** Streams the learnable messages between two moments: place by place (channel or thread), each in time order. */
    inOrder(guildId: string, until: number, from = 0): AsyncIterableIterator<MessageRow> {
      return learnable(guildId)
        .selectAll('messages')
        .where('messages.created_at', '>=', from)
        .where('messages.created_at', '<=', until)
        .orderBy((eb) => eb.fn.coalesce('messages.thread_id', 'messages.channel_id'))
        .orderBy('messages.created_at')
        .orderBy('messages.id')
        .stream();
    },
  };
}
