import { ApplicationCommandType } from 'discord.js';
import { checkNames, checkOptions, checkUse, PersonError } from './checks.js';
import {
  type Choice,
  isCalled,
  optionsOf,
  type OptionValues,
  type RegisteredCommand,
} from './command-data.js';
import type { Guild, GuildEvent } from './guild.js';
import type { Interactions } from './interactions.js';
import { type Attachment, FORUM, type Message, type Thread } from './objects.js';
import type { Uploads } from './uploads.js';

/** The bot's answer to something a person asked. */
export interface Answer {
  /** Resolves when the bot acknowledges what was asked; never if it does not. */
  acknowledged: Promise<unknown>;
  /** The answering message as it is now. */
  message(): Message | undefined;
  /** Resolves with the answer once it satisfies `isReady`. */
  until(isReady: (content: string, message: Message) => boolean): Promise<Message>;
}

export interface Person {
  readonly id: string;
  /** The language of their Discord, as Discord names it. */
  locale: string;
  /** Channels are named by name or id. */
  send(channel: string, content: string, fileNames?: string[]): Message;
  /** Answers a message; pings its author unless told otherwise. @throws PersonError */
  reply(channel: string, messageId: string, content: string, how?: { ping?: boolean }): Message;
  /** Opens a thread with a first message, or posts in a forum; a private thread is seen only by this person and the bot. */
  startThread(channel: string, name: string, content: string, how?: { isPrivate?: boolean }): Thread;
  /** Uploads a file for an option of a command, whose value is then what this returns. */
  upload(name: string, content: string | Uint8Array): string;
  edit(channel: string, messageId: string, content: string): void;
  /** Deletes messages; several at once arrive as one bulk delete. */
  remove(channel: string, messageIds: string[]): void;
  /**
   * Uses a slash command, such as `corpus collect`, by its own name or the one of this person's language; `unchecked` sends it as a tampered client would.
   * @throws PersonError
   */
  command(channel: string, command: string, options?: OptionValues, unchecked?: 'unchecked'): Answer;
  /** What the bot offers for the option that is being typed, beside those already given. @throws PersonError */
  suggest(channel: string, command: string, options: OptionValues, focused: string): Promise<Choice[]>;
  /** Chooses a command from the "Apps" menu of a message. @throws PersonError */
  use(command: string, channel: string, messageId: string, unchecked?: 'unchecked'): Answer;
  /** What the bot and this person wrote to each other; their `channel_id` names the channel to click in. */
  directMessages(): Message[];
  /** Presses a button, named by its label or custom id; `unchecked` also one that this person does not see. @throws PersonError */
  click(channel: string, messageId: string, button: string, unchecked?: 'unchecked'): Answer;
}

export function createPeople(
  guild: Guild,
  interactions: Interactions,
  uploads: Uploads,
  commands: () => RegisteredCommand[],
) {
  return (name: string): Person => {
    const member = guild.named(name);
    const { id } = member.user;

    /** The id of a channel that this person sees, named by name or id. */
    function channelOf(channel: string): string {
      const channelId = guild.directPerson(channel) === undefined ? guild.placeNamed(channel).id : channel;
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

    function answerOf(interaction: { response: Message | undefined; answered: Promise<unknown> }): Answer {
      const message = () => interaction.response;
      return {
        acknowledged: interaction.answered,
        message,
        until: (isReady) =>
          eventually(guild, () => {
            const answer = message();
            return answer !== undefined && isReady(answer.content, answer) ? answer : undefined;
          }),
      };
    }

    /** A slash command and its subcommand, as this person names them. */
    function slashCommand(text: string): { command: RegisteredCommand; subcommand: string | undefined } {
      const [name = '', subcommandName] = text.replace(/^\//, '').split(' ');
      const locale = guild.localeOf(id);
      const command = commands().find(
        (each) => each.type === ApplicationCommandType.ChatInput && isCalled(name, locale)(each),
      );
      if (command === undefined) throw new PersonError(`The bot has no command /${name}.`);
      if (subcommandName === undefined) return { command, subcommand: undefined };
      const subcommand = command.options?.find(isCalled(subcommandName, locale))?.name;
      return { command, subcommand: subcommand ?? subcommandName };
    }

    return {
      id,
      get locale() {
        return guild.localeOf(id);
      },
      set locale(locale) {
        guild.setLocale(id, locale);
      },

      send(channel, content, fileNames = []) {
        const message = guild.newMessage(openChannel(channel), member.user, content);
        return guild.add({ ...message, attachments: fileNames.map((name) => nobodysFile(guild, name)) });
      },
      reply(channel, messageId, content, { ping = true } = {}) {
        const message = guild.newMessage(openChannel(channel), member.user, content);
        return guild.add(guild.answering(message, messageOf(channel, messageId), ping));
      },
      startThread(channel, name, content, how) {
        const parentId = openChannel(channel);
        const thread = guild.threads.open(parentId, name, id, how);
        const message = guild.newMessage(thread.id, member.user, content);
        // The first message of a forum's post has the post's id.
        const isPost = guild.channels.get(parentId)?.type === FORUM;
        guild.add(isPost ? { ...message, id: thread.id } : message);
        return thread;
      },
      upload: (name, content) =>
        uploads.keep({ name, type: 'application/octet-stream', bytes: new Uint8Array(Buffer.from(content)) })
          .id,
      edit: (channel, messageId, content) =>
        void guild.edit(own(channel, messageId), { content, edited_timestamp: new Date().toISOString() }),
      remove: (channel, messageIds) => guild.remove(channelOf(channel), messageIds),
      directMessages: () => guild.messagesIn(guild.directWith(id).id, id),

      command(channel, text, options = {}, unchecked) {
        const { command, subcommand } = slashCommand(text);
        const channelId = openChannel(channel);
        if (unchecked === undefined) {
          checkUse(guild, id, command, channelId);
          checkOptions(guild, uploads, optionsOf(command, subcommand), options);
        }
        return answerOf(interactions.command(member, channelId, command, subcommand, options));
      },

      suggest(channel, text, options, focused) {
        const { command, subcommand } = slashCommand(text);
        const channelId = openChannel(channel);
        const declared = optionsOf(command, subcommand);
        checkUse(guild, id, command, channelId);
        checkNames(declared, [...Object.keys(options), focused]);
        const suggests = declared.find(({ name }) => name === focused)?.autocomplete;
        if (suggests !== true) throw new PersonError(`Nothing is offered for ${focused}.`);
        return interactions.suggest(member, channelId, command, subcommand, options, focused);
      },

      use(name, channel, messageId, unchecked) {
        const isNamed = isCalled(name, guild.localeOf(id));
        const command = commands().find(
          (each) => each.type === ApplicationCommandType.Message && isNamed(each),
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
