import { defineMessageCommand } from '../src/discord/define-command.js';
import { judgementMessage } from '../src/services/feeling/judgement-message.js';

export default defineMessageCommand({
  name: 'Check sentiment',
  allow: 'moderators',
  reply: 'private',
  run: async ({ feeling }, { content }, { guildId, strings }) => ({
    content: judgementMessage(content, await feeling.judge(guildId, content), strings),
  }),
});
