import { defineCommand } from '../src/discord/define-command.js';
import { predictionMessage } from '../src/services/talking/prediction-message.js';

export default defineCommand({
  name: 'predict',
  description: 'Shows what may come after a text, what in it is surprising, and how typical it is here',
  allow: 'everyone',
  reply: 'public',
  writes: true,
  options: {
    text: { type: 'string', description: 'The text', required: true, maxLength: 200 },
  },
  run: async ({ predicting, pictures }, { text }, { guildId, audience, locale, strings }) => {
    const foretold = await predicting.predict({ guildId, audience }, text);
    const bytes = await pictures.prediction(foretold, { locale });
    return {
      content: predictionMessage(foretold, strings),
      files: [{ name: 'prediction.png', bytes, alt: strings.talking.predict.alt(foretold) }],
    };
  },
});
