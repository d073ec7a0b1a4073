import { ApplicationCommandOptionType, ApplicationCommandType, PermissionsBitField } from 'discord.js';
import type { Uploads } from './uploads.js';
import type { OptionValues, RegisteredCommand, RegisteredOption } from './command-data.js';
import type { Guild } from './guild.js';

/** Why a person cannot do what they tried; Discord's own client would say so too. */
export class PersonError extends Error {}

// The checks that Discord's client makes before it sends anything.

/** @throws PersonError */
export function checkUse(
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

/** @throws PersonError */
export function checkOptions(
  guild: Guild,
  uploads: Uploads,
  declared: RegisteredOption[],
  values: OptionValues,
): void {
  checkNames(declared, Object.keys(values));
  for (const option of declared) {
    const value = values[option.name];
    if (value !== undefined) checkValue(guild, uploads, option, value);
    else if (option.required) throw new PersonError(`${option.name} is required.`);
  }
}

/** @throws PersonError */
export function checkNames(declared: RegisteredOption[], names: string[]): void {
  const unknown = names.find((name) => !declared.some((option) => option.name === name));
  if (unknown !== undefined) throw new PersonError(`There is no option ${unknown}.`);
}

function checkValue(
  guild: Guild,
  uploads: Uploads,
  option: RegisteredOption,
  value: string | number | boolean,
): void {
  const { name, type, choices, min_value: min, max_value: max, max_length: maxLength } = option;
  const { Attachment, Boolean, Integer, Number: Decimal, User } = ApplicationCommandOptionType;
  const isRightNumber = typeof value === 'number' && Number.isFinite(value);
  if ((type === Decimal || type === Integer) && !isRightNumber) {
    throw new PersonError(`${name} must be a number.`);
  }
  if (type === Integer && !Number.isInteger(value)) throw new PersonError(`${name} must be a whole number.`);
  if (min !== undefined && Number(value) < min) throw new PersonError(`${name} must be at least ${min}.`);
  if (max !== undefined && Number(value) > max) throw new PersonError(`${name} must be at most ${max}.`);
  if (type === Boolean && typeof value !== 'boolean') {
    throw new PersonError(`${name} must be true or false.`);
  }
  if (type === User && !guild.members.has(String(value))) {
    throw new PersonError(`${name} must be the id of a member.`);
  }
  if (type === Attachment && uploads.attachment(String(value)) === undefined) {
    throw new PersonError(`${name} must be an uploaded file.`);
  }
  if (choices !== undefined && !choices.some((choice) => choice.value === value)) {
    throw new PersonError(`${name} must be one of its choices.`);
  }
  if (maxLength !== undefined && String(value).length > maxLength) {
    throw new PersonError(`${name} must have at most ${maxLength} characters.`);
  }
}
