import { defineMessageCommand } from '../src/discord/define-command.js';

export default defineMessageCommand({
  name: 'Never learn this',
  allow: 'everyone',
  reply: 'private',
  run: async ({ privacy }, message, { userId, may, strings }) => {
    const by = { memberId: userId, isModerator: may('moderators') };
    return { content: strings.privacy.neverLearned(await privacy.neverLearn(message, by)) };
  },
});
