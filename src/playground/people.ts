import { ApplicationCommandOptionType, ApplicationCommandType, PermissionsBitField } from 'discord.js';
import type { Guild, GuildEvent } from './guild.js';
import type { Interactions, OptionValues, RegisteredCommand, RegisteredOption } from './interactions.js';
import type { Attachment, Message } from './objects.js';

/** Why a person cannot do what they tried; Discord's own client would say so too. */
export class PersonError extends Error {}

/** The bot's answer to something a person asked. */
export interface Answer {
  /** The answering message as it is now. */
  message(): Message | undefined;
  /** Resolves with the answer once its text satisfies `isReady`. */
  until(isReady: (content: string) => boolean): Promise<Message>;
}

export interface Person {
  readonly id: string;
  /** Channels are named by name or id. */
  send(channel: string, content: string, fileNames?: string[]): Message;
  edit(channel: string, messageId: string, content: string): void;
  /** Deletes messages; several at once arrive as one bulk delete. */
  remove(channel: string, messageIds: string[]): void;
  /**
   * Uses a slash command, such as `corpus collect`; `unchecked` sends it as a tampered client would.
   * @throws PersonError
   */
  command(channel: string, command: string, options?: OptionValues, unchecked?: 'unchecked'): Answer;
  /** Chooses a command from the "Apps" menu of a message. @throws PersonError */
  use(command: string, channel: string, messageId: string, unchecked?: 'unchecked'): Answer;
  /** What the bot and this person wrote to each other; their `channel_id` names the channel to click in. */
  directMessages(): Message[];
  /** Presses a button, named by its label or custom id; `unchecked` also one that this person does not see. @throws PersonError */
  click(channel: string, messageId: string, button: string, unchecked?: 'unchecked'): Answer;
}

export function createPeople(guild: Guild, interactions: Interactions, commands: () => RegisteredCommand[]) {
  return (name: string): Person => {
    const member = guild.named(name);
    const { id } = member.user;

    /** The id of a channel that this person sees, named by name or id. */
    function channelOf(channel: string): string {
      const channelId = guild.directPerson(channel) === undefined ? guild.channelNamed(channel).id : channel;
      if (!guild.sees(id, channelId)) throw new PersonError('You do not see this channel.');
      return channelId;
    }

    function messageOf(channel: string, messageId: string): Message {
      const channelId = channelOf(channel);
      const message = guild.messagesIn(channelId, id).find((each) => each.id === messageId);
      if (message === undefined) throw new PersonError('This message is gone.');
      return message;
    }

    function own(channel: string, messageId: string): Message {
      const message = messageOf(channel, messageId);
      if (message.author.id !== id) throw new PersonError('You can only edit your own messages.');
      return message;
    }

    /** The id of a channel where this person may do more than read. */
    function openChannel(channel: string): string {
      const channelId = channelOf(channel);
      const isDirect = guild.directPerson(channelId) !== undefined;
      if (!isDirect && guild.isTimedOut(id)) throw new PersonError('You are timed out.');
      return channelId;
    }

    function answerOf(interaction: { response: Message | undefined }): Answer {
      const message = () => interaction.response;
      return {
        message,
        until: (isReady) =>
          eventually(guild, () => {
            const answer = message();
            return answer !== undefined && isReady(answer.content) ? answer : undefined;
          }),
      };
    }

    return {
      id,
      send(channel, content, fileNames = []) {
        const message = guild.newMessage(openChannel(channel), member.user, content);
        return guild.add({ ...message, attachments: fileNames.map((name) => nobodysFile(guild, name)) });
      },
      edit: (channel, messageId, content) =>
        void guild.edit(own(channel, messageId), { content, edited_timestamp: new Date().toISOString() }),
      remove: (channel, messageIds) => guild.remove(channelOf(channel), messageIds),
      directMessages: () => guild.messagesIn(guild.directWith(id).id, id),

      command(channel, text, options = {}, unchecked) {
        const [name, subcommand] = text.replace(/^\//, '').split(' ');
        const command = commands().find(
          (each) => each.type === ApplicationCommandType.ChatInput && each.name === name,
        );
        if (command === undefined) throw new PersonError(`The bot has no command /${name}.`);
        const channelId = openChannel(channel);
        if (unchecked === undefined) {
          checkUse(guild, id, command, channelId);
          checkOptions(optionsOf(command, subcommand), options);
        }
        return answerOf(interactions.command(member, channelId, command, subcommand, options));
      },

      use(name, channel, messageId, unchecked) {
        const command = commands().find(
          (each) => each.type === ApplicationCommandType.Message && each.name === name,
        );
        if (command === undefined) throw new PersonError(`The bot has no message command ${name}.`);
        const channelId = openChannel(channel);
        if (unchecked === undefined) checkUse(guild, id, command, channelId);
        return answerOf(interactions.use(member, command, messageOf(channel, messageId)));
      },

      click(channel, messageId, button, unchecked) {
        const message =
          unchecked === undefined
            ? messageOf(openChannel(channel), messageId)
            : guild.find(channel, messageId);
        if (message === undefined) throw new PersonError('This message is gone.');
        const pressed = buttonsOf(message).find(
          ({ label, custom_id }) => label === button || custom_id === button,
        );
        if (pressed === undefined) throw new PersonError('There is no such button.');
        return answerOf(interactions.click(member, message, pressed.custom_id));
      },
    };
  };
}

/** A person's file: nothing but its name, which is all that a bot reads without asking for the file. */
function nobodysFile(guild: Guild, filename: string): Attachment {
  const id = guild.nextId();
  const url = `https://files.example/${id}/${encodeURIComponent(filename)}`;
  return { id, filename, size: 0, url, proxy_url: url, content_type: 'application/octet-stream' };
}

/** Resolves as soon as `look` finds something; looks again after every event. */
export function eventually<T>(guild: Guild, look: (event?: GuildEvent) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const found = look();
    if (found !== undefined) return resolve(found);
    const stop = guild.listen((event) => {
      // An answer is noted after its event, so look when the event has been dealt with.
      setImmediate(() => {
        const seen = look(event);
        if (seen === undefined) return;
        stop();
        resolve(seen);
      });
    });
  });
}

