import type { Composed } from '../../services/talking/composing.js';
import type { Foretold } from '../../services/talking/predicting.js';
import type { PlaceSettings } from '../../services/talking/settings.js';
import type { TalkStatus } from '../../services/talking/talk-status.js';
import type { VoteOutcome } from '../../services/talking/voting.js';
import { unreachable } from '../../unreachable.js';
import { asCode, byTypicality, mostSurprising, TOLD, visible } from '../foretold.js';

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
  source_deleted: () => 'The message that this text went on with was deleted, and so is the text.',
  imitation_ends: () =>
    'This is an imitation, and I do not go on with those. Ask for another one with `/imitate`.',
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
      case 'not_deleted':
        return `${thumb} counted for version ${version}. You are a moderator: so I will not say this text again, but I could not delete it. Press it again if I may say it after all.`;
      case 'given_back':
        return `${thumb} taken back: I may say this text again.`;
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
    beginning: ({ opening }: { opening: string }) => `-# Its beginning was given: **${opening}**`,
  },

  predict: {
    told: (foretold: Foretold) =>
      [
        `**Next:** ${next(foretold)}.`,
        typical(foretold.typical),
        `-# ${foretold.bitsPerCharacter.toFixed(2)} bits per character · model version ${foretold.version}`,
      ].join('\n'),
    alt: (foretold: Foretold) =>
      `What comes next: ${plainNext(foretold)}. The text costs ${foretold.bitsPerCharacter.toFixed(2)} bits per character; ` +
      `most surprising: ${surprises(foretold)}.`,
  },

  talk: {
    chance: ({ place, percent }: { place: string; percent: number }) =>
      percent === 0
        ? `In <#${place}> I speak only when I am spoken to.`
        : `In <#${place}> I answer ${percent} % of the messages by chance, at most one a minute. \`/talk quiet\` silences me, for everyone.`,
    quiet: ({ place, until, channel }: TalkQuiet) => {
      if (until === undefined) return `I answer in <#${place}> again.`;
      return channel === undefined
        ? `Quiet in <#${place}> until ${time(until)}: I answer nobody there, mentioned or not. Other commands go on.`
        : `All of <#${channel}> is quiet until ${time(until)}, this thread as well. To end that, use \`/talk quiet minutes:0\` in the channel.`;
    },
    blocked: ({ word }: { word: string }) => `Blocked: ${word}. I will not say it, however it is spelled.`,
    unblocked: ({ word }: { word: string }) => `No longer blocked: ${word}.`,
    blockedAlt: () => 'All blocked words, one a line',
    forgiven: ({ count }: { count: number }) => {
      if (count === 0) return 'No text of mine is taken back here.';
      return count === 1
        ? 'I may say the text again that was taken back last.'
        : `I may say the ${count} texts again that were taken back last.`;
    },
    verbatim: ({ characters }: { characters: number | undefined }) =>
      characters === undefined
        ? 'What I write may be, in any length, what somebody wrote.'
        : `What I write has at most ${characters} characters in a row that somebody wrote in one message.`,
    status: (status: TalkStatus) =>
      [
        ...(status.places.length === 0
          ? [
              `**Unasked:** ${status.isHere ? 'not here' : 'nowhere'}. Managers can change that with \`/talk chance\`.`,
            ]
          : status.places.map((place) => placeLine(place, status.now))),
        ...(status.otherPlaces === 0 ? [] : [`and ${status.otherPlaces} more places`]),
        `**Copies:** ${status.maxVerbatim === undefined ? 'any number of' : `at most ${status.maxVerbatim}`} characters in a row of one message`,
        ...(status.votes.length === 0
          ? ['**Votes:** none yet']
          : status.votes.map(({ version, up, down }) => `**Version ${version}:** 👍 ${up} 👎 ${down}`)),
        ...(status.blocked === undefined ? [] : [`**Blocked:** ${blockedWords(status.blocked)}`]),
      ].join('\n'),
  },
};

export interface TalkQuiet {
  place: string;
  /** Undefined where quiet was ended. */
  until: number | undefined;
  /** Which keeps its thread quiet, although that was to be ended. */
  channel: string | undefined;
}

function blockedWords({ count, words }: NonNullable<TalkStatus['blocked']>): string {
  if (words === undefined) return `${count} words, see the list below`;
  return count === 0 ? 'nothing' : words.join(', ');
}

function placeLine({ id, chance, quietUntil }: PlaceSettings, now: number): string {
  const parts = [
    chance > 0 ? `${chance} % of the messages answered by chance` : undefined,
    quietUntil > now ? `quiet until ${time(quietUntil)}` : undefined,
  ];
  return `<#${id}>: ${parts.filter((part) => part !== undefined).join(', ')}`;
}

function next({ next: likely }: Foretold): string {
  return likely
    .slice(0, TOLD)
    .map(
      ({ character, end, probability }) => `${end ? 'the end' : asCode(character)} ${percent(probability)}`,
    )
    .join(', ');
}

function plainNext({ next: likely }: Foretold): string {
  return likely
    .map(
      ({ character, end, probability }) => `${end ? 'the end' : visible(character)} ${percent(probability)}`,
    )
    .join(', ');
}

function surprises(foretold: Foretold): string {
  return mostSurprising(foretold)
    .map(({ character, bits }) => `${visible(character)} with ${bits.toFixed(1)} bits`)
    .join(', ');
}

function typical(share: number | undefined): string {
  if (share === undefined) return 'I know too few messages of this length to say how typical it is.';
  const word = byTypicality(share, {
    typical: 'Typical of this server',
    little: 'A little unusual here',
    unusual: 'Unusual here',
  });
  return `**${word}:** ${percent(share)} of its own messages of about this length surprise me more.`;
}

function percent(share: number): string {
  return share > 0 && share < 0.005 ? '< 1 %' : `${Math.round(share * 100)} %`;
}

function time(at: number): string {
  return `<t:${Math.ceil(at / 1000)}:f>`;
}
