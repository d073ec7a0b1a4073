import { PermissionFlagsBits } from 'discord.js';
import type { Allow } from './define-command.js';

const LEVELS: readonly Allow[] = ['everyone', 'moderators', 'timers', 'managers'];

/** The permission that each level asks for. */
export const neededPermission: Record<Allow, bigint | undefined> = {
  everyone: undefined,
  moderators: PermissionFlagsBits.ManageMessages,
  timers: PermissionFlagsBits.ModerateMembers,
  managers: PermissionFlagsBits.ManageGuild,
};

/** What is said to somebody who lacks it. */
export const refusals = {
  everyone: undefined,
  moderators: 'moderators_only',
  timers: 'timers_only',
  managers: 'managers_only',
} as const;

export function stricter(one: Allow, other: Allow = 'everyone'): Allow {
  return LEVELS.indexOf(one) < LEVELS.indexOf(other) ? other : one;
}