function buttonsOf(message: Message): { label?: string; custom_id: string }[] {
  return (message.components as { components?: { label?: string; custom_id: string }[] }[]).flatMap(
    ({ components = [] }) => components,
  );
}

/** The checks that Discord's client makes before it sends anything. */
function checkUse(
  guild: Guild,
  personId: string,
  { name, type, default_member_permissions: needed }: RegisteredCommand,
  channelId: string,
): void {
  const isDirect = guild.directPerson(channelId) !== undefined;
  const mayUse = guild.permissionsOf(personId).has(new PermissionsBitField(BigInt(needed ?? 0)));
  const label = type === ApplicationCommandType.ChatInput ? `/${name}` : name;
  if (isDirect || !mayUse) throw new PersonError(`You may not use ${label}${isDirect ? ' here' : ''}.`);
}

function optionsOf({ options = [] }: RegisteredCommand, subcommand: string | undefined): RegisteredOption[] {
  if (subcommand === undefined) return options;
  return options.find(({ name }) => name === subcommand)?.options ?? [];
}

function checkOptions(declared: RegisteredOption[], values: OptionValues): void {
  const unknown = Object.keys(values).find((name) => !declared.some((option) => option.name === name));
  if (unknown !== undefined) throw new PersonError(`There is no option ${unknown}.`);
  for (const option of declared) {
    const { name, type, required, choices, min_value: min, max_value: max, max_length: maxLength } = option;
    const value = values[name];
    if (value === undefined) {
      if (required) throw new PersonError(`${name} is required.`);
      continue;
    }
    const isNumber =
      type === ApplicationCommandOptionType.Number || type === ApplicationCommandOptionType.Integer;
    const isRightNumber = typeof value === 'number' && Number.isFinite(value);
    if (isNumber && !isRightNumber) throw new PersonError(`${name} must be a number.`);
    if (type === ApplicationCommandOptionType.Integer && !Number.isInteger(value)) {
      throw new PersonError(`${name} must be a whole number.`);
    }
    if (min !== undefined && Number(value) < min) throw new PersonError(`${name} must be at least ${min}.`);
    if (max !== undefined && Number(value) > max) throw new PersonError(`${name} must be at most ${max}.`);
    if (type === ApplicationCommandOptionType.Boolean && typeof value !== 'boolean') {
      throw new PersonError(`${name} must be true or false.`);
    }
    if (choices !== undefined && !choices.some((choice) => choice.value === value)) {
      throw new PersonError(`${name} must be one of its choices.`);
    }
    if (maxLength !== undefined && String(value).length > maxLength) {
      throw new PersonError(`${name} must have at most ${maxLength} characters.`);
    }
  }
}
