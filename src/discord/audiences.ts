import { createHash } from 'node:crypto';
import {
  ChannelType,
  type GuildBasedChannel,
  type NonThreadGuildBasedChannel,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js';
import { PUBLIC } from '../services/collecting.js';

/**
 * The class of a channel's readers: `public` where everyone in the server may read it, or else a name that channels share
 * only if the same people may read them. Age-restricted channels are apart, also those that everyone sees. A thread has
 * the class of its channel; a private one has its own, since who is in it comes and goes untold.
 *
 * Equal names mean equal readers, because a name is all that Discord goes by: who may read without overwrites, and every
 * overwrite that matters to reading, in an order that does not depend on theirs. Who else may read a channel, its
 * administrators, may read every channel. Roles that nobody can hold any more count for nothing.
 */
export function audienceOf(channel: GuildBasedChannel): string {
  if (!channel.isThread()) return nameOf(channel);
  const { parent } = channel;
  return parent === null || channel.type === ChannelType.PrivateThread
    ? `thread-${channel.id}`
    : nameOf(parent);
}

/** How the rule of an overwrite begins. */
const [GIVEN, TAKEN] = ['+', '-'];

function nameOf(channel: NonThreadGuildBasedChannel): string {
  const { Connect, ViewChannel } = PermissionFlagsBits;
  // What is written in a voice channel is shown to those who may join it.
  const needed = channel.isVoiceBased() ? [ViewChannel, Connect] : [ViewChannel];
  const limits = needed.map((permission) => rulesOf(channel, permission)).filter((rules) => !areOpen(rules));
  const readers = createHash('sha256').update(JSON.stringify(limits)).digest('base64url').slice(0, 22);
  const isAgeRestricted = 'nsfw' in channel && channel.nsfw;
  if (limits.length === 0) return isAgeRestricted ? 'adults' : PUBLIC;
  return isAgeRestricted ? `adults-${readers}` : `readers-${readers}`;
}

/** Who is permitted something in a channel: `all` or the roles that have it at first, then whom the overwrites give or take it. */
function rulesOf({ guild, permissionOverwrites }: NonThreadGuildBasedChannel, permission: bigint): string[] {
  const { everyone } = guild.roles;
  const roles = guild.roles.cache.filter(
    ({ id, permissions }) => id !== everyone.id && !permissions.has(PermissionFlagsBits.Administrator),
  );
  const overwrites = permissionOverwrites.cache.filter(
    ({ allow, deny }) => allow.any(permission) || deny.any(permission),
  );
  const own = overwrites.get(everyone.id);
  const rules: string[] = [];
  if (own?.allow.has(permission) ?? everyone.permissions.has(permission)) rules.push('all');
  else if (own === undefined) {
    rules.push(
      ...roles.filter(({ permissions }) => permissions.has(permission)).map(({ id }) => `at first ${id}`),
    );
  }
  for (const { id, type, allow } of overwrites.values()) {
    const counts = type === OverwriteType.Member || roles.has(id);
    // Whatever both takes and gives something gives it.
    if (counts) rules.push(`${allow.has(permission) ? GIVEN : TAKEN}${type} ${id}`);
  }
  return rules.sort();
}

/** Whether all may, and nobody is kept from it. */
function areOpen(rules: string[]): boolean {
  return rules.includes('all') && !rules.some((rule) => rule.startsWith(TAKEN));
}
