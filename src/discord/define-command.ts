import type { Locale, Strings } from '../i18n/index.js';
import type { IncomingMessage } from '../services/collecting.js';
import type { Services } from '../services/index.js';

/**
 * `moderators`: members with the permission Manage Messages; `timers`: with Moderate Members, who may time others out;
 * `managers`: with Manage Server.
 */
export type Allow = 'everyone' | 'moderators' | 'timers' | 'managers';

export interface Button {
  /** Which of the command's buttons this is. */
  action: string;
  /** Handed to the button's function when it is pressed; up to 80 characters. */
  argument: string;
  label: string;
  style?: 'plain' | 'good' | 'danger';
}

export interface ReplyFile {
  name: string;
  bytes: Uint8Array;
  /** Said by screen readers. */
  alt: string;
}

/** A card below the text. */
export interface Embed {
  title: string;
  description?: string;
  fields?: { name: string; value: string; inline?: boolean }[];
  /** The name of the file among the reply's that is shown in it. */
  picture?: string;
}

/** What a command answers: plain data, turned into a Discord message by replies.ts. Never pings anybody. */
export interface Reply {
  content: string;
  embeds?: Embed[];
  buttons?: Button[];
  files?: ReplyFile[];
  /** Told which message the answer became, each time it is shown. */
  sent?: (messageId: string) => Promise<void>;
  /**
   * Of an interim answer to long work: the stage it is at. Once the interaction is over, only another stage is shown,
   * and the end is told by a new message.
   */
  stage?: string;
}

/** Who asks, and where. */
export interface Context {
  /** Empty in a direct message. */
  guildId: string;
  /** The thread, if it is in one. */
  channelId: string;
  /** Of a thread, the channel that it is in. */
  parentId: string | undefined;
  /** The class of those who can read there. */
  audience: string;
  /** The message whose button was pressed. */
  messageId: string | undefined;
  userId: string;
  /** The reader's language, and everything in it. */
  locale: Locale;
  strings: Strings;
  /** The server's language: of what all its members read. */
  guildLocale: Locale;
  /** Whether the one who asks may do what is open to these. */
  may: (allow: Allow) => boolean;
  /** Every command of the bot. */
  commands: readonly Command[];
  /** Shows an interim answer; it is replaced by the next one, and at last by what the command returns. */
  show: (reply: Reply) => void;
}

export interface ChannelOption {
  id: string;
  guildId: string;
  /** Whether the bot may read the channel and its history. */
  readable: boolean;
  /** Whether the bot may send messages there, with cards and pictures. */
  writable: boolean;
  /** Whether everyone in the server can see it. */
  isPublic: boolean;
  /** The class of those who can read it: `public`, or else equal for channels with the same readers. */
  audience: string;
}

export interface RoleOption {
  id: string;
}

export interface UserOption {
  id: string;
  /** As the server shows it. */
  name: string;
  isBot: boolean;
}

/** A file that came with the command. */
export interface AttachmentOption {
  url: string;
  name: string;
  bytes: number;
}

/** What is offered while an option is being typed. */
export type Suggest = (
  services: Services,
  typed: string,
  context: Omit<Context, 'show'>,
) => Promise<string[]>;

export type OptionSpec =
  | {
      type: 'string';
      description: string;
      required?: true;
      maxLength?: number;
      /** The only values to choose from. */
      choices?: readonly string[];
      /** Offers values while one is typed; any other is taken, too. At most 25 are shown, of 100 characters each. */
      suggest?: Suggest;
    }
  | { type: 'integer' | 'number'; description: string; required?: true; min?: number; max?: number }
  | { type: 'boolean' | 'channel' | 'role' | 'user' | 'attachment'; description: string; required?: true };

/** Whose model something is about. */
export const readersOption = {
  type: 'channel',
  description: 'The model for the readers of this channel (default: the public one)',
} as const;

export type OptionSpecs = Record<string, OptionSpec>;

interface Values {
  string: string;
  integer: number;
  number: number;
  boolean: boolean;
  channel: ChannelOption;
  role: RoleOption;
  user: UserOption;
  attachment: AttachmentOption;
}

export type OptionValue = Values[OptionSpec['type']];

type ValueOf<O extends OptionSpec> = O extends { choices: readonly (infer C)[] } ? C : Values[O['type']];

export type OptionValues<S extends OptionSpecs> = {
  [K in keyof S]: S[K] extends { required: true } ? ValueOf<S[K]> : ValueOf<S[K]> | undefined;
};

/** One thing a person can ask for: a command without subcommands, or a subcommand. */
export interface Action<S extends OptionSpecs = OptionSpecs> {
  description: string;
  /** May only be stricter than the command's own. */
  allow?: Allow;
  /** Who sees the answer: the channel, or only the one who asked. */
  reply: 'public' | 'private';
  /** Lets the network write: counts against what one person and one channel may ask for in a while. */
  writes?: true;
  options: S;
  run: (services: Services, options: OptionValues<S>, context: Context) => Promise<Reply>;
}

/** What a message's "Apps" menu can do with that message. */
export interface MessageAction {
  reply: 'public' | 'private';
  writes?: true;
  run: (services: Services, message: IncomingMessage, context: Context) => Promise<Reply>;
}

/** What a pressed button does. */
export interface ButtonAction {
  /** The command's own level if absent. */
  allow?: Allow;
  /** `update` replaces the message whose button was pressed. */
  reply: 'public' | 'private' | 'update';
  /** Also in direct messages. */
  anywhere?: true;
  writes?: true;
  run: (services: Services, argument: string, context: Context) => Promise<Reply>;
}

export interface Command {
  name: string;
  /** Empty for a message command. */
  description: string;
  allow: Allow;
  actions:
    | { kind: 'single'; action: Action }
    | { kind: 'subcommands'; subcommands: Record<string, Action> }
    | { kind: 'message'; action: MessageAction };
  buttons: Record<string, ButtonAction>;
}

interface Shared {
  name: string;
  description: string;
  allow: Allow;
  buttons?: Command['buttons'];
}

/** Declares a slash command; the types of its options follow from their declaration. */
export function defineCommand<const S extends OptionSpecs>(command: Shared & Action<S>): Command {
  const { name, description, allow, buttons = {} } = command;
  return { name, description, allow, buttons, actions: { kind: 'single', action: action(command) } };
}

/** Declares a slash command that is a group of subcommands. */
export function defineGroup(group: Shared & { subcommands: Record<string, Action> }): Command {
  const { name, description, allow, subcommands, buttons = {} } = group;
  return { name, description, allow, buttons, actions: { kind: 'subcommands', subcommands } };
}

/** Declares an entry of every message's "Apps" menu, named as people read it, such as "Flag as spam". */
export function defineMessageCommand(command: Omit<Shared, 'description'> & MessageAction): Command {
  const { name, allow, reply, writes, run, buttons = {} } = command;
  const action = { reply, run, ...(writes && { writes }) };
  return { name, description: '', allow, buttons, actions: { kind: 'message', action } };
}

/** Declares one subcommand of a group. */
export function action<const S extends OptionSpecs>(declared: Action<S>): Action {
  const { description, allow, reply, writes, options, run } = declared;
  // Dispatch reads every option by its declaration, which is what makes this widening true.
  return {
    description,
    ...(allow !== undefined && { allow }),
    reply,
    ...(writes && { writes }),
    options,
    run: (services, values, context) => run(services, values as OptionValues<S>, context),
  };
}
