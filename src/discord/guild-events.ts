import {
  type Client,
  DiscordAPIError,
  Events,
  GatewayDispatchEvents,
  type GatewayChannelDeleteDispatchData,
  type GatewayReadyDispatchData,
  type GatewayThreadDeleteDispatchData,
  type Guild,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Following, Standing } from '../services/following.js';
import { audienceOf } from './audiences.js';

/** Tells `following` what happens to guilds and their channels, and has it compare them whenever they are seen anew. */
export function followGuilds(client: Client, following: Following, log: Logger): void {
  const see = (work: Promise<void>) => {
    work.catch((error: unknown) => log.error({ err: error }, 'a change of a server was not followed'));
  };
  // In an outage a guild shows no channels, which are not gone for that.
  const compare = (guild: Guild, channelId?: string) => {
    if (guild.available) see(following.compare(guild.id, channelId));
  };

  client.on(Events.ClientReady, ({ guilds }) => guilds.cache.forEach((guild) => compare(guild)));
  client.on(Events.GuildAvailable, (guild) => compare(guild));
  client.on(Events.GuildCreate, (guild) => {
    see(following.joined(guild.id));
    compare(guild);
  });
  client.on(Events.GuildDelete, ({ id }) => see(following.left(id)));
  client.on(Events.GuildUpdate, (_before, guild) => compare(guild));
  client.on(Events.GuildRoleCreate, ({ guild }) => compare(guild));
  client.on(Events.GuildRoleUpdate, (_before, { guild }) => compare(guild));
  client.on(Events.GuildRoleDelete, ({ guild }) => compare(guild));
  client.on(Events.ChannelUpdate, (_before, channel) => {
    if (!channel.isDMBased()) compare(channel.guild, channel.id);
  });
  client.on(Events.GuildBanAdd, ({ guild, user }) => see(following.banned(guild.id, user.id)));

  // The client itself tells only of what it has seen: of no archived thread, and of a guild left in between never.
  client.ws.on(GatewayDispatchEvents.Ready, ({ guilds }: GatewayReadyDispatchData) =>
    see(following.present(guilds.map(({ id }) => id))),
  );
  client.ws.on(GatewayDispatchEvents.ChannelDelete, (channel: GatewayChannelDeleteDispatchData) => {
    if ('guild_id' in channel && channel.guild_id !== undefined) {
      see(following.channelDeleted(channel.guild_id, channel.id));
    }
  });
  client.ws.on(
    GatewayDispatchEvents.ThreadDelete,
    ({ id, guild_id: guildId }: GatewayThreadDeleteDispatchData) => {
      if (guildId !== undefined) see(following.threadDeleted(guildId, id));
    },
  );
}

/** What the client knows of channels, and Discord's own word where it knows of none. */
export function standingOf(client: Client): Standing {
  return {
    audienceOf(guildId, channelId) {
      const channel = client.guilds.cache.get(guildId)?.channels.cache.get(channelId);
      return channel === undefined ? undefined : audienceOf(channel);
    },

    async isGone(channelId) {
      try {
        await client.channels.fetch(channelId, { force: true });
        return false;
      } catch (error) {
        if (!(error instanceof DiscordAPIError)) throw error;
        if (error.code === RESTJSONErrorCodes.UnknownChannel) return true;
        if (error.code === RESTJSONErrorCodes.MissingAccess) return false;
        throw error;
      }
    },
  };
}
