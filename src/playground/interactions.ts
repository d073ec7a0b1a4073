import { randomBytes } from 'node:crypto';
import { ApplicationCommandOptionType, ApplicationCommandType, InteractionType } from 'discord.js';
import type { Guild } from './guild.js';
import { EPHEMERAL, LOADING, type Attachment, type Member, type Message } from './objects.js';
import { botMessage, isEphemeral, messageFields, type MessageBody } from './posting.js';
import { alreadyAcknowledged, invalidToken, unknownInteraction, unknownMessage } from './problems.js';

export interface RegisteredOption {
  type: ApplicationCommandOptionType;
  name: string;
  description: string;
  required?: boolean;
  min_value?: number;
  max_value?: number;
  max_length?: number;
  choices?: { name: string; value: string | number }[];
  options?: RegisteredOption[];
}

export interface RegisteredCommand {
  id: string;
  type: ApplicationCommandType;
  name: string;
  description: string;
  default_member_permissions?: string | null;
  options?: RegisteredOption[];
}

export type OptionValues = Record<string, string | number | boolean>;

export interface Interaction {
  id: string;
  token: string;
  kind: InteractionType;
  member: Member;
  channelId: string;
  createdAt: number;
  acknowledged: boolean;
  /** The command, whose name is shown above its answer. */
  command?: { name: string; type: ApplicationCommandType } | undefined;
  /** The message whose button was pressed. */
  source?: Message | undefined;
  response: Message | undefined;
}

const FIRST_ANSWER_MS = 3_000;
const TOKEN_LIFE_MS = 15 * 60_000;

export type Interactions = ReturnType<typeof createInteractions>;

