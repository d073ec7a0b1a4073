import type { Kysely } from 'kysely';
import { PUBLIC } from './messages.js';
import type { ChannelRow, Schema } from './schema.js';

export type ChannelStore = ReturnType<typeof channelStore>;

export function channelStore(db: Kysely<Schema>) {
  return {
    async find(id: string): Promise<ChannelRow | undefined> {
      return db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst();
    },

    /** The channels of a guild whose messages are stored or learned. */
    async used(guildId: string): Promise<ChannelRow[]> {
      return db
        .selectFrom('channels')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where((eb) => eb.or([eb('collecting', '=', 1), eb('learning', '=', 1)]))
        .orderBy('id')
        .execute();
    },

    /**
     * Switches collecting in a channel on or off, remembering the channel.
     * @param channel its audience is kept where it is given; public, before it ever was
     */
    async setCollecting(
      channel: { id: string; guildId: string; audience?: string },
      collecting: boolean,
      now: number,
    ): Promise<void> {
      const { id, guildId, audience } = channel;
      const on = collecting ? 1 : 0;
      const state = {
        collecting: on,
        learning: on,
        changed_at: now,
        ...(audience !== undefined && { audience }),
      } as const;
      await db
        .insertInto('channels')
        .values({ id, guild_id: guildId, audience: PUBLIC, ...state })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(state))
        .execute();
    },

    /** Remembers a channel that is learned from without being collected; of one that is known nothing changes. */
    async imported(channel: { id: string; guildId: string; audience: string }, now: number): Promise<void> {
      const { id, guildId: guild_id, audience } = channel;
      await db
        .insertInto('channels')
        .values({ id, guild_id, audience, collecting: 0, learning: 1, changed_at: now })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },

    /** Forgets a channel, and the reading of its past. Its messages must be gone. */
    async remove(id: string): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('backfills').where('channel_id', '=', id).execute();
        await transaction.deleteFrom('channels').where('id', '=', id).execute();
      });
    },

    /** The ids of all channels that are switched on, in every guild. */
    async collecting(): Promise<string[]> {
      const rows = await db.selectFrom('channels').select('id').where('collecting', '=', 1).execute();
      return rows.map(({ id }) => id);
    },

    /** A guild's channels that are switched on, each with its number of messages. */
    async summary(guildId: string): Promise<{ id: string; messages: number }[]> {
      return db
        .selectFrom('channels')
        .leftJoin('author_tallies', (join) =>
          join
            .onRef('author_tallies.guild_id', '=', 'channels.guild_id')
            .onRef('author_tallies.channel_id', '=', 'channels.id'),
        )
        .select((eb) => [
          'channels.id as id',
          eb.fn.coalesce(eb.fn.sum<number>('author_tallies.messages'), eb.lit(0)).as('messages'),
        ])
        .where('channels.guild_id', '=', guildId)
        .where('channels.collecting', '=', 1)
        .groupBy('channels.id')
        .orderBy('channels.id')
        .execute();
    },

    /** The class of readers of every channel that not everyone can read, in every guild. */
    async apart(): Promise<Map<string, string>> {
      const rows = await db
        .selectFrom('channels')
        .select(['id', 'audience'])
        .where('audience', '!=', PUBLIC)
        .execute();
      return new Map(rows.map(({ id, audience }) => [id, audience]));
    },

    /** The guilds that have at least one channel switched on, and that the bot has not left. */
    async guilds(): Promise<string[]> {
      const rows = await db
        .selectFrom('channels')
        .leftJoin('guilds', 'guilds.id', 'channels.guild_id')
        .select('channels.guild_id')
        .distinct()
        .where('collecting', '=', 1)
        .where('guilds.left_at', 'is', null)
        .orderBy('channels.guild_id')
        .execute();
      return rows.map((row) => row.guild_id);
    },
  };
}
