import { action, type ButtonAction } from './define-command.js';

/** Who is collected in a server: everyone who does not object, or only those who agree. */
export const consentAction = action({
  description: 'Whether members are collected unless they object, or only if they agree',
  reply: 'private',
  options: {
    mode: {
      type: 'string',
      description: 'What holds for members who say nothing; without it, shows what does',
      choices: ['opt-out', 'opt-in'],
    },
  },
  run: async ({ privacy }, { mode }, { guildId, strings: { privacy: texts } }) => {
    const current = await privacy.consent(guildId);
    if (mode === undefined || mode === current) return { content: texts.consent({ mode: current }) };
    if (mode === 'opt-out') {
      await privacy.setConsent(guildId, mode);
      return { content: texts.consentPresumed() };
    }
    return {
      content: texts.asksConsent(await privacy.undecided(guildId)),
      buttons: [
        { action: 'askConsent', argument: '', label: texts.changeConsent(), style: 'danger' },
        { action: 'leaveConsent', argument: '', label: texts.leaveConsent() },
      ],
    };
  },
});

export const consentButtons = {
  askConsent: {
    reply: 'update',
    run: async ({ privacy }, _argument, { guildId, strings }) => {
      const affected = await privacy.undecided(guildId);
      const { until } = await privacy.setConsent(guildId, 'opt-in');
      return { content: strings.privacy.consentAsked({ ...affected, until }) };
    },
  },
  leaveConsent: {
    reply: 'update',
    run: async (_services, _argument, { strings }) => ({ content: strings.privacy.consentLeft() }),
  },
} satisfies Record<string, ButtonAction>;
