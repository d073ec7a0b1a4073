import { type ButtonAction, defineMessageCommand } from '../src/discord/define-command.js';
import { actionButtons, flagMessage } from '../src/services/moderation/flag-message.js';

export default defineMessageCommand({
  name: 'Flag as spam',
  allow: 'moderators',
  reply: 'private',
  run: async ({ moderating }, message, { userId, strings }) => {
    const flag = await moderating.callSpam(message, userId);
    return { content: strings.spam.calledSpam(), buttons: actionButtons(flag, flag.id, strings) };
  },
  buttons: { delete: acting('delete'), timeout: { ...acting('timeout'), allow: 'timers' } },
});

function acting(kind: 'delete' | 'timeout'): ButtonAction {
  return {
    reply: 'update',
    run: async ({ moderating }, id, { guildId, userId, strings }) =>
      flagMessage(await moderating.act(id, guildId, kind, userId), strings),
  };
}
