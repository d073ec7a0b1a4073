import { defineMessageCommand } from '../src/discord/define-command.js';

export default defineMessageCommand({
  name: 'Not spam',
  allow: 'moderators',
  reply: 'private',
  run: async ({ moderating }, message, { userId, strings }) => {
    await moderating.callFine(message, userId);
    return { content: strings.spam.calledFine() };
  },
});
