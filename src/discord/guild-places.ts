import type { Client } from 'discord.js';
import type { FindPlaces } from '../services/importing.js';
import { audienceOf } from './audiences.js';

/** Finds the channels and open threads that a guild has now; none of a guild that the bot is not in. */
export function placeFinder(client: Client): FindPlaces {
  return (guildId) => {
    const channels = client.guilds.cache.get(guildId)?.channels.cache;
    return [...(channels?.values() ?? [])].map((channel) => ({
      id: channel.id,
      channelId: (channel.isThread() && channel.parentId) || channel.id,
      audience: audienceOf(channel),
    }));
  };
}
