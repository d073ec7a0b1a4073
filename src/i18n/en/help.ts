import { number } from './words.js';

/** What an option takes. */
export interface Limits {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'channel' | 'role' | 'user' | 'attachment';
  maxLength?: number;
  choices?: readonly string[];
  min?: number;
  max?: number;
}

export const helpErrors = {
  help_unknown: () =>
    'There is no such command, or you may not use it. `/help` without an option shows all that you may use.',
};

export const help = {
  intro: () => 'What you can ask of me. `/help command:` explains one of these.',
  groups: {
    everyone: () => 'For everyone',
    moderators: () => 'For moderators (Manage Messages)',
    timers: () => 'For moderators who may time out (Timeout Members)',
    managers: () => 'For admins (Manage Server)',
    message: () => 'In the menu of a message, under Apps',
  },
  seen: (reply: 'public' | 'private'): string =>
    reply === 'public' ? 'Everyone in the channel sees the answer.' : 'Only you see the answer.',
  option: ({ name, required }: { name: string; required: boolean }) =>
    required ? `${name} (required)` : name,
  limits: ({ type, maxLength, choices, min, max }: Limits): string => {
    switch (type) {
      case 'string':
        if (choices !== undefined) return `One of: ${choices.join(', ')}`;
        return maxLength === undefined ? 'A text' : `A text of up to ${number(maxLength)} characters`;
      case 'integer':
        return `A whole number${range(min, max)}`;
      case 'number':
        return `A number${range(min, max)}`;
      case 'boolean':
        return 'True or False';
      case 'channel':
        return 'A channel';
      case 'role':
        return 'A role';
      case 'attachment':
        return 'A file';
      case 'user':
        return 'A member';
    }
  },
};

function range(min: number | undefined, max: number | undefined): string {
  const from = min === undefined ? '' : ` from ${number(min)}`;
  return max === undefined ? from : `${from} up to ${number(max)}`;
}
