import type { Channel, ChannelType, Client } from 'discord.js';
import { PUBLIC, type Readers } from '../services/readers.js';
import { audienceOf } from './audiences.js';
import { TEXT_CHANNELS } from './commands.js';

/**
 * The class of those who can read what is written somewhere; everyone's where that is not known, for then nothing is
 * safe to say but what everyone could read.
 */
export function audienceIn(channel: Channel | null | undefined): string {
  return !channel || channel.isDMBased() ? PUBLIC : audienceOf(channel);
}

const WRITTEN: readonly ChannelType[] = TEXT_CHANNELS;

/** Lists the channels of a guild that exactly these readers can read, in the order that people see. */
export function channelsOf(client: Client): (readers: Readers) => string[] {
  return ({ guildId, audience }) => {
    const all = [...(client.guilds.cache.get(guildId)?.channels.cache.values() ?? [])];
    return all
      .flatMap((channel) => (WRITTEN.includes(channel.type) && !channel.isThread() ? [channel] : []))
      .filter((channel) => audienceOf(channel) === audience)
      .sort((a, b) => a.rawPosition - b.rawPosition)
      .map(({ id }) => id);
  };
}
