import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';

// The parts of Discord's API objects that a bot meets, under Discord's own names.

export interface User {
  id: string;
  username: string;
  global_name: string | null;
  discriminator: string;
  avatar: null;
  bot?: boolean;
  public_flags: number;
  flags: number;
  primary_guild: null;
}

export interface Member {
  user: User;
  roles: string[];
  nick: string | null;
  avatar: null;
  banner: null;
  joined_at: string;
  premium_since: null;
  communication_disabled_until: string | null;
  pending: boolean;
  flags: number;
  mute: boolean;
  deaf: boolean;
}

/** `type` 0 is a role's, 1 a member's. */
export interface Overwrite {
  id: string;
  type: number;
  allow: string;
  deny: string;
}

export interface Channel {
  id: string;
  guild_id: string;
  type: number;
  name: string;
  topic: string;
  position: number;
  flags: number;
  nsfw: boolean;
  parent_id: null;
  permission_overwrites: Overwrite[];
  last_message_id: string | null;
}

/** A thread in a channel, or a post of a forum. */
export interface Thread {
  id: string;
  guild_id: string;
  /** 11: everyone who sees the channel sees it; 12: only who was invited. */
  type: 11 | 12;
  name: string;
  parent_id: string;
  owner_id: string;
  flags: number;
  rate_limit_per_user: number;
  last_message_id: string | null;
  message_count: number;
  total_message_sent: number;
  member_count: number;
  thread_metadata: {
    archived: boolean;
    /** When it was archived or opened again last. */
    archive_timestamp: string;
    auto_archive_duration: number;
    locked: boolean;
    create_timestamp: string;
  };
}

/** Where the bot and one person talk. */
export interface DirectChannel {
  id: string;
  type: number;
  flags: number;
  last_message_id: string | null;
  recipients: User[];
}

export interface Attachment {
  id: string;
  filename: string;
  size: number;
  url: string;
  proxy_url: string;
  content_type: string;
  description?: string;
  /** In pixels, of pictures. */
  width?: number;
  height?: number;
}

export interface Message {
  id: string;
  channel_id: string;
  type: number;
  author: User;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  flags: number;
  embeds: object[];
  attachments: Attachment[];
  components: object[];
  mentions: User[];
  mention_roles: string[];
  mention_everyone: boolean;
  pinned: boolean;
  tts: boolean;
  application_id?: string;
  webhook_id?: string;
  interaction_metadata?: object;
  message_reference?: { type: number; channel_id: string; message_id: string; guild_id?: string };
  /** Null once it is deleted. */
  referenced_message?: Message | null;
}

/** The type of a channel that has only posts. */
export const FORUM = 15;
export const EPHEMERAL = 64;
export const LOADING = 128;

export const everyonesPermissions = new PermissionsBitField([
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.ReadMessageHistory,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.AttachFiles,
  PermissionFlagsBits.UseApplicationCommands,
]).freeze();
export const moderatorsPermissions = everyonesPermissions.add([
  PermissionFlagsBits.ManageMessages,
  PermissionFlagsBits.ModerateMembers,
]);
/** What is left to somebody who is timed out. */
export const silentPermissions = new PermissionsBitField([
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.ReadMessageHistory,
]);
export const adminsPermissions = new PermissionsBitField(PermissionsBitField.All);

export function user(id: string, name: string, bot: boolean): User {
  return {
    id,
    // Only a bot's may still have capitals.
    username: bot ? name : name.toLowerCase().replace(/[^a-z0-9_.]+/g, '_'),
    global_name: bot ? null : name,
    discriminator: bot ? '0001' : '0',
    avatar: null,
    ...(bot && { bot }),
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  };
}

export function member(user: User, roles: string[], joinedAt: number, nick: string | null = null): Member {
  return {
    user,
    roles,
    nick,
    avatar: null,
    banner: null,
    joined_at: new Date(joinedAt).toISOString(),
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    flags: 0,
    mute: false,
    deaf: false,
  };
}

export function role(
  id: string,
  name: string,
  permissions: PermissionsBitField,
  position: number,
  managed: boolean,
) {
  return {
    id,
    name,
    permissions: permissions.bitfield.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

/** A message that is nothing but its text. */
export function plainMessage(
  id: string,
  channelId: string,
  author: Message['author'],
  content: string,
  at: number,
): Message {
  return {
    id,
    channel_id: channelId,
    type: 0,
    author,
    content,
    timestamp: new Date(at).toISOString(),
    edited_timestamp: null,
    flags: 0,
    embeds: [],
    attachments: [],
    components: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
  };
}
