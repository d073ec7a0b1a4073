import type { PermissionsBitField } from 'discord.js';
import {
  adminsPermissions,
  type Channel,
  EPHEMERAL,
  everyonesPermissions,
  type Member,
  member,
  type Message,
  role,
  user,
} from './objects.js';
import { byAge, snowflake } from './snowflakes.js';
import type { World } from './world.js';

/** Everything that was there when the guild opened has an id from this moment on, the same at every start. */
const FOUNDED = Date.UTC(2024, 0, 1);

/** What the gateway and the page are told. An ephemeral message is told to the page of one person only. */
export interface GuildEvent {
  name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE' | 'MESSAGE_DELETE' | 'MESSAGE_DELETE_BULK' | 'INTERACTION_CREATE';
  data: object;
  message?: Message;
  onlyTo?: string;
}

export type Guild = ReturnType<typeof createGuild>;

/** The playground's one guild: its people, channels and messages, in memory. */
export function createGuild(world: World, now: () => number) {
  let founded = 0;
  const founding = () => snowflake(FOUNDED, founded++);
  const id = founding();
  const bot = user(founding(), world.bot, true);
  const adminRole = founding();
  const botRole = founding();
  const roles = [
    role(id, '@everyone', everyonesPermissions, 0, false),
    role(adminRole, 'Admin', adminsPermissions, 2, false),
    role(botRole, world.bot, everyonesPermissions, 1, true),
  ];
  const members = new Map<string, Member>();
  members.set(bot.id, member(bot, [botRole], FOUNDED));
  for (const person of world.people) {
    const someone = user(founding(), person.name, false);
    members.set(someone.id, member(someone, person.admin ? [adminRole] : [], FOUNDED));
  }
  const named = (name: string) => {
    const found = [...members.values()].find(({ user }) => user.global_name === name || user.id === name);
    if (found === undefined) throw new Error(`the playground knows nobody called ${name}`);
    return found;
  };
  const channels = new Map<string, Channel>();
  for (const [position, { name, topic }] of world.channels.entries()) {
    const channelId = founding();
    channels.set(channelId, {
      id: channelId,
      guild_id: id,
      type: 0,
      name,
      topic,
      position,
      flags: 0,
      nsfw: false,
      parent_id: null,
      permission_overwrites: [],
      last_message_id: null,
    });
  }
  const channelNamed = (name: string) => {
    const found = [...channels.values()].find((channel) => channel.name === name || channel.id === name);
    if (found === undefined) throw new Error(`the playground has no channel ${name}`);
    return found;
  };

  /** Per channel, in order of age. */
  const messages = new Map<string, Message[]>([...channels.keys()].map((channel) => [channel, []]));
  /** Who may see an ephemeral message. */
  const onlyTo = new Map<string, string>();
  const listeners = new Set<(event: GuildEvent) => void>();
  let sequence = 0;
  let latest = 0;

  const nextId = () => {
    const at = Math.max(latest, now());
    sequence = at === latest ? sequence + 1 : 0;
    latest = at;
    return snowflake(at, sequence);
  };
  const emit = (event: GuildEvent) => {
    for (const listener of listeners) listener(event);
  };
  const tell = (name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message) => {
    const viewer = onlyTo.get(message.id);
    const { user: author, ...authorsMember } = members.get(message.author.id) ?? {};
    const about = { guild_id: id, ...(author && { member: authorsMember }) };
    emit({ name, data: { ...message, ...about }, message, ...(viewer !== undefined && { onlyTo: viewer }) });
  };

  for (const [index, { author, channel, content, at }] of world.messages.entries()) {
    const channelId = channelNamed(channel).id;
    const past = plainMessage(snowflake(at, index % 4096), channelId, named(author).user, content, at);
    messages.get(channelId)?.push(past);
  }
  for (const [channelId, past] of messages) {
    past.sort((a, b) => byAge(a.id, b.id));
    const channel = channels.get(channelId);
    if (channel !== undefined) channel.last_message_id = past.at(-1)?.id ?? null;
  }

  return {
    id,
    name: world.guild,
    bot,
    roles,
    members,
    channels,
    named,
    channelNamed,
    nextId,
    emit,

    listen(listener: (event: GuildEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    permissionsOf: (userId: string): PermissionsBitField =>
      members.get(userId)?.roles.includes(adminRole) ? adminsPermissions : everyonesPermissions,

    /** Messages of a channel, oldest first, as this person may see them; without a person, as the API gives them. */
    messagesIn: (channelId: string, viewer?: string): Message[] =>
      (messages.get(channelId) ?? []).filter(({ id }) => !onlyTo.has(id) || onlyTo.get(id) === viewer),

    find: (channelId: string, messageId: string): Message | undefined =>
      messages.get(channelId)?.find(({ id }) => id === messageId),

    add(message: Message, viewer?: string): Message {
      messages.get(message.channel_id)?.push(message);
      const channel = channels.get(message.channel_id);
      if ((message.flags & EPHEMERAL) !== 0 && viewer !== undefined) onlyTo.set(message.id, viewer);
      else if (channel !== undefined) channel.last_message_id = message.id;
      tell('MESSAGE_CREATE', message);
      return message;
    },

    edit(message: Message, change: Partial<Message>): Message {
      Object.assign(message, change);
      tell('MESSAGE_UPDATE', message);
      return message;
    },

    remove(channelId: string, ids: string[]): void {
      const kept = (messages.get(channelId) ?? []).filter(({ id }) => !ids.includes(id));
      messages.set(channelId, kept);
      const about = { channel_id: channelId, guild_id: id };
      if (ids.length === 1) emit({ name: 'MESSAGE_DELETE', data: { id: ids[0], ...about } });
      else emit({ name: 'MESSAGE_DELETE_BULK', data: { ids, ...about } });
    },

    newMessage: (channelId: string, author: Message['author'], content: string): Message =>
      plainMessage(nextId(), channelId, author, content, now()),
  };
}

function plainMessage(
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
