import { randomBytes } from 'node:crypto';
import { type ApplicationCommandType, InteractionType } from 'discord.js';
import { type Choice, commandData, type OptionValues, type RegisteredCommand } from './command-data.js';
import type { Guild } from './guild.js';
import { EPHEMERAL, LOADING, type Attachment, type Member, type Message } from './objects.js';
import { botMessage, isEphemeral, messageFields, type MessageBody } from './posting.js';
import {
  alreadyAcknowledged,
  invalidForm,
  invalidToken,
  unknownInteraction,
  unknownMessage,
  wrongAnswer,
} from './problems.js';
import type { Uploads } from './uploads.js';

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
  /** Resolves with the bot's first answer: with what it offers, while an option is typed. */
  answered: Promise<Choice[]>;
  onAnswer: (choices: Choice[]) => void;
}

const CHOICES = 8;
const MAX_CHOICES = 25;
const MAX_CHOICE = 100;
const FIRST_ANSWER_MS = 3_000;
const TOKEN_LIFE_MS = 15 * 60_000;

export type Interactions = ReturnType<typeof createInteractions>;

/** What people ask of the bot, and what it may answer: once within three seconds, and then for fifteen minutes. */
export function createInteractions(guild: Guild, uploads: Uploads, now: () => number) {
  const byId = new Map<string, Interaction>();
  const byToken = new Map<string, Interaction>();

  const permissions = (userId: string, channelId: string) =>
    guild.permissionsOf(userId, channelId).bitfield.toString();

  function open(
    kind: InteractionType,
    member: Member,
    channelId: string,
    data: object,
    { source, command }: Pick<Interaction, 'source' | 'command'>,
  ): Interaction {
    let onAnswer: Interaction['onAnswer'] = () => {};
    const answered = new Promise<Choice[]>((resolve) => (onAnswer = resolve));
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
      answered,
      onAnswer,
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
        locale: guild.localeOf(member.user.id),
        app_permissions: permissions(guild.bot.id, channelId),
        entitlements: [],
        attachment_size_limit: 10_485_760,
        ...setting(member, channelId),
        ...(source && { message: source }),
      },
    });
    return interaction;
  }

  /** Who asks and where: a member in the guild, only a user in a direct message. */
  function setting(member: Member, channelId: string): object {
    const { user } = member;
    if (guild.directPerson(channelId) !== undefined) {
      const channel = guild.directWith(user.id);
      return { user, channel, context: 1, authorizing_integration_owners: { 0: '0' } };
    }
    return {
      guild_id: guild.id,
      guild_locale: guild.locale,
      channel: guild.channels.get(channelId) ?? guild.threads.all.get(channelId),
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
    const message = guild.find(channelId, (id === '@original' ? response?.id : id) ?? '');
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
      const data = commandData(guild, uploads, command, subcommand, values);
      const name = [command.name, subcommand].filter(Boolean).join(' ');
      return open(InteractionType.ApplicationCommand, member, channelId, data, {
        command: { name, type: command.type },
      });
    },

    /** Asks for values of the option that is being typed; resolves when the bot offers some, and never if it does not. */
    suggest(
      member: Member,
      channelId: string,
      command: RegisteredCommand,
      subcommand: string | undefined,
      values: OptionValues,
      focused: string,
    ): Promise<Choice[]> {
      const data = commandData(guild, uploads, command, subcommand, values, focused);
      return open(InteractionType.ApplicationCommandAutocomplete, member, channelId, data, {}).answered;
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

    /** The first answer: at once (4), later (5, 6), as a change of the message that was clicked (7), or as choices (8). */
    callback(
      id: string,
      token: string,
      type: number,
      body: MessageBody & { choices?: Choice[] | null },
      attachments: Attachment[],
    ): Interaction {
      const interaction = byId.get(id);
      if (interaction === undefined || interaction.token !== token) throw unknownInteraction();
      if (interaction.acknowledged) throw alreadyAcknowledged();
      if (now() - interaction.createdAt > FIRST_ANSWER_MS) throw unknownInteraction();
      const isTyping = interaction.kind === InteractionType.ApplicationCommandAutocomplete;
      if (isTyping !== (type === CHOICES)) throw wrongAnswer();
      if (isTyping) checkChoices(body.choices ?? []);
      interaction.acknowledged = true;
      interaction.onAnswer(body.choices ?? []);
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

function checkChoices(choices: Choice[]): void {
  if (choices.length > MAX_CHOICES) {
    throw invalidForm('choices', 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_CHOICES} or fewer in length.`);
  }
  const isWrong = (text: string) => text.length < 1 || text.length > MAX_CHOICE;
  if (choices.some(({ name, value }) => isWrong(name) || isWrong(String(value)))) {
    throw invalidForm('choices', 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${MAX_CHOICE} in length.`);
  }
}
