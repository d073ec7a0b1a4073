import { action, defineGroup } from '../src/discord/define-command.js';

export default defineGroup({
  name: 'privacy',
  description: 'What the bot may do with what you write',
  allow: 'everyone',
  subcommands: {
    imitation: action({
      description: 'Allow or forbid imitations of you',
      reply: 'private',
      options: {
        allow: { type: 'boolean', description: 'Whether everyone here may ask for them', required: true },
      },
      run: async ({ privacy }, { allow: allowed }, { guildId, userId, strings }) => {
        await privacy.setImitation(guildId, userId, allowed);
        return { content: strings.talking.privacy.imitation({ allowed }) };
      },
    }),
    status: action({
      description: 'What you allow',
      reply: 'private',
      options: {},
      run: async ({ privacy }, _options, { guildId, userId, strings }) => {
        const imitation = await privacy.allowsImitation(guildId, userId);
        return { content: strings.talking.privacy.status({ imitation }) };
      },
    }),
  },
});
