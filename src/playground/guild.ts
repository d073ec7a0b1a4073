import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { type GuildChange, guildChanges } from './guild-changes.js';
import { mentionsIn } from './mentions.js';
import {
  type Channel,
  type DirectChannel,
  EPHEMERAL,
  FORUM,
  type Member,
  member,
  type Message,
  plainMessage,
  silentPermissions,
  type Thread,
  user,
} from './objects.js';
import { answering, quoted } from './replying.js';
import { createRoles } from './roles.js';
import { byAge, snowflake } from './snowflakes.js';
import { createThreads } from './threads.js';
import type { World } from './world.js';

/** Everything that was there when the guild opened has an id from this moment on, the same at every start. */
const FOUNDED = Date.UTC(2024, 0, 1);
const DEFAULT_LOCALE = 'en-US';
const CHANNEL_TYPES = { text: 0, voice: 2, forum: FORUM };
/** Roles take their ids from here on, so that more of them move nobody else's. */
const FIRST_ROLE = 100_000;

/** What the gateway and the page are told. */
export interface GuildEvent {
  name:
    | 'MESSAGE_CREATE'
    | 'MESSAGE_UPDATE'
    | 'MESSAGE_DELETE'
    | 'MESSAGE_DELETE_BULK'
    | 'INTERACTION_CREATE'
    | 'GUILD_MEMBER_UPDATE'
    | 'THREAD_CREATE'
    | 'THREAD_UPDATE'
    | 'THREAD_DELETE'
    | 'TYPING_START'
    | GuildChange;
  data: object;
  message?: Message;
  /** An ephemeral message is told to the page of one person only. */
  onlyTo?: string;
  /** With whom the bot has the direct channel that this is about. */
  direct?: string;
}

export type Guild = ReturnType<typeof createGuild>;

