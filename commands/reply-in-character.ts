import { defineMessageCommand } from '../src/discord/define-command.js';
import { textActions } from '../src/discord/text-buttons.js';
import type { IncomingMessage } from '../src/services/collecting.js';
import { voteButtons } from '../src/services/talking/vote-buttons.js';

export default defineMessageCommand({
  name: 'Reply in character',
  allow: 'everyone',
  reply: 'public',
  writes: true,
  run: async ({ replying, composing }, message, { userId, channelId, strings, show }) => {
    const below = strings.talking.reply.answering({ url: urlOf(message, channelId) });
    const shown = (text: string) => `${text}\n${below}`;
    const { id, text } = await replying.reply(message, userId, (draft) =>
      show({ content: shown(draft.text), sent: (messageId) => composing.placed(draft.id, messageId) }),
    );
    return {
      content: shown(text),
      buttons: voteButtons(id),
      sent: (messageId) => composing.placed(id, messageId),
    };
  },
  buttons: textActions,
});

/** Where the message is that is answered: it may have scrolled far away. */
function urlOf({ id, guildId }: IncomingMessage, channelId: string): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${id}`;
}
