import { PermissionsBitField, type PermissionsString } from 'discord.js';
import type { GuildEvent } from './guild.js';
import type { Channel, Member, Message, Overwrite } from './objects.js';
import type { Roles } from './roles.js';

/** What happens to the guild itself, and not in its channels. */
export type GuildChange =
  | 'CHANNEL_UPDATE'
  | 'CHANNEL_DELETE'
  | 'THREAD_CREATE'
  | 'THREAD_DELETE'
  | 'GUILD_ROLE_UPDATE'
  | 'GUILD_ROLE_DELETE'
  | 'GUILD_BAN_ADD'
  | 'GUILD_MEMBER_REMOVE'
  | 'GUILD_DELETE'
  | 'GUILD_CREATE';

/** What an owner of the guild can change of it. Channels and people are named as the world names them. */
export function guildChanges(parts: {
  id: string;
  channels: Map<string, Channel>;
  channelNamed: (name: string) => Channel;
  messages: Map<string, Message[]>;
  members: Map<string, Member>;
  named: (name: string) => Member;
  roles: Roles;
  emit: (event: GuildEvent) => void;
  now: () => number;
}) {
  const { id, channels, channelNamed, messages, members, named, roles, emit, now } = parts;
  let hasBot = true;

  return {
    /** Whether the bot is in the guild. */
    hasBot: (): boolean => hasBot,

    changeChannel(
      name: string,
      change: Partial<Pick<Channel, 'nsfw'>> & { overwrites?: Overwrite[] },
    ): Channel {
      const channel = channelNamed(name);
      const { overwrites = channel.permission_overwrites, ...rest } = change;
      Object.assign(channel, rest, { permission_overwrites: overwrites });
      emit({ name: 'CHANNEL_UPDATE', data: channel });
      return channel;
    },

    deleteChannel(name: string): void {
      const channel = channelNamed(name);
      channels.delete(channel.id);
      messages.delete(channel.id);
      emit({ name: 'CHANNEL_DELETE', data: channel });
    },

    changeRole(name: string, permissions: PermissionsString[]): void {
      const role = roles.named(name);
      role.permissions = new PermissionsBitField(permissions).bitfield.toString();
      emit({ name: 'GUILD_ROLE_UPDATE', data: { guild_id: id, role } });
    },

    /** Nobody holds the role any more; channels' overwrites of it stay until they are changed. */
    deleteRole(name: string): void {
      const role = roles.named(name);
      roles.all.splice(roles.all.indexOf(role), 1);
      for (const member of members.values()) member.roles = member.roles.filter((held) => held !== role.id);
      emit({ name: 'GUILD_ROLE_DELETE', data: { guild_id: id, role_id: role.id } });
    },

    /** Bans somebody, and removes what they wrote in the seconds before. */
    ban(name: string, deleteMessageSeconds: number): void {
      const { user } = named(name);
      members.delete(user.id);
      emit({ name: 'GUILD_BAN_ADD', data: { guild_id: id, user } });
      emit({ name: 'GUILD_MEMBER_REMOVE', data: { guild_id: id, user } });
      const since = now() - deleteMessageSeconds * 1_000;
      for (const [channelId, written] of messages) {
        const isPurged = (message: Message) =>
          message.author.id === user.id && Date.parse(message.timestamp) >= since;
        const ids = written.filter(isPurged).map((message) => message.id);
        if (ids.length === 0 || !channels.has(channelId)) continue;
        messages.set(
          channelId,
          written.filter((message) => !isPurged(message)),
        );
        emit({ name: 'MESSAGE_DELETE_BULK', data: { ids, channel_id: channelId, guild_id: id } });
      }
    },

    /** Removes the bot from the guild. */
    removeBot(): void {
      emit({ name: 'GUILD_DELETE', data: { id } });
      hasBot = false;
    },

    /** Invites the bot back. */
    inviteBot(): void {
      hasBot = true;
      emit({ name: 'GUILD_CREATE', data: {} });
    },

    /** An outage of Discord's, until it is over. */
    fail(): void {
      emit({ name: 'GUILD_DELETE', data: { id, unavailable: true } });
    },
    recover(): void {
      emit({ name: 'GUILD_CREATE', data: {} });
    },
  };
}
