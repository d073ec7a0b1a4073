import { editsOf, type Edit } from './edits.js';

/** What Discord shows as something else: people, roles, channels, commands, emoji of some server, moments. */
const TAG = /<(?:(@[!&]?|#)\d+|\/([^:<>\n]{1,100}):\d+|a?(:\w{1,32}:)\d+|(t):-?\d+(?::[a-z])?|id:\w+)>/gi;

export interface TagWords {
  someone: string;
  role: string;
  channel: string;
}

/** Tags, and plain words for them. */
export function findTags(text: string, words: TagWords): Edit[] {
  const named: Readonly<Record<string, string>> = {
    '@': words.someone,
    '@!': words.someone,
    '@&': words.role,
  };
  return editsOf(text, TAG, ([, kind, command, emoji, time]) => {
    if (command !== undefined) return `/${command}`;
    if (time !== undefined) return '[time]';
    return emoji ?? named[kind] ?? words.channel;
  });
}
