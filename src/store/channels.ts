import type { Kysely } from 'kysely';
import { PUBLIC } from './messages.js';
import type { ChannelRow, Schema } from './schema.js';

export type ChannelStore = ReturnType<typeof channelStore>;

export function channelStore(db: Kysely<Schema>) {
  return {
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

    /** The ids of all channels that are switched on, in every guild. */
    async collecting(): Promise<string[]> {
      const rows = await db.selectFrom('channels').select('id').where('collecting', '=', 1).execute();
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
