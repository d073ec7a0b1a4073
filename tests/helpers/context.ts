import type { Context } from '../../src/discord/define-command.js';
import { stringsFor } from '../../src/i18n/index.js';

/** Who asks, and where, for commands that are run without a Discord around them. */
export function contextOf(asked: Partial<Context> = {}): Context {
  return {
    guildId: 'guild',
    channelId: 'channel',
    parentId: undefined,
    audience: 'public',
    messageId: undefined,
    userId: 'user',
    locale: 'en',
    strings: stringsFor('en'),
    guildLocale: 'en',
    may: () => true,
    commands: [],
    show: () => {},
    ...asked,
  };
}
