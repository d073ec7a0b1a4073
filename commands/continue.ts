import { fit } from '../src/corpus/fit.js';
import { defineCommand, type Reply } from '../src/discord/define-command.js';
import type { Strings } from '../src/i18n/index.js';
import type { Continuation } from '../src/services/continuing.js';

const MESSAGE_LIMIT = 2_000;

export default defineCommand({
  name: 'continue',
  description: 'Continues a text the way this server talks',
  allow: 'everyone',
  reply: 'public',
  options: {
    prompt: { type: 'string', description: 'The beginning of the text', required: true, maxLength: 400 },
    length: { type: 'integer', description: 'How many characters to write (default 200)', min: 1, max: 1500 },
    temperature: {
      type: 'number',
      description: 'From 0.1, timid, to 2.0, wild (default 0.8)',
      min: 0.1,
      max: 2,
    },
    seed: { type: 'integer', description: 'The same seed gives the same text', min: 0, max: 2 ** 31 - 1 },
  },
  run: async ({ continuing }, { prompt, length = 200, temperature = 0.8, seed }, { guildId, strings }) => {
    const continuation = await continuing.continueText({ guildId, prompt, length, temperature, seed });
    return reply(continuation, prompt + continuation.text, strings);
  },
  buttons: {
    again: {
      reply: 'public',
      run: async ({ continuing }, id, { guildId, strings }) => {
        const continuation = await continuing.again(id, guildId);
        return reply(continuation, continuation.prompt + continuation.text, strings);
      },
    },
    more: {
      reply: 'public',
      run: async ({ continuing }, id, { guildId, strings }) => {
        const continuation = await continuing.more(id, guildId);
        return reply(continuation, `…${continuation.text}`, strings);
      },
    },
  },
});

function reply(continuation: Continuation, text: string, strings: Strings): Reply {
  const footer = `\n${strings.continue.footer(continuation)}`;
  return {
    content: fit(text, MESSAGE_LIMIT - footer.length) + footer,
    buttons: [
      { action: 'again', argument: continuation.id, label: strings.continue.again() },
      { action: 'more', argument: continuation.id, label: strings.continue.more() },
    ],
  };
}
