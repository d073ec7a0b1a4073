import { askedBy, continuationActions, continuationReply } from '../src/discord/continuations.js';
import { defineCommand } from '../src/discord/define-command.js';
import { STYLE_NAMES } from '../src/services/talking/styles.js';

export default defineCommand({
  name: 'continue',
  description: 'Continues a text the way this server talks',
  allow: 'everyone',
  reply: 'public',
  writes: true,
  options: {
    prompt: {
      type: 'string',
      description: 'The beginning of the text',
      required: true,
      maxLength: 400,
      suggest: ({ continuing }, typed, { guildId, userId }) => continuing.suggestions(guildId, userId, typed),
    },
    length: { type: 'integer', description: 'How many characters to write (default 200)', min: 1, max: 1500 },
    style: { type: 'string', description: 'How daring it is (default normal)', choices: STYLE_NAMES },
    temperature: { type: 'number', description: 'From 0.1, timid, to 2.0, wild', min: 0.1, max: 2 },
    top_p: {
      type: 'number',
      description: 'From which share of the likeliest characters to draw; 1 is all',
      min: 0.05,
      max: 1,
    },
    seed: { type: 'integer', description: 'The same seed gives the same text', min: 0, max: 2 ** 31 - 1 },
    version: {
      type: 'integer',
      description: 'Which version of the model writes (default the live one)',
      min: 1,
    },
  },
  run: (services, { top_p: topP, ...options }, context) =>
    continuationReply(services, context, (onDraft) =>
      services.continuing.continueText({ ...askedBy(context), ...options, topP }, onDraft),
    ),
  buttons: continuationActions,
});
