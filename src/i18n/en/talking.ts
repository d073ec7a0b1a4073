import type { Composed } from '../../services/talking/composing.js';
import type { Foretold } from '../../services/talking/predicting.js';
import type { PlaceSettings } from '../../services/talking/settings.js';
import type { VoteOutcome } from '../../services/talking/voting.js';
import type { VersionVotes } from '../../store/feedback.js';
import { unreachable } from '../../unreachable.js';

/** From this share of the server's messages on, a text is typical; below the other, it is not. */
const TYPICAL = 0.5;
const UNUSUAL = 0.1;
/** Of the characters that may come next, as many are told in words. */
const TOLD = 3;

export const talkingErrors = {
  not_yours: () => 'Only who asked for this text, or a moderator, can stop it.',
  version_gone: ({ version, versions }: { version: number; versions: readonly number[] }) =>
    `Version ${version} cannot write (any more). These can: ${versions.join(', ')}.`,
  nothing_to_continue: () => 'There is no text to continue in this message.',
  nothing_to_predict: () => 'There is no text to look at in this.',
  answers_people_only: () => 'I answer only people, not bots or myself.',
  quiet_here: ({ until }: { until: number }) =>
    `I was asked to be quiet here until ${time(until)}. A moderator can end that with \`/talk quiet minutes:0\`.`,
  quiet_too_long: ({ minutes }: { minutes: number }) =>
    `You can ask for 1 to ${minutes} minutes of quiet. Moderators can ask for longer, and end it with 0.`,
  word_empty: () => 'There is nothing to block in this: give a word or a phrase.',
  word_not_blocked: () => 'That word is not blocked. `/talk status` shows those that are.',
  too_many_blocked: ({ limit }: { limit: number }) =>
    `${limit} words are blocked, and there cannot be more. Take some off with \`/talk unblock\`.`,
  choose_characters_or_unlimited: () =>
    'Give `characters`, or switch `unlimited` on: one of the two, not both.',
  imitates_no_bots: () => 'I imitate only people, not bots.',
  imitation_not_allowed: ({ name }: { name: string }) =>
    `${name} has not allowed imitations. Only they can, with \`/privacy imitation allow:True\`.`,
  own_imitation_not_allowed: () =>
    'You have not allowed imitations of you. You can, for everyone here, with `/privacy imitation allow:True`.',
  imitation_unknown: ({ name }: { name: string }) =>
    `I do not know how ${name} talks: too few of their messages are in what the live model has learned.`,
};

