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
  options?: RegisteredOption[];
}

export interface RegisteredCommand {
  id: string;
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
  /** The name of the command, shown above its answer. */
  commandName?: string | undefined;
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
    { source, commandName }: { source?: Message; commandName?: string },
  ): Interaction {
    const interaction: Interaction = {
      id: guild.nextId(),
      token: randomBytes(24).toString('base64url'),
      kind,
      member,
      channelId,
      createdAt: now(),
      acknowledged: false,
      commandName,
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
        guild_id: guild.id,
        channel_id: channelId,
        channel: guild.channels.get(channelId),
        member: { ...member, permissions: guild.permissionsOf(member.user.id).bitfield.toString() },
        token: interaction.token,
        version: 1,
        locale: 'en-US',
        guild_locale: 'en-US',
        app_permissions: guild.permissionsOf(guild.bot.id).bitfield.toString(),
        entitlements: [],
        authorizing_integration_owners: { 0: guild.id },
        context: 0,
        attachment_size_limit: 10_485_760,
        ...(source && { message: source }),
      },
    });
    return interaction;
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
        resolved: { channels: resolvedChannels(guild, options) },
      };
      const commandName = [command.name, subcommand].filter(Boolean).join(' ');
      return open(InteractionType.ApplicationCommand, member, channelId, data, { commandName });
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
        interaction.response = guild.edit(interaction.source, messageFields(guild, body, attachments));
      }
      return interaction;
    },

    message: find,

    edit(token: string, id: string, body: MessageBody, attachments: Attachment[]): Message {
      const message = find(token, id);
      const isFirst = (message.flags & LOADING) !== 0;
      return guild.edit(message, {
        ...messageFields(guild, body, attachments),
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

function metadata(guild: Guild, { id, kind, member, commandName, source }: Interaction): object {
  const shared = { id, type: kind, user: member.user, authorizing_integration_owners: { 0: guild.id } };
  return kind === InteractionType.ApplicationCommand
    ? { ...shared, name: commandName, command_type: ApplicationCommandType.ChatInput }
    : { ...shared, interacted_message_id: source?.id };
}

function resolvedChannels(guild: Guild, options: { type: ApplicationCommandOptionType; value: unknown }[]) {
  const ids = options
    .filter(({ type }) => type === ApplicationCommandOptionType.Channel)
    .map(({ value }) => value);
  const permissions = guild.permissionsOf(guild.bot.id).bitfield.toString();
  return Object.fromEntries(
    ids.flatMap((id) => {
      const channel = guild.channels.get(String(id));
      return channel === undefined ? [] : [[channel.id, { ...channel, permissions }]];
    }),
  );
}
