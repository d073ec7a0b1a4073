import { continuationMessage, draftMessage } from '../services/talking/continuation-message.js';
import type { Continuation, OnDraft } from '../services/talking/continuing.js';
import type { Services } from '../services/index.js';
import { voteButtons } from '../services/talking/vote-buttons.js';
import type { ButtonAction, Context, Reply } from './define-command.js';
import { stopButton, textActions } from './text-buttons.js';

/** What the buttons on a continuation do. */
export const continuationActions: Record<string, ButtonAction> = {
  ...textActions,
  again: writing(({ continuing }, id, context, onDraft) => continuing.again(id, askedBy(context), onDraft)),
  more: writing(({ continuing }, id, context, onDraft) => continuing.more(id, askedBy(context), onDraft)),
};

export function askedBy({ guildId, audience, channelId, userId }: Context) {
  return { guildId, audience, channelId, memberId: userId };
}

/** Shows a continuation while it is written, with a button to stop it, and then as it stays. */
export async function continuationReply(
  { composing }: Services,
  { strings, show }: Context,
  write: (onDraft: OnDraft) => Promise<Continuation>,
): Promise<Reply> {
  const continuation = await write((draft) =>
    show({
      content: draftMessage(draft),
      buttons: [stopButton(draft.id, strings)],
      sent: (messageId) => composing.placed(draft.id, messageId),
    }),
  );
  const { id } = continuation;
  const { again, more } = strings.talking.continue;
  return {
    content: continuationMessage(continuation, strings),
    buttons: [
      { action: 'again', argument: id, label: again() },
      { action: 'more', argument: id, label: more() },
      ...voteButtons(id),
    ],
    sent: (messageId) => composing.placed(id, messageId),
  };
}

type Write = (services: Services, id: string, context: Context, onDraft: OnDraft) => Promise<Continuation>;

function writing(write: Write): ButtonAction {
  return {
    reply: 'public',
    writes: true,
    run: (services, id, context) =>
      continuationReply(services, context, (onDraft) => write(services, id, context, onDraft)),
  };
}
