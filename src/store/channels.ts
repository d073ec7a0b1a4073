import type { Kysely } from 'kysely';
import { PUBLIC } from './messages.js';
import type { ChannelRow, Schema } from './schema.js';

export type ChannelStore = ReturnType<typeof channelStore>;

export function channelStore(db: Kysely<Schema>) {
  return {
    async find(id: string): Promise<ChannelRow | undefined> {
      return db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst();
    },

    /** Switches collecting in a channel on or off, remembering the channel. */
    async setCollecting(
      channel: { id: string; guildId: string },
      collecting: boolean,
      now: number,
    ): Promise<void> {
      const on = collecting ? 1 : 0;
      const state = { collecting: on, learning: on, changed_at: now } as const;
      await db
        .insertInto('channels')
        .values({ id: channel.id, guild_id: channel.guildId, audience: PUBLIC, ...state })
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

    /** The guilds that have at least one channel switched on. */
    async guilds(): Promise<string[]> {
      const rows = await db
        .selectFrom('channels')
        .select('guild_id')
        .distinct()
        .where('collecting', '=', 1)
        .orderBy('guild_id')
        .execute();
      return rows.map((row) => row.guild_id);
    },
  };
}