/** What people ask of the bot, and what it may answer: once within three seconds, and then for fifteen minutes. */
export function createInteractions(guild: Guild, now: () => number) {
  const byId = new Map<string, Interaction>();
  const byToken = new Map<string, Interaction>();

  function open(
    kind: InteractionType,
    member: Member,
    channelId: string,
    data: object,
    { source, command }: Pick<Interaction, 'source' | 'command'>,
  ): Interaction {
    const interaction: Interaction = {
      id: guild.nextId(),
      token: randomBytes(24).toString('base64url'),
      kind,
      member,
      channelId,
      createdAt: now(),
      acknowledged: false,
      command,
      source,
      response: undefined,
    };
    byId.set(interaction.id, interaction);
    byToken.set(interaction.token, interaction);
    guild.emit({
      name: 'INTERACTION_CREATE',
      data: {
        id: interaction.id,
        application_id: guild.bot.id,
        type: kind,
        data,
        channel_id: channelId,
        token: interaction.token,
        version: 1,
        locale: 'en-US',
        app_permissions: permissions(guild.bot.id, channelId),
        entitlements: [],
        attachment_size_limit: 10_485_760,
        ...setting(member, channelId),
        ...(source && { message: source }),
      },
    });
    return interaction;
  }

  const permissions = (userId: string, channelId: string) =>
    guild.permissionsOf(userId, channelId).bitfield.toString();

  /** Who asks and where: a member in the guild, only a user in a direct message. */
  function setting(member: Member, channelId: string): object {
    const { user } = member;
    if (guild.directPerson(channelId) !== undefined) {
      const channel = guild.directWith(user.id);
      return { user, channel, context: 1, authorizing_integration_owners: { 0: '0' } };
    }
    return {
      guild_id: guild.id,
      guild_locale: 'en-US',
      channel: guild.channels.get(channelId),
      member: { ...member, permissions: permissions(user.id, channelId) },
      context: 0,
      authorizing_integration_owners: { 0: guild.id },
    };
  }

  /** The interaction of a webhook call. */
  function withToken(token: string): Interaction {
    const interaction = byToken.get(token);
    if (interaction === undefined || now() - interaction.createdAt > TOKEN_LIFE_MS) throw invalidToken();
    return interaction;
  }

  /** @original, or a follow-up by its id. */
  function find(token: string, id: string): Message {
    const { response, channelId } = withToken(token);
    const message = id === '@original' ? response : guild.find(channelId, id);
    if (message === undefined) throw unknownMessage();
    return message;
  }

  function answer(
    interaction: Interaction,
    body: MessageBody,
    attachments: Attachment[],
    flags: number,
  ): Message {
    const message = {
      ...(flags & LOADING
        ? guild.newMessage(interaction.channelId, guild.bot, '')
        : botMessage(guild, interaction.channelId, body, attachments)),
      flags,
      type: 20,
      application_id: guild.bot.id,
      webhook_id: guild.bot.id,
      interaction_metadata: metadata(guild, interaction),
    };
    return guild.add(message, interaction.member.user.id);
  }

  return {
    command(
      member: Member,
      channelId: string,
      command: RegisteredCommand,
      subcommand: string | undefined,
      values: OptionValues,
    ) {
      const declared =
        subcommand === undefined
          ? (command.options ?? [])
          : (command.options?.find(({ name }) => name === subcommand)?.options ?? []);
      const options = declared.flatMap(({ name, type }) =>
        values[name] === undefined ? [] : [{ name, type, value: values[name] }],
      );
      const data = {
        id: command.id,
        name: command.name,
        type: ApplicationCommandType.ChatInput,
        options:
          subcommand === undefined
            ? options
            : [{ name: subcommand, type: ApplicationCommandOptionType.Subcommand, options }],
        resolved: { channels: resolvedChannels(guild, options), roles: resolvedRoles(guild, options) },
      };
      const name = [command.name, subcommand].filter(Boolean).join(' ');
      return open(InteractionType.ApplicationCommand, member, channelId, data, {
        command: { name, type: command.type },
      });
    },

    /** Chooses a message command from the "Apps" menu of a message. */
    use(member: Member, command: RegisteredCommand, message: Message) {
      const { id, name, type } = command;
      const resolved = { messages: { [message.id]: message } };
      const data = { id, name, type, target_id: message.id, resolved };
      return open(InteractionType.ApplicationCommand, member, message.channel_id, data, { command });
    },

    click(member: Member, message: Message, customId: string) {
      const data = { component_type: 2, custom_id: customId, id: 2 };
      return open(InteractionType.MessageComponent, member, message.channel_id, data, { source: message });
    },

    /** The first answer: at once (4), later (5, 6), or as a change of the message that was clicked (7). */
    callback(
      id: string,
      token: string,
      type: number,
      body: MessageBody,
      attachments: Attachment[],
    ): Interaction {
      const interaction = byId.get(id);
      if (interaction === undefined || interaction.token !== token) throw unknownInteraction();
      if (interaction.acknowledged) throw alreadyAcknowledged();
      if (now() - interaction.createdAt > FIRST_ANSWER_MS) throw unknownInteraction();
      interaction.acknowledged = true;
      const visibility = isEphemeral(body) ? EPHEMERAL : 0;
      if (type === 4) interaction.response = answer(interaction, body, attachments, visibility);
      if (type === 5) interaction.response = answer(interaction, {}, [], visibility | LOADING);
      if (type === 6) interaction.response = interaction.source;
      if (type === 7 && interaction.source !== undefined) {
        interaction.response = guild.edit(
          interaction.source,
          messageFields(guild, body, attachments, interaction.source.attachments),
        );
      }
      return interaction;
    },

    message: find,

    edit(token: string, id: string, body: MessageBody, attachments: Attachment[]): Message {
      const message = find(token, id);
      const isFirst = (message.flags & LOADING) !== 0;
      return guild.edit(message, {
        ...messageFields(guild, body, attachments, message.attachments),
        flags: message.flags & ~LOADING,
        edited_timestamp: isFirst ? null : new Date(now()).toISOString(),
      });
    },

    /** A further answer; after a deferral the first one takes the place of "thinking". */
    followUp(token: string, body: MessageBody, attachments: Attachment[]): Message {
      const interaction = withToken(token);
      const { response } = interaction;
      if (response !== undefined && (response.flags & LOADING) !== 0) {
        return guild.edit(response, {
          ...messageFields(guild, body, attachments),
          flags: response.flags & ~LOADING,
        });
      }
      return answer(interaction, body, attachments, isEphemeral(body) ? EPHEMERAL : 0);
    },
  };
}

function metadata(guild: Guild, { id, kind, member, command, source }: Interaction): object {
  const shared = { id, type: kind, user: member.user, authorizing_integration_owners: { 0: guild.id } };
  return command === undefined
    ? { ...shared, interacted_message_id: source?.id }
    : { ...shared, name: command.name, command_type: command.type };
}

type Filled = { type: ApplicationCommandOptionType; value: unknown }[];

function resolvedChannels(guild: Guild, options: Filled) {
  const permissions = guild.permissionsOf(guild.bot.id).bitfield.toString();
  const ids = valuesOf(options, ApplicationCommandOptionType.Channel);
  const found = [...guild.channels.values()].filter(({ id }) => ids.includes(id));
  return Object.fromEntries(found.map((channel) => [channel.id, { ...channel, permissions }]));
}

function resolvedRoles(guild: Guild, options: Filled) {
  const ids = valuesOf(options, ApplicationCommandOptionType.Role);
  const found = guild.roles.all.filter(({ id }) => ids.includes(id));
  return Object.fromEntries(found.map((role) => [role.id, role]));
}

function valuesOf(options: Filled, type: ApplicationCommandOptionType): unknown[] {
  return options.filter((option) => option.type === type).map(({ value }) => value);
}
