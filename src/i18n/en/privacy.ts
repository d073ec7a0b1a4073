import type { MemberExport } from '../../services/privacy/exporting.js';
import type { Forgotten } from '../../services/privacy/forgetting.js';
import type { PrivacyStatus } from '../../services/privacy/privacy.js';
import type { Standing } from '../../services/privacy/choices.js';
import type { GuildRow } from '../../store/schema.js';
import { unreachable } from '../../unreachable.js';
import { time } from '../figures.js';
import { policy } from './privacy-policy.js';
import { count, number } from './words.js';

export const privacyErrors = {
  not_your_message: () => 'Only who wrote a message, or a moderator, can keep me from learning it.',
  export_underway: () => 'I am still writing the file that you asked for before. Please wait for it.',
};

export const privacy = {
  policy,

  status: ({ here, elsewhere, standing, imitation, until, url }: PrivacyStatus) =>
    [
      here === undefined
        ? '**Stored here:** no message of yours'
        : `**Stored here:** ${count(here.messages, 'message')} of yours, the oldest from ${time(here.since, 'f')}`,
      elsewhere.messages === 0
        ? undefined
        : `**In my other servers:** ${count(elsewhere.messages, 'message')}, in ${count(elsewhere.guilds, 'server')}`,
      `**Collecting:** ${rule(standing)}`,
      imitation
        ? '**Imitations of you:** allowed. `/privacy imitation allow:False` ends that.'
        : '**Imitations of you:** not allowed.',
      until === undefined
        ? undefined
        : `**Still remembered:** a model here may know messages that were taken out, of anybody. By ${time(until, 'f')} at the latest it will not.`,
      '-# `/privacy export` gives you all of it, `/privacy opt-out` ends the collecting, `/privacy forget` erases what is stored, ' +
        '`/privacy policy` says the rest.' +
        (url === undefined ? '' : ` ${url}`),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  optedIn: ({ everywhere }: { everywhere: boolean }) =>
    `Your messages may be collected and learned ${where(everywhere)} again, in the channels that are switched on. That includes ` +
    'what is stored of you already; a later reading of a channel’s history can take in what you wrote meanwhile. ' +
    '`/privacy opt-out` ends it at any time.',
  optedOut: ({ everywhere, until }: { everywhere: boolean; until: number | undefined }) =>
    `I no longer collect your messages ${where(everywhere)}, from this moment on, and nobody can ask for imitations of you. ` +
    `What I stored before stays, but is not learned any more; ${remembered(until)} To have it erased as well, use \`/privacy forget\`.`,

  imitation: ({ allowed }: { allowed: boolean }): string =>
    allowed
      ? 'Everyone here may now ask for imitations of you with `/imitate`; each is labelled as one. Take it back at any time.'
      : 'Nobody can ask for imitations of you.',

  forgetting: ({ everywhere, messages }: { everywhere: boolean; messages: number }) =>
    [
      `This erases, for good, ${everywhere ? 'in every server that I am in' : 'in this server'}:`,
      `- ${count(messages, 'message')} of yours that I have stored`,
      '- texts that you had me write, texts that go on with your messages, and your votes',
      '- copies of your words in the flags and the log of the spam filter',
      'Nobody can ask for imitations of you any more. Older messages do not come back, whoever brings them. ' +
        'Messages in Discord itself stay: only you can delete those.',
      'What you write **from now on** is another matter: it is collected as before, unless you also opt out.',
    ].join('\n'),
  forget: () => 'Erase for good',
  keep: () => 'Keep',
  kept: () => 'Nothing was erased.',
  forgotten: ({
    everywhere,
    messages,
    until,
    allowed,
  }: Forgotten & { everywhere: boolean; allowed: boolean }) =>
    `Erased ${where(everywhere)}: ${count(messages, 'message')}, and whatever else had your words; ${remembered(until)} ` +
    (allowed
      ? 'What you write from now on is collected, unless you also opt out.'
      : 'What you write from now on is not collected.'),
  alsoOptOut: () => 'Also opt out',

  exported: ({ everywhere, messages, stored }: Export) =>
    messages === stored
      ? `Everything that I keep of you ${where(everywhere)}, with ${count(stored, 'message')}.`
      : `What I keep of you ${where(everywhere)}: the newest ${number(messages)} of ${count(stored, 'message')}, for more has no room in what ` +
        'Discord takes. Whoever runs me can give you all of it, at the shell:\n`npm run -s cli -- export --member ID`',
  exportAlt: () => 'What is kept of you, as JSON',

  consent: ({ mode }: { mode: GuildRow['consent'] }): string => {
    switch (mode) {
      case 'opt-out':
        return '**Consent:** opt-out. Everyone is collected in the channels that are switched on, but for who uses `/privacy opt-out`.';
      case 'opt-in':
        return '**Consent:** opt-in. Only who uses `/privacy opt-in` is collected in the channels that are switched on.';
      default:
        return unreachable(mode);
    }
  },
  asksConsent: ({ members, messages }: { members: number; messages: number }) =>
    `With opt-in, ${count(members, 'member')} with ${count(messages, 'stored message')} would be affected, who never said ` +
    'whether they may be collected: those messages stay, but are no longer learned, and no new ones are stored until their authors use `/privacy opt-in`.',
  changeConsent: () => 'Switch to opt-in',
  leaveConsent: () => 'Leave it',
  consentLeft: () => 'It stays with opt-out.',
  consentAsked: ({
    members,
    messages,
    until,
  }: {
    members: number;
    messages: number;
    until: number | undefined;
  }) =>
    `From now on I collect and learn only from members who use \`/privacy opt-in\`: please tell them. ` +
    `${count(messages, 'message')} of ${count(members, 'member')} who have not said so left the corpus; ${remembered(until)}`,
  consentPresumed: () =>
    'From now on I collect everyone in the channels that are switched on, but for who uses `/privacy opt-out`: please tell your members. ' +
    'Stored messages of members who said nothing are learned again.',

  neverLearned: ({ messages, until }: Forgotten) =>
    messages === 0
      ? 'This message was not stored anyway, and it never will be.'
      : `Erased: I will never learn this message, nor store it again; ${remembered(until)}`,
};

export type Export = Pick<MemberExport, 'messages' | 'stored'> & { everywhere: boolean };

function rule({ allowed, by }: Standing): string {
  switch (by) {
    case 'here':
      return allowed
        ? 'allowed, as you said for this server'
        : 'off, as you said for this server. `/privacy opt-in` allows it.';
    case 'everywhere':
      return allowed
        ? 'allowed, as you said for all servers'
        : 'off, as you said for all servers. `/privacy opt-in` allows it here.';
    case 'opt-out':
      return 'allowed in the channels that are switched on, because you have not opted out';
    case 'opt-in':
      return 'off: this server collects only who allows it. `/privacy opt-in` does.';
    default:
      return unreachable(by);
  }
}

function where(everywhere: boolean): string {
  return everywhere ? 'in every server' : 'in this server';
}

/** The end of a sentence: when models have forgotten. */
function remembered(until: number | undefined): string {
  return until === undefined
    ? 'no model knows it.'
    : `by ${time(until, 'f')} at the latest, no model knows it any more.`;
}
