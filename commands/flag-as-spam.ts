import { type ButtonAction, defineMessageCommand } from '../src/discord/define-command.js';
import { strings } from '../src/i18n/index.js';
import { actionButtons, flagMessage } from '../src/services/flag-message.js';

export default defineMessageCommand({
  name: 'Flag as spam',
  allow: 'moderators',
  reply: 'private',
  run: async ({ moderating }, message, { userId }) => {
    const flag = await moderating.callSpam(message, userId);
    return { content: strings.spam.calledSpam(), buttons: actionButtons(flag, flag.id) };
  },
  buttons: { delete: acting('delete'), timeout: { ...acting('timeout'), allow: 'timers' } },
});

function acting(kind: 'delete' | 'timeout'): ButtonAction {
  return {
    reply: 'update',
    run: async ({ moderating }, id, { guildId, userId }) =>
      flagMessage(await moderating.act(id, guildId, kind, userId)),
  };
}