export const talking = {
  stop: () => 'Stop',
  stopped: () => 'Stopped. What is written stays.',
  finished: () => 'It is finished already.',

  continue: {
    footer: ({ seed, version, temperature, topP, stopped }: Omit<Composed, 'id' | 'text'>) =>
      `-# ${stopped ? 'stopped · ' : ''}seed ${seed} · temperature ${temperature} · top_p ${topP} · model version ${version}`,
    again: () => 'Again',
    more: () => 'More',
  },

  vote: ({ outcome, vote, version }: VoteOutcome) => {
    const thumb = vote === 1 ? '👍' : '👎';
    switch (outcome) {
      case 'counted':
        return `${thumb} counted for version ${version}. Press it again to take it back.`;
      case 'withdrawn':
        return `${thumb} taken back.`;
      case 'taken_back':
        return `${thumb} counted for version ${version}. You are a moderator: so I deleted the text and will not say it again.`;
      default:
        return unreachable(outcome);
    }
  },

  reply: {
    answering: ({ url }: { url: string }) => `-# in answer to ${url}`,
  },

  imitate: {
    label: ({ name, version }: { name: string; version: number }) =>
      `🎭 **An imitation of ${name}**, written by model version ${version}:`,
  },

  predict: {
    told: (foretold: Foretold) =>
      [
        `**Next:** ${next(foretold, TOLD)}.`,
        typical(foretold.typical),
        `-# ${foretold.bitsPerCharacter.toFixed(2)} bits per character · model version ${foretold.version}`,
      ].join('\n'),
    alt: (foretold: Foretold) =>
      `What comes next: ${plainNext(foretold)}. The text costs ${foretold.bitsPerCharacter.toFixed(2)} bits per character; ` +
      `most surprising: ${mostSurprising(foretold)}.`,
  },

  talk: {
    chance: ({ place, percent }: { place: string; percent: number }) =>
      percent === 0
        ? `In <#${place}> I speak only when I am spoken to.`
        : `In <#${place}> I answer ${percent} % of the messages by chance, at most one a minute. \`/talk quiet\` silences me, for everyone.`,
    quiet: ({ place, until, now }: { place: string; until: number; now: boolean }) =>
      now
        ? `I answer in <#${place}> again.`
        : `Quiet in <#${place}> until ${time(until)}: I answer nobody there, mentioned or not. Commands go on.`,
    blocked: ({ word }: { word: string }) => `Blocked: ${word}. I will not say it, however it is spelled.`,
    unblocked: ({ word }: { word: string }) => `No longer blocked: ${word}.`,
    verbatim: ({ characters }: { characters: number | undefined }) =>
      characters === undefined
        ? 'What I write may be, in any length, what somebody wrote.'
        : `What I write has at most ${characters} characters in a row that somebody wrote in one message.`,
    status: (status: TalkStatus) =>
      [
        ...(status.places.length === 0
          ? ['**Unasked:** nowhere. Managers can change that with `/talk chance`.']
          : status.places.map((place) => placeLine(place, status.now))),
        `**Copies:** ${status.maxVerbatim === undefined ? 'any number of' : `at most ${status.maxVerbatim}`} characters in a row of one message`,
        ...(status.votes.length === 0
          ? ['**Votes:** none yet']
          : status.votes.map(({ version, up, down }) => `**Version ${version}:** 👍 ${up} 👎 ${down}`)),
        ...(status.blocked === undefined
          ? []
          : [`**Blocked:** ${status.blocked.length === 0 ? 'nothing' : status.blocked.join(', ')}`]),
      ].join('\n'),
  },

  privacy: {
    imitation: ({ allowed }: { allowed: boolean }): string =>
      allowed
        ? 'Everyone here may now ask for imitations of you with `/imitate`; each is labelled as one. Take it back at any time.'
        : 'Nobody can ask for imitations of you.',
    status: ({ imitation }: { imitation: boolean }): string =>
      imitation
        ? '**Imitations of you:** allowed. `/privacy imitation allow:False` ends that.'
        : '**Imitations of you:** not allowed.',
  },
};

export interface TalkStatus {
  places: readonly PlaceSettings[];
  maxVerbatim: number | undefined;
  votes: readonly VersionVotes[];
  /** Undefined for those who may not see them. */
  blocked: readonly string[] | undefined;
  now: number;
}

function placeLine({ id, chance, quietUntil }: PlaceSettings, now: number): string {
  const parts = [
    chance > 0 ? `${chance} % of the messages answered by chance` : undefined,
    quietUntil > now ? `quiet until ${time(quietUntil)}` : undefined,
  ];
  return `<#${id}>: ${parts.filter((part) => part !== undefined).join(', ')}`;
}

function next({ next: likely }: Foretold, count: number): string {
  return likely
    .slice(0, count)
    .map(({ character, end, probability }) => `${end ? 'the end' : shown(character)} ${percent(probability)}`)
    .join(', ');
}

function plainNext({ next: likely }: Foretold): string {
  return likely
    .map(({ character, end, probability }) => `${end ? 'the end' : named(character)} ${percent(probability)}`)
    .join(', ');
}

function mostSurprising({ surprise }: Foretold): string {
  return surprise
    .toSorted((a, b) => b.bits - a.bits)
    .slice(0, TOLD)
    .map(({ character, bits }) => `${named(character)} with ${bits.toFixed(1)} bits`)
    .join(', ');
}

function typical(share: number | undefined): string {
  if (share === undefined) return 'I know too few messages of this length to say how typical it is.';
  const word =
    share >= TYPICAL ? 'Typical of this server' : share >= UNUSUAL ? 'A little unusual here' : 'Unusual here';
  return `**${word}:** ${percent(share)} of its own messages of about this length surprise me more.`;
}

/** A character as code, whatever it is. */
function shown(character: string): string {
  return character === '`' ? '`` ` ``' : `\`${named(character)}\``;
}

function named(character: string): string {
  if (character === ' ') return '␣';
  return character === '\n' ? '↵' : character;
}

function percent(share: number): string {
  return share > 0 && share < 0.005 ? '< 1 %' : `${Math.round(share * 100)} %`;
}

function time(at: number): string {
  return `<t:${Math.ceil(at / 1000)}:f>`;
}