/** The playground's one guild: its people, channels and messages, in memory. */
export function createGuild(world: World, now: () => number) {
  let founded = 0;
  const founding = () => snowflake(FOUNDED, founded++);
  const id = founding();
  const bot = user(founding(), world.bot, true);
  let rolesFounded = FIRST_ROLE;
  const roles = createRoles(world, id, bot.id, () => snowflake(FOUNDED, rolesFounded++));
  const members = new Map<string, Member>();
  const closed = new Set<string>();
  /** The languages that people's Discords speak. */
  const locales = new Map<string, string>();
  members.set(bot.id, member(bot, [roles.botId], FOUNDED));
  for (const person of world.people) {
    // Who came at a time of their own moves nobody else's id.
    const personId = person.since === undefined ? founding() : snowflake(person.since, members.size);
    members.set(personId, member(user(personId, person.name, false), roles.of(person), FOUNDED, person.nick));
    if (person.locale !== undefined) locales.set(personId, person.locale);
    if (person.closed) closed.add(personId);
  }
  const [ownerId] = [...members.keys()].slice(1);
  const named = (name: string) => {
    const found = [...members.values()].find(({ user }) => user.global_name === name || user.id === name);
    if (found === undefined) throw new Error(`the playground knows nobody called ${name}`);
    return found;
  };
  const channels = new Map<string, Channel>();
  for (const [position, { name, topic, moderatorsOnly, kind = 'text' }] of world.channels.entries()) {
    const channelId = founding();
    channels.set(channelId, {
      id: channelId,
      guild_id: id,
      type: CHANNEL_TYPES[kind],
      name,
      topic,
      position,
      flags: 0,
      nsfw: false,
      parent_id: null,
      permission_overwrites: moderatorsOnly ? roles.moderatorsOnly() : [],
      last_message_id: null,
    });
  }
  /** By the id of the person whom the bot talks with. */
  const directs = new Map<string, DirectChannel>();
  const channelNamed = (name: string): Channel => {
    const found = [...channels.values()].find((channel) => channel.name === name || channel.id === name);
    if (found === undefined) throw new Error(`the playground has no channel ${name}`);
    return found;
  };
  /** A channel, or a thread in one. */
  const placeNamed = (name: string): Channel | Thread =>
    [...threads.all.values()].find((thread) => thread.name === name || thread.id === name) ??
    channelNamed(name);

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
  /** The answers to a message. */
  const answersTo = (channelId: string, messageId: string) =>
    (messages.get(channelId) ?? []).filter((each) => each.message_reference?.message_id === messageId);
  const emit = (event: GuildEvent) => {
    for (const listener of listeners) listener(event);
  };
  const threads = createThreads({ guildId: id, botId: bot.id, messages, nextId, emit, now });
  /** With whom, when this is a direct channel. */
  const directPerson = (channelId: string): string | undefined =>
    [...directs].find(([, channel]) => channel.id === channelId)?.[0];
  /** Where something happens, as its event says it. */
  const place = (channelId: string) => {
    const direct = directPerson(channelId);
    return direct === undefined ? { about: { guild_id: id } } : { about: {}, direct };
  };
  const tell = (name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message) => {
    const viewer = onlyTo.get(message.id);
    const { about, ...where } = place(message.channel_id);
    const { user: author, ...authorsMember } = members.get(message.author.id) ?? {};
    const asMember = author !== undefined && !('direct' in where) && { member: authorsMember };
    const data = { ...message, ...about, ...asMember };
    emit({ name, data, message, ...where, ...(viewer !== undefined && { onlyTo: viewer }) });
  };
  const isTimedOut = (userId: string): boolean =>
    Date.parse(members.get(userId)?.communication_disabled_until ?? '') > now();
  /** What somebody may do in the guild, or in one of its channels. */
  const permissionsOf = (userId: string, channelId?: string): PermissionsBitField => {
    const within = threads.all.get(channelId ?? '')?.parent_id ?? channelId ?? '';
    const overwrites = channels.get(within)?.permission_overwrites ?? [];
    const here = roles.permissionsIn(overwrites, userId, members.get(userId)?.roles ?? []);
    if (here.has(PermissionFlagsBits.Administrator)) return here;
    return isTimedOut(userId) ? new PermissionsBitField(here.bitfield & silentPermissions.bitfield) : here;
  };

  for (const [index, { author, channel, content, at }] of world.messages.entries()) {
    const channelId = placeNamed(channel).id;
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
    locale: world.locale ?? DEFAULT_LOCALE,
    bot,
    ownerId,
    roles,
    members,
    channels,
    threads,
    closed,
    named,
    channelNamed,
    placeNamed,
    directPerson,
    isTimedOut,
    permissionsOf,
    nextId,
    emit,
    ...guildChanges({ id, channels, channelNamed, messages, members, named, roles, emit, now }),

    localeOf: (userId: string): string => locales.get(userId) ?? DEFAULT_LOCALE,
    setLocale: (userId: string, locale: string) => void locales.set(userId, locale),

    listen(listener: (event: GuildEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Whether somebody sees a channel, of the guild or a direct one. */
    sees: (userId: string, channelId: string): boolean =>
      channels.has(channelId) || threads.all.has(channelId)
        ? threads.isOpenTo(userId, channelId) &&
          permissionsOf(userId, channelId).has(PermissionFlagsBits.ViewChannel)
        : directPerson(channelId) === userId,

    /** The direct channel of the bot with a person, opened when it is first asked for. */
    directWith(userId: string): DirectChannel {
      const recipients = [named(userId).user];
      const opened = directs.get(userId) ?? {
        id: nextId(),
        type: 1,
        flags: 0,
        last_message_id: null,
        recipients,
      };
      directs.set(userId, opened);
      if (!messages.has(opened.id)) messages.set(opened.id, []);
      return opened;
    },

    /** Takes somebody's voice until a time, or gives it back. */
    timeOut(userId: string, until: string | null): Member {
      const target = named(userId);
      target.communication_disabled_until = until;
      emit({ name: 'GUILD_MEMBER_UPDATE', data: { ...target, guild_id: id } });
      return target;
    },

    /** Messages of a channel, oldest first, as this person may see them; without a person, as the API gives them. */
    messagesIn: (channelId: string, viewer?: string): Message[] =>
      (messages.get(channelId) ?? []).filter(({ id }) => !onlyTo.has(id) || onlyTo.get(id) === viewer),

    find: (channelId: string, messageId: string): Message | undefined =>
      messages.get(channelId)?.find(({ id }) => id === messageId),

    add(message: Message, viewer?: string): Message {
      threads.revive(message.channel_id);
      messages.get(message.channel_id)?.push(message);
      const direct = directPerson(message.channel_id);
      const channel = channels.get(message.channel_id) ?? (direct && directs.get(direct));
      if ((message.flags & EPHEMERAL) !== 0 && viewer !== undefined) onlyTo.set(message.id, viewer);
      else if (channel) channel.last_message_id = message.id;
      threads.noteMessage(message);
      tell('MESSAGE_CREATE', message);
      return message;
    },

    edit(message: Message, change: Partial<Message>): Message {
      Object.assign(message, change);
      for (const answer of answersTo(message.channel_id, message.id)) {
        answer.referenced_message = quoted(message);
      }
      tell('MESSAGE_UPDATE', message);
      return message;
    },

    remove(channelId: string, ids: string[]): void {
      const kept = (messages.get(channelId) ?? []).filter(({ id }) => !ids.includes(id));
      messages.set(channelId, kept);
      for (const answer of ids.flatMap((each) => answersTo(channelId, each)))
        answer.referenced_message = null;
      const { about, ...where } = place(channelId);
      const data = { channel_id: channelId, ...about };
      if (ids.length === 1) emit({ name: 'MESSAGE_DELETE', data: { id: ids[0], ...data }, ...where });
      else emit({ name: 'MESSAGE_DELETE_BULK', data: { ids, ...data }, ...where });
    },

    newMessage: (channelId: string, author: Message['author'], content: string): Message => ({
      ...plainMessage(nextId(), channelId, author, content, now()),
      ...mentionsIn(content, members, permissionsOf(author.id, channelId)),
    }),

    /** Makes a message the answer to another one of its channel; with `pings` it mentions whom it answers. */
    answering: (message: Message, answered: Message, pings: boolean): Message =>
      answering(message, answered, directPerson(answered.channel_id) === undefined ? id : undefined, pings),

    /** Tells that somebody is writing. */
    startTyping(channelId: string, userId: string): void {
      const { about, ...where } = place(channelId);
      const member = 'direct' in where ? {} : { member: named(userId) };
      const typed = { channel_id: channelId, user_id: userId, timestamp: Math.floor(now() / 1000) };
      emit({ name: 'TYPING_START', data: { ...typed, ...about, ...member }, ...where });
    },
  };
}
