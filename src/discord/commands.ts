import { readdir } from 'node:fs/promises';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
} from 'discord.js';
import type { APIApplicationCommandBasicOption, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import type { Command, OptionSpec, OptionSpecs } from './define-command.js';
import { neededPermission } from './levels.js';

const TEXT_CHANNELS = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum] as const;
const FOLDER = new URL('../../commands/', import.meta.url);

/** Loads every file of commands/, by name. A file that declares no command stops the start. */
export async function loadCommands(folder = FOLDER): Promise<Map<string, Command>> {
  const files = (await readdir(folder)).filter((file) => /(?<!\.d)\.[jt]s$/.test(file)).sort();
  const commands = new Map<string, Command>();
  for (const file of files) {
    const { default: command } = (await import(new URL(file, folder).href)) as { default?: Partial<Command> };
    if (command?.name === undefined || command.actions === undefined) {
      throw new Error(
        `commands/${file} must default-export defineCommand(...), defineGroup(...) or defineMessageCommand(...)`,
      );
    }
    if (command.name.includes(':')) {
      throw new Error(
        `commands/${file}: the name must have no colon, which separates the parts of its buttons' ids`,
      );
    }
    commands.set(command.name, command as Command);
  }
  return commands;
}

/** A command as Discord's API wants it. */
export function toDiscord(command: Command): RESTPostAPIApplicationCommandsJSONBody {
  const { name, description, allow, actions } = command;
  const shared = {
    name,
    contexts: [InteractionContextType.Guild],
    // Who sees the command at all; dispatch asks again, also for subcommands and buttons.
    default_member_permissions: neededPermission[allow]?.toString() ?? null,
  };
  switch (actions.kind) {
    case 'message':
      return { type: ApplicationCommandType.Message, ...shared };
    case 'single':
      return { ...shared, description, options: toOptions(actions.action.options) };
    case 'subcommands': {
      const options = Object.entries(actions.subcommands).map(([subcommand, action]) => ({
        type: ApplicationCommandOptionType.Subcommand as const,
        name: subcommand,
        description: action.description,
        options: toOptions(action.options),
      }));
      return { ...shared, description, options };
    }
  }
}

function toOptions(specs: OptionSpecs): APIApplicationCommandBasicOption[] {
  return Object.entries(specs).map(([name, spec]) => toOption(name, spec));
}

function toOption(name: string, spec: OptionSpec): APIApplicationCommandBasicOption {
  const shared = { name, description: spec.description, required: spec.required ?? false };
  switch (spec.type) {
    case 'string':
      return {
        type: ApplicationCommandOptionType.String,
        ...shared,
        ...(spec.maxLength !== undefined && { max_length: spec.maxLength }),
        ...(spec.suggest === undefined
          ? spec.choices && { choices: spec.choices.map((value) => ({ name: value, value })) }
          : { autocomplete: true as const }),
      };
    case 'integer':
      return { type: ApplicationCommandOptionType.Integer, ...shared, ...range(spec) };
    case 'number':
      return { type: ApplicationCommandOptionType.Number, ...shared, ...range(spec) };
    case 'boolean':
      return { type: ApplicationCommandOptionType.Boolean, ...shared };
    case 'role':
      return { type: ApplicationCommandOptionType.Role, ...shared };
    case 'user':
      return { type: ApplicationCommandOptionType.User, ...shared };
    case 'channel':
      return { type: ApplicationCommandOptionType.Channel, ...shared, channel_types: [...TEXT_CHANNELS] };
  }
}

function range({ min, max }: { min?: number; max?: number }) {
  return { ...(min !== undefined && { min_value: min }), ...(max !== undefined && { max_value: max }) };
}
