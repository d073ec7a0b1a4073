import { createHash } from 'node:crypto';
import { type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import { PUBLIC } from '../services/readers.js';

/**
 * The class of those who can read a channel, or the parent of a thread: `public` where everyone in the guild can, else
 * equal for channels with the same readers. Age-restricted channels are a class of their own.
 */
export function audienceOf(channel: GuildBasedChannel): string {
  const read = channel.isThread() ? channel.parent : channel;
  if (read === null) return PUBLIC;
  const isRestricted = 'nsfw' in read && read.nsfw;
  const { ViewChannel } = PermissionFlagsBits;
  if (!isRestricted && read.permissionsFor(read.guild.roles.everyone).has(ViewChannel)) return PUBLIC;
  const overwrites = read.permissionOverwrites.cache.map(
    ({ id, allow, deny }) => `${id} ${allow.has(ViewChannel)} ${deny.has(ViewChannel)}`,
  );
  return createHash('sha256')
    .update([String(isRestricted), ...overwrites.sort()].join('\n'))
    .digest('hex')
    .slice(0, 32);
}
