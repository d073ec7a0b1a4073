import { ApplicationCommandOptionType, PermissionsBitField } from 'discord.js';
import type { Guild, GuildEvent } from './guild.js';
import type { Interactions, OptionValues, RegisteredCommand, RegisteredOption } from './interactions.js';
import type { Message } from './objects.js';

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
  send(channel: string, content: string): Message;
  edit(channel: string, messageId: string, content: string): void;
  /** Deletes messages; several at once arrive as one bulk delete. */
  remove(channel: string, messageIds: string[]): void;
  /**
   * Uses a slash command, such as `corpus collect`; `unchecked` sends it as a tampered client would.
   * @throws PersonError
   */
  command(channel: string, command: string, options?: OptionValues, unchecked?: 'unchecked'): Answer;
  /** Presses a button, named by its label or custom id. @throws PersonError */
  click(channel: string, messageId: string, button: string): Answer;
}

export function createPeople(guild: Guild, interactions: Interactions, commands: () => RegisteredCommand[]) {
  return (name: string): Person => {
    const member = guild.named(name);
    const { id } = member.user;

    function own(channel: string, messageId: string): Message {
      const message = guild.find(guild.channelNamed(channel).id, messageId);
      if (message === undefined) throw new PersonError('This message is gone.');
      if (message.author.id !== id) throw new PersonError('You can only edit your own messages.');
      return message;
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
      send: (channel, content) =>
        guild.add(guild.newMessage(guild.channelNamed(channel).id, member.user, content)),
      edit: (channel, messageId, content) =>
        void guild.edit(own(channel, messageId), { content, edited_timestamp: new Date().toISOString() }),
      remove: (channel, messageIds) => guild.remove(guild.channelNamed(channel).id, messageIds),

      command(channel, text, options = {}, unchecked) {
        const [name, subcommand] = text.replace(/^\//, '').split(' ');
        const command = commands().find((each) => each.name === name);
        if (command === undefined) throw new PersonError(`The bot has no command /${name}.`);
        if (unchecked === undefined) checkUse(guild, id, command, subcommand, options);
        const channelId = guild.channelNamed(channel).id;
        return answerOf(interactions.command(member, channelId, command, subcommand, options));
      },

      click(channel, messageId, button) {
        const message = guild.find(guild.channelNamed(channel).id, messageId);
        const customId =
          message &&
          buttonsOf(message).find(({ label, custom_id }) => label === button || custom_id === button);
        if (message === undefined || customId === undefined)
          throw new PersonError('There is no such button.');
        return answerOf(interactions.click(member, message, customId.custom_id));
      },
    };
  };
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
  command: RegisteredCommand,
  subcommand: string | undefined,
  values: OptionValues,
): void {
  const needed = new PermissionsBitField(BigInt(command.default_member_permissions ?? 0));
  if (!guild.permissionsOf(personId).has(needed)) throw new PersonError(`You may not use /${command.name}.`);
  const declared =
    subcommand === undefined
      ? command.options
      : command.options?.find((option) => option.name === subcommand)?.options;
  checkOptions(declared ?? [], values);
}

function checkOptions(declared: RegisteredOption[], values: OptionValues): void {
  const unknown = Object.keys(values).find((name) => !declared.some((option) => option.name === name));
  if (unknown !== undefined) throw new PersonError(`There is no option ${unknown}.`);
  for (const { name, type, required, min_value: min, max_value: max, max_length: maxLength } of declared) {
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
    if (maxLength !== undefined && String(value).length > maxLength) {
      throw new PersonError(`${name} must have at most ${maxLength} characters.`);
    }
  }
}
