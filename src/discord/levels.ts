import { PermissionFlagsBits } from 'discord.js';
import type { Allow } from './define-command.js';

const LEVELS: readonly Allow[] = ['everyone', 'moderators', 'managers'];

/** The permission that each level asks for. */
export const neededPermission: Record<Allow, bigint | undefined> = {
  everyone: undefined,
  moderators: PermissionFlagsBits.ManageMessages,
  managers: PermissionFlagsBits.ManageGuild,
};

export function stricter(one: Allow, other: Allow = 'everyone'): Allow {
  return LEVELS.indexOf(one) < LEVELS.indexOf(other) ? other : one;
}
