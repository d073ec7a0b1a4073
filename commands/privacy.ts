import { action, type ButtonAction, type Context, defineGroup } from '../src/discord/define-command.js';
import type { Who } from '../src/services/privacy/choices.js';

const everywhere = {
  type: 'boolean',
  description: 'In every server that I am in, and those that I join later',
} as const;

export default defineGroup({
  name: 'privacy',
  description: 'What the bot may do with what you write',
  allow: 'everyone',
  subcommands: {
    status: action({
      description: 'What is stored of you, and what you allow',
      reply: 'private',
      options: {},
      run: async ({ privacy }, _options, { guildId, userId, strings }) => ({
        content: strings.privacy.status(await privacy.status(guildId, userId)),
      }),
    }),
    'opt-in': action({
      description: 'Allow your messages to be collected and learned',
      reply: 'private',
      options: { everywhere },
      run: async ({ privacy }, { everywhere = false }, context) => {
        await privacy.optIn(who(context, everywhere));
        return { content: context.strings.privacy.optedIn({ everywhere }) };
      },
    }),
    'opt-out': action({
      description: 'End the collecting of your messages, at once',
      reply: 'private',
      options: { everywhere },
      run: async ({ privacy }, { everywhere = false }, context) => {
        const { until } = await privacy.optOut(who(context, everywhere));
        return { content: context.strings.privacy.optedOut({ everywhere, until }) };
      },
    }),
    forget: action({
      description: 'Erase everything that is stored of you; asks first',
      reply: 'private',
      options: { everywhere },
      run: async ({ privacy }, { everywhere = false }, { guildId, userId, strings: { privacy: texts } }) => {
        const messages = await privacy.stored(userId, everywhere ? undefined : guildId);
        const argument = scopeOf(everywhere);
        return {
          content: texts.forgetting({ everywhere, messages }),
          buttons: [
            { action: 'forget', argument, label: texts.forget(), style: 'danger' },
            { action: 'keep', argument: '', label: texts.keep() },
          ],
        };
      },
    }),
    export: action({
      description: 'Everything that is stored of you, as a file',
      reply: 'private',
      options: { everywhere },
      run: async ({ privacy }, { everywhere = false }, context) => {
        const { name, bytes, ...exported } = await privacy.exportMember(who(context, everywhere));
        const texts = context.strings.privacy;
        return {
          content: texts.exported({ ...exported, everywhere }),
          files: [{ name, bytes, alt: texts.exportAlt() }],
        };
      },
    }),
    policy: action({
      description: 'What is kept, why, for how long, and what you can do about it',
      reply: 'private',
      options: {},
      run: async ({ privacy }, _options, { strings: { privacy: texts } }) => ({
        content: '',
        embeds: [
          {
            title: texts.policy.title(),
            description: texts.policy.intro(),
            fields: texts.policy
              .sections(privacy.policy)
              .map(({ title, text }) => ({ name: title, value: text })),
          },
        ],
      }),
    }),
    imitation: action({
      description: 'Allow or forbid imitations of you',
      reply: 'private',
      options: {
        allow: { type: 'boolean', description: 'Whether everyone here may ask for them', required: true },
      },
      run: async ({ privacy }, { allow: allowed }, { guildId, userId, strings }) => {
        await privacy.setImitation(guildId, userId, allowed);
        return { content: strings.privacy.imitation({ allowed }) };
      },
    }),
  },
  buttons: { forget: forgetting(), keep: keeping(), optOut: optingOut() },
});

// Whoever presses these speaks for nobody but themselves: the buttons know no member.

function forgetting(): ButtonAction {
  return {
    reply: 'update',
    run: async ({ privacy }, scope, context) => {
      const asked = who(context, scope === scopeOf(true));
      const { everywhere, guildId, memberId } = asked;
      const forgotten = await privacy.forget(asked);
      const { allowed } = await privacy.standing(guildId, memberId);
      const texts = context.strings.privacy;
      return {
        content: texts.forgotten({ ...forgotten, everywhere, allowed }),
        buttons: allowed ? [{ action: 'optOut', argument: scope, label: texts.alsoOptOut() }] : [],
      };
    },
  };
}

function keeping(): ButtonAction {
  return {
    reply: 'update',
    run: async (_services, _argument, { strings }) => ({ content: strings.privacy.kept() }),
  };
}

function optingOut(): ButtonAction {
  return {
    reply: 'update',
    run: async ({ privacy }, scope, context) => {
      const asked = who(context, scope === scopeOf(true));
      const { until } = await privacy.optOut(asked);
      return { content: context.strings.privacy.optedOut({ everywhere: asked.everywhere, until }) };
    },
  };
}

function who({ guildId, userId }: Context, everywhere: boolean): Who {
  return { guildId, memberId: userId, everywhere };
}

function scopeOf(everywhere: boolean): string {
  return everywhere ? 'everywhere' : 'here';
}
