import { defineMessageCommand } from '../src/discord/define-command.js';
import { strings } from '../src/i18n/index.js';

export default defineMessageCommand({
  name: 'Not spam',
  allow: 'moderators',
  reply: 'private',
  run: async ({ moderating }, message, { userId }) => {
    await moderating.callFine(message, userId);
    return { content: strings.spam.calledFine() };
  },
});
