import { defineCommand } from '../src/discord/define-command.js';
import { judgementMessage } from '../src/services/feeling/judgement-message.js';

export default defineCommand({
  name: 'sentiment',
  description: 'Tells how a text feels, and which words say so',
  allow: 'everyone',
  reply: 'private',
  options: {
    text: { type: 'string', description: 'The text to judge', required: true, maxLength: 4_000 },
  },
  run: async ({ feeling }, { text }, { guildId, strings }) => ({
    content: judgementMessage(text, await feeling.judge(guildId, text), strings),
  }),
});
