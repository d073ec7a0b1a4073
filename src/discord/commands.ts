import { readdir } from 'node:fs/promises';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
} from 'discord.js';
import type { APIApplicationCommandBasicOption, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import type { ActionTexts, OptionTexts } from '../i18n/ko/command-texts.js';
import { koCommands } from '../i18n/ko/commands.js';
import type { Command, OptionSpec, OptionSpecs } from './define-command.js';
import { neededPermission } from './levels.js';

/** Where people write: in the channel itself, or in its threads. */
export const TEXT_CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
] as const;
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

/** A command as Discord's API wants it: by its English names, with the Korean ones for Korean readers. */
export function toDiscord(command: Command): RESTPostAPIApplicationCommandsJSONBody {
  const { name, description, allow, actions } = command;
  const texts = koCommands[name];
  const shared = {
    name,
    ...(texts && { name_localizations: { ko: texts.name } }),
    contexts: [InteractionContextType.Guild],
    // Who sees the command at all; dispatch asks again, also for subcommands and buttons.
    default_member_permissions: neededPermission[allow]?.toString() ?? null,
  };
  switch (actions.kind) {
    case 'message':
      return { type: ApplicationCommandType.Message, ...shared };
    case 'single':
      return {
        ...shared,
        ...described(description, texts),
        options: toOptions(actions.action.options, texts),
      };
    case 'subcommands': {
      const options = Object.entries(actions.subcommands).map(([subcommand, action]) => ({
        type: ApplicationCommandOptionType.Subcommand as const,
        ...named(subcommand, action.description, texts?.subcommands?.[subcommand]),
        options: toOptions(action.options, texts?.subcommands?.[subcommand]),
      }));
      return { ...shared, ...described(description, texts), options };
    }
  }
}

function toOptions(specs: OptionSpecs, texts: ActionTexts | undefined): APIApplicationCommandBasicOption[] {
  return Object.entries(specs).map(([name, spec]) => toOption(name, spec, texts?.options?.[name]));
}

function toOption(
  name: string,
  spec: OptionSpec,
  texts: OptionTexts | undefined,
): APIApplicationCommandBasicOption {
  const shared = { ...named(name, spec.description, texts), required: spec.required ?? false };
  switch (spec.type) {
    case 'string':
      return {
        type: ApplicationCommandOptionType.String,
        ...shared,
        ...(spec.maxLength !== undefined && { max_length: spec.maxLength }),
        ...(spec.suggest === undefined
          ? spec.choices && { choices: spec.choices.map((value) => choice(value, texts)) }
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
    case 'attachment':
      return { type: ApplicationCommandOptionType.Attachment, ...shared };
    case 'channel':
      return { type: ApplicationCommandOptionType.Channel, ...shared, channel_types: [...TEXT_CHANNELS] };
  }
}

type Texts = Pick<OptionTexts, 'name' | 'description'>;

function named(name: string, description: string, texts: Texts | undefined) {
  return { name, ...(texts && { name_localizations: { ko: texts.name } }), ...described(description, texts) };
}

function described(description: string, texts: Texts | undefined) {
  return { description, ...(texts && { description_localizations: { ko: texts.description } }) };
}

function choice(value: string, texts: OptionTexts | undefined) {
  const korean = texts?.choices?.[value];
  return { name: value, ...(korean !== undefined && { name_localizations: { ko: korean } }), value };
}

function range({ min, max }: { min?: number; max?: number }) {
  return { ...(min !== undefined && { min_value: min }), ...(max !== undefined && { max_value: max }) };
}
