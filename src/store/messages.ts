import type { ExpressionBuilder, Kysely } from 'kysely';
import type { MessageRow, Schema } from './schema.js';

/** Of channels that everyone can read. What they say may be learned for every audience. */
export const PUBLIC = 'public';
/** All channels, whoever can read them: for what is told to nobody, or to moderators. */
export const ANY = 'any';

export type MessageStore = ReturnType<typeof messageStore>;

export function messageStore(db: Kysely<Schema>) {
  /** What may be learned for an audience: messages of channels that are switched on, by members who allow it. */
  const learnable = (guildId: string, audience: string) =>
    db
      .selectFrom('messages')
      .innerJoin('channels', 'channels.id', 'messages.channel_id')
      .where('messages.guild_id', '=', guildId)
      .where('channels.learning', '=', 1)
      .where('messages.characters', '>', 0)
      .$if(audience !== ANY, (query) => query.where('channels.audience', 'in', [PUBLIC, audience]))
      .where((eb) => allowed(eb, guildId));

  // Both pages say twice from when on they begin: by the `or` alone SQLite walks there from the guild's beginning.

  return {
    /** Counts of what a training of this guild would read. */
    async totals(
      guildId: string,
      audience: string,
      until = Number.MAX_SAFE_INTEGER,
    ): Promise<{ messages: number; characters: number; speakers: number }> {
      return learnable(guildId, audience)
        .select((eb) => [
          eb.fn.count<number>('messages.id').as('messages'),
          eb.fn.coalesce(eb.fn.sum<number>('messages.characters'), eb.lit(0)).as('characters'),
          eb.fn.count<number>('messages.author_id').distinct().as('speakers'),
        ])
        .where('messages.created_at', '<=', until)
        .executeTakeFirstOrThrow();
    },

    /** How many learnable messages came after a moment. */
    async countSince(guildId: string, audience: string, since: number): Promise<number> {
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
      return learnable(guildId, audience)
        .select(['messages.id', 'messages.content'])
        .orderBy('messages.created_at', 'desc')
        .orderBy('messages.id', 'desc')
        .limit(limit)
        .execute();
    },

    /** The time before which `fraction` of the learnable messages up to `until` were written. */
    async timeAt(
      guildId: string,
      audience: string,
      until: number,
      fraction: number,
    ): Promise<number | undefined> {
      const upTo = learnable(guildId, audience).where('messages.created_at', '<=', until);
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

    /** The next learnable messages after one of them, of all places or of a channel and its threads, in time order. */
    async page(
      guildId: string,
      audience: string,
      { created_at, id }: Pick<MessageRow, 'created_at' | 'id'>,
      limit: number,
      channelId?: string,
    ): Promise<MessageRow[]> {
      return learnable(guildId, audience)
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
    inOrder(guildId: string, audience: string, until: number, from = 0): AsyncIterableIterator<MessageRow> {
      return learnable(guildId, audience)
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

/** Whether a message's author allows it to be learned: nobody who opted out, and, where it takes that, whoever opted in. */
function allowed(eb: ExpressionBuilder<Schema, 'messages' | 'channels'>, guildId: string) {
  const said = (collecting: 'in' | 'out') =>
    eb
      .selectFrom('privacy')
      .select('member_id')
      .where('privacy.guild_id', '=', guildId)
      .where('privacy.collecting', '=', collecting);
  const takesOptIn = eb
    .selectFrom('guilds')
    .select('guilds.id')
    .where('guilds.id', '=', guildId)
    .where('consent', '=', 'opt-in');
  return eb.and([
    eb('messages.author_id', 'not in', said('out')),
    eb.or([eb.not(eb.exists(takesOptIn)), eb('messages.author_id', 'in', said('in'))]),
  ]);
}
