import type { Services } from '../services/index.js';

export interface Button {
  /** Which of the command's buttons this is. */
  action: string;
  /** Handed to the button's function when it is pressed; up to 80 characters. */
  argument: string;
  label: string;
}

/** What a command answers: plain data, turned into a Discord message by replies.ts. Never pings anybody. */
export interface Reply {
  content: string;
  buttons?: Button[];
}

/** Who asks, and where. */
export interface Context {
  guildId: string;
  channelId: string;
  userId: string;
  /** Shows an interim answer; it is replaced by the next one, and at last by what the command returns. */
  show: (reply: Reply) => void;
}

export interface ChannelOption {
  id: string;
  guildId: string;
  /** Whether the bot may read the channel and its history. */
  readable: boolean;
}

export type OptionSpec =
  | { type: 'string'; description: string; required?: true; maxLength?: number }
  | { type: 'integer' | 'number'; description: string; required?: true; min?: number; max?: number }
  | { type: 'channel'; description: string; required?: true };

export type OptionSpecs = Record<string, OptionSpec>;

type ValueOf<O extends OptionSpec> = O['type'] extends 'string'
  ? string
  : O['type'] extends 'channel'
    ? ChannelOption
    : number;

export type OptionValues<S extends OptionSpecs> = {
  [K in keyof S]: S[K] extends { required: true } ? ValueOf<S[K]> : ValueOf<S[K]> | undefined;
};

/** One thing a person can ask for: a command without subcommands, or a subcommand. */
export interface Action<S extends OptionSpecs = OptionSpecs> {
  description: string;
  /** Who sees the answer: the channel, or only the one who asked. */
  reply: 'public' | 'private';
  options: S;
  run: (services: Services, options: OptionValues<S>, context: Context) => Promise<Reply>;
}

/** Answers a pressed button with a new public message. */
export type ButtonAction = (services: Services, argument: string, context: Context) => Promise<Reply>;

export interface Command {
  name: string;
  description: string;
  /** `managers`: members with the permission Manage Server. */
  allow: 'everyone' | 'managers';
  actions: { kind: 'single'; action: Action } | { kind: 'subcommands'; subcommands: Record<string, Action> };
  buttons: Record<string, ButtonAction>;
}

interface Shared {
  name: string;
  description: string;
  allow: Command['allow'];
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

/** Declares one subcommand of a group. */
export function action<const S extends OptionSpecs>({ description, reply, options, run }: Action<S>): Action {
  // Dispatch reads every option by its declaration, which is what makes this widening true.
  return {
    description,
    reply,
    options,
    run: (services, values, context) => run(services, values as OptionValues<S>, context),
  };
}
