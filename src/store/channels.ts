import type { Kysely } from 'kysely';
import { PUBLIC } from './messages.js';
import type { Schema } from './schema.js';

export type ChannelStore = ReturnType<typeof channelStore>;

export function channelStore(db: Kysely<Schema>) {
  return {
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

    /** The ids of all channels that are switched on, in every guild. */
    async collecting(): Promise<string[]> {
      const rows = await db.selectFrom('channels').select('id').where('collecting', '=', 1).execute();
      return rows.map(({ id }) => id);
    },

    /** The channels of a class that are learned from. */
    async learnedOf(guildId: string, audience: string): Promise<string[]> {
      const rows = await db
        .selectFrom('channels')
        .select('id')
        .where('guild_id', '=', guildId)
        .where('audience', '=', audience)
        .where('learning', '=', 1)
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },

    /** A guild's channels that are switched on, each with its number of messages. */
    async summary(guildId: string): Promise<{ id: string; messages: number }[]> {
      return db
        .selectFrom('channels')
        .leftJoin('messages', 'messages.channel_id', 'channels.id')
        .select((eb) => ['channels.id as id', eb.fn.count<number>('messages.id').as('messages')])
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
