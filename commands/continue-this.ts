import { askedBy, continuationActions, continuationReply } from '../src/discord/continuations.js';
import { defineMessageCommand } from '../src/discord/define-command.js';

export default defineMessageCommand({
  name: 'Continue this',
  allow: 'everyone',
  reply: 'public',
  writes: true,
  run: (services, message, context) =>
    continuationReply(services, context, (onDraft) =>
      services.continuing.continueMessage(message, askedBy(context), onDraft),
    ),
  buttons: continuationActions,
});
