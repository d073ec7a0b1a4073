import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { Guild } from './guild.js';
import type { Member } from './objects.js';
import type { Uploads } from './uploads.js';

/** A name or description in other languages, by Discord's locale. */
export type Localizations = Record<string, string> | null;

interface Localized {
  name: string;
  name_localizations?: Localizations;
}

export interface Choice extends Localized {
  value: string | number;
}

export interface RegisteredOption extends Localized {
  type: ApplicationCommandOptionType;
  description: string;
  description_localizations?: Localizations;
  required?: boolean;
  /** Whether the bot offers values while one is typed. */
  autocomplete?: boolean;
  min_value?: number;
  max_value?: number;
  max_length?: number;
  choices?: Choice[];
  options?: RegisteredOption[];
}

export interface RegisteredCommand extends Localized {
  id: string;
  type: ApplicationCommandType;
  description: string;
  description_localizations?: Localizations;
  default_member_permissions?: string | null;
  options?: RegisteredOption[];
}

export type OptionValues = Record<string, string | number | boolean>;

interface Filled {
  name: string;
  type: ApplicationCommandOptionType;
  value: string | number | boolean;
  focused?: true;
}

/** Whether something is called so, by its own name or by the one that readers of this locale see. */
export function isCalled(name: string, locale: string): (declared: Localized) => boolean {
  return (declared) => declared.name === name || declared.name_localizations?.[locale] === name;
}

/** The options of a command, or of one of its subcommands. */
export function optionsOf(
  { options = [] }: RegisteredCommand,
  subcommand: string | undefined,
): RegisteredOption[] {
  if (subcommand === undefined) return options;
  return options.find(({ name }) => name === subcommand)?.options ?? [];
}

/** What an interaction says of a slash command; `focused` is the option that is still being typed. */
export function commandData(
  guild: Guild,
  uploads: Uploads,
  command: RegisteredCommand,
  subcommand: string | undefined,
  values: OptionValues,
  focused?: string,
): object {
  const options = optionsOf(command, subcommand).flatMap(({ name, type }): Filled[] => {
    const isFocused = name === focused;
    const value = isFocused ? String(values[name] ?? '') : values[name];
    return value === undefined ? [] : [{ name, type, value, ...(isFocused && { focused: true }) }];
  });
  const { Subcommand } = ApplicationCommandOptionType;
  return {
    id: command.id,
    name: command.name,
    type: ApplicationCommandType.ChatInput,
    options: subcommand === undefined ? options : [{ name: subcommand, type: Subcommand, options }],
    resolved: resolved(guild, uploads, options),
  };
}

/** The objects behind the ids among the values. */
function resolved(guild: Guild, uploads: Uploads, options: Filled[]): object {
  const { Attachment, Channel, Role, User } = ApplicationCommandOptionType;
  const chosen = (type: ApplicationCommandOptionType) =>
    new Set(options.filter((option) => option.type === type).map(({ value }) => value));
  const [channels, roles, people] = [chosen(Channel), chosen(Role), chosen(User)];
  const members = [...guild.members.values()].filter(({ user }) => people.has(user.id));
  const permissions = guild.permissionsOf(guild.bot.id).bitfield.toString();
  return {
    attachments: byId([...chosen(Attachment)].flatMap((id) => uploads.attachment(String(id)) ?? [])),
    channels: byId(
      [...guild.channels.values()]
        .filter(({ id }) => channels.has(id))
        .map((channel) => ({ ...channel, permissions })),
    ),
    roles: byId(guild.roles.all.filter(({ id }) => roles.has(id))),
    users: byId(members.map(({ user }) => user)),
    members: Object.fromEntries(members.map((member) => [member.user.id, partialMember(guild, member)])),
  };
}

/** A member beside its user, as Discord resolves it. */
function partialMember(guild: Guild, member: Member): object {
  const { user, roles, nick, avatar, banner, joined_at, premium_since, pending, flags } = member;
  const { communication_disabled_until } = member;
  const permissions = guild.permissionsOf(user.id).bitfield.toString();
  const shown = { roles, nick, avatar, banner, joined_at, premium_since, pending, flags };
  return { ...shown, communication_disabled_until, permissions };
}

function byId<T extends { id: string }>(all: T[]): Record<string, T> {
  return Object.fromEntries(all.map((each) => [each.id, each]));
}
