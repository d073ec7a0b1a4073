import { type Expression, expressionBuilder, type Kysely, sql, type SqlBool } from 'kysely';
import type { Cipher } from './cipher.js';
import { said } from './privacy.js';
import type { MessageRow, Schema } from './schema.js';
import { sealedRows } from './sealed.js';

/** Of channels that everyone can read. What they say may be learned for every audience. */
export const PUBLIC = 'public';
/** All channels, whoever can read them: for what is told to nobody, or to moderators. */
export const ANY = 'any';

export type MessageStore = ReturnType<typeof messageStore>;

export function messageStore(db: Kysely<Schema>, cipher: Cipher) {
  const texts = sealedRows(cipher, 'messages');

  /** What may be learned for an audience: messages of channels that are switched on, by members who allow it. */
  const learnable = (guildId: string, audience: string) =>
    db
      .selectFrom('messages')
      .innerJoin('channels', 'channels.id', 'messages.channel_id')
      .where('messages.guild_id', '=', guildId)
      .where('channels.learning', '=', 1)
      .where('messages.characters', '>', 0)
      .$if(audience !== ANY, (query) => query.where('channels.audience', 'in', [PUBLIC, audience]))
      .where(allowed(guildId, 'messages.author_id'));

  /** The same as counts that stand ready. */
  const counted = (guildId: string, audience: string) =>
    db
      .selectFrom('author_tallies')
      .innerJoin('channels', 'channels.id', 'author_tallies.channel_id')
      .where('author_tallies.guild_id', '=', guildId)
      .where('channels.learning', '=', 1)
      .$if(audience !== ANY, (query) => query.where('channels.audience', 'in', [PUBLIC, audience]))
      .where(allowed(guildId, 'author_tallies.author_id'));

  /** What each author wrote up to a moment: all there is, less what came after, for that is little. */
  async function countsOf(guildId: string, audience: string, until: number) {
    const all = await counted(guildId, audience)
      .select((eb) => [
        'author_id',
        eb.fn.sum<number>('author_tallies.messages').as('messages'),
        eb.fn.sum<number>('author_tallies.characters').as('characters'),
      ])
      .groupBy('author_id')
      .execute();
    const counts = new Map(all.map((row) => [row.author_id, row]));
    const later = await learnable(guildId, audience)
      .select((eb) => [
        'author_id',
        eb.fn.count<number>('messages.id').as('messages'),
        eb.fn.sum<number>('messages.characters').as('characters'),
      ])
      .where('messages.created_at', '>', until)
      .groupBy('author_id')
      .execute();
    for (const { author_id, messages, characters } of later) {
      const count = counts.get(author_id);
      if (count === undefined) continue;
      count.messages -= messages;
      count.characters -= characters;
      if (count.messages <= 0) counts.delete(author_id);
    }
    return counts;
  }

  // Both pages say twice from when on they begin: by the `or` alone SQLite walks there from the guild's beginning.

  const store = {
    /** Counts of what a training of this guild would read. */
    async totals(
      guildId: string,
      audience: string,
      until = Number.MAX_SAFE_INTEGER,
    ): Promise<{ messages: number; characters: number; speakers: number }> {
      const counts = await countsOf(guildId, audience, until);
      const total = { messages: 0, characters: 0, speakers: counts.size };
      for (const { messages, characters } of counts.values()) {
        total.messages += messages;
        total.characters += characters;
      }
      return total;
    },

    /** How many learnable messages came after a moment. */
    async countSince(guildId: string, audience: string, since: number): Promise<number> {
      if (since < 0) return (await store.totals(guildId, audience)).messages;
      const { count } = await learnable(guildId, audience)
        .select((eb) => eb.fn.count<number>('messages.id').as('count'))
        .where('messages.created_at', '>', since)
        .executeTakeFirstOrThrow();
      return count;
    },

    /** The time of the newest learnable message, undefined when there is none. */
    async newest(guildId: string, audience: string): Promise<number | undefined> {
      const row = await learnable(guildId, audience)
        .select('messages.created_at')
        // Or else every message would be looked at where none is learnable.
        .where((eb) => eb.exists(counted(guildId, audience).select('author_id')))
        .orderBy('messages.created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.created_at;
    },

    /** The newest learnable messages, newest first. */
    async recent(
      guildId: string,
      audience: string,
      limit: number,
    ): Promise<Pick<MessageRow, 'id' | 'content'>[]> {
      const rows = await learnable(guildId, audience)
        .select(['messages.id', 'messages.content'])
        .orderBy('messages.created_at', 'desc')
        .orderBy('messages.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(texts.open);
    },

    /** The time before which `fraction` of the learnable messages up to `until` were written. */
    async timeAt(
      guildId: string,
      audience: string,
      until: number,
      fraction: number,
    ): Promise<number | undefined> {
      const { messages } = await store.totals(guildId, audience, until);
      const before = Math.floor(messages * fraction);
      const after = messages - before - 1;
      if (after < 0) return undefined;
      const [direction, offset] = before < after ? (['asc', before] as const) : (['desc', after] as const);
      const row = await learnable(guildId, audience)
        .where('messages.created_at', '<=', until)
        .select('messages.created_at')
        .orderBy('messages.created_at', direction)
        .orderBy('messages.id', direction)
        .offset(offset)
        .limit(1)
        .executeTakeFirst();
      return row?.created_at;
    },

    /** The next learnable messages after one of them, of all places or of a channel and its threads, in time order. */
    async page(
      guildId: string,
      audience: string,
      { created_at, id }: Pick<MessageRow, 'created_at' | 'id'>,
      limit: number,
      channelId?: string,
    ): Promise<MessageRow[]> {
      const rows = await learnable(guildId, audience)
        .selectAll('messages')
        .$if(channelId !== undefined, (query) => query.where('messages.channel_id', '=', channelId ?? ''))
        .where('messages.created_at', '>=', created_at)
        .where((eb) => eb.or([eb('messages.created_at', '>', created_at), eb('messages.id', '>', id)]))
        .orderBy('messages.created_at')
        .orderBy('messages.id')
        .limit(limit)
        .execute();
      return rows.map(texts.open);
    },

    /** The next stored messages after one of them, those of channels switched off too, in time order. */
    async pageOfAll(
      guildId: string,
      { created_at, id }: Pick<MessageRow, 'created_at' | 'id'>,
      limit: number,
    ): Promise<Pick<MessageRow, 'created_at' | 'id' | 'content'>[]> {
      const rows = await db
        .selectFrom('messages')
        .select(['created_at', 'id', 'content'])
        .where('guild_id', '=', guildId)
        .where('created_at', '>=', created_at)
        .where((eb) => eb.or([eb('created_at', '>', created_at), eb('id', '>', id)]))
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(texts.open);
    },

    /** Streams every stored message of a guild, a channel or an author, learnable or not, in time order. */
    async *all(which: {
      guildId: string | undefined;
      channelId: string | undefined;
      authorId: string | undefined;
    }): AsyncGenerator<MessageRow, void, undefined> {
      const { guildId, channelId, authorId } = which;
      const rows = db
        .selectFrom('messages')
        .selectAll()
        .$if(guildId !== undefined, (query) => query.where('guild_id', '=', guildId ?? ''))
        .$if(channelId !== undefined, (query) => query.where('channel_id', '=', channelId ?? ''))
        .$if(authorId !== undefined, (query) => query.where('author_id', '=', authorId ?? ''))
        .orderBy('created_at')
        .orderBy('id')
        .stream();
      for await (const row of rows) yield texts.open(row);
    },

    /** Streams the learnable messages between two moments: place by place (channel or thread), each in time order. */
    async *inOrder(
      guildId: string,
      audience: string,
      until: number,
      from = 0,
    ): AsyncGenerator<MessageRow, void, undefined> {
      // What is all but everything is read in its order; the plus keeps SQLite from picking it by time to sort it then.
      const createdAt =
        from > 0 ? sql.ref<number>('messages.created_at') : sql<number>`+${sql.ref('messages.created_at')}`;
      const rows = learnable(guildId, audience)
        .selectAll('messages')
        .where(createdAt, '>=', from)
        .where(createdAt, '<=', until)
        .orderBy((eb) => eb.fn.coalesce('messages.thread_id', 'messages.channel_id'))
        .orderBy('messages.created_at')
        .orderBy('messages.id')
        .stream();
      for await (const row of rows) yield texts.open(row);
    },
  };
  return store;
}

/** Whether an author allows what they wrote to be learned: nobody who opted out, and, where it takes that, whoever opted in. */
export function allowed(guildId: string, author: string): Expression<SqlBool> {
  const eb = expressionBuilder<Schema>();
  const takesOptIn = eb
    .selectFrom('guilds')
    .select('guilds.id')
    .where('guilds.id', '=', guildId)
    .where('consent', '=', 'opt-in');
  const authorId = sql.ref<string>(author);
  return eb.and([
    eb(authorId, 'not in', said(guildId, 'out')),
    eb.or([eb.not(eb.exists(takesOptIn)), eb(authorId, 'in', said(guildId, 'in'))]),
  ]);
}
