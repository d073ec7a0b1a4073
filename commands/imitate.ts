import { askedBy } from '../src/discord/continuations.js';
import { defineCommand } from '../src/discord/define-command.js';
import { stopButton, textActions } from '../src/discord/text-buttons.js';
import { imitationMessage } from '../src/services/talking/imitation-message.js';
import { STYLE_NAMES } from '../src/services/talking/styles.js';
import { voteButtons } from '../src/services/talking/vote-buttons.js';

export default defineCommand({
  name: 'imitate',
  description: 'Writes as a member would who allows it; always labelled as an imitation',
  allow: 'everyone',
  reply: 'public',
  writes: true,
  options: {
    member: { type: 'user', description: 'Who is imitated', required: true },
    opening: { type: 'string', description: 'How the message begins', maxLength: 100 },
    style: { type: 'string', description: 'How daring it is (default normal)', choices: STYLE_NAMES },
  },
  run: async ({ imitating, composing }, { member, opening = '', style }, context) => {
    const { strings, show } = context;
    const imitation = await imitating.imitate({ ...askedBy(context), member, opening, style }, (draft) =>
      show({
        content: imitationMessage(draft, strings),
        buttons: [stopButton(draft.id, strings)],
        sent: (messageId) => composing.placed(draft.id, messageId),
      }),
    );
    return {
      content: imitationMessage(imitation, strings),
      buttons: voteButtons(imitation.id),
      sent: (messageId) => composing.placed(imitation.id, messageId),
    };
  },
  buttons: textActions,
});
