import type { Composed } from '../../services/talking/composing.js';
import type { Foretold } from '../../services/talking/predicting.js';
import type { PlaceSettings } from '../../services/talking/settings.js';
import type { VoteOutcome } from '../../services/talking/voting.js';
import { unreachable } from '../../unreachable.js';
import type { TalkStatus } from '../../services/talking/talk-status.js';
import type { talking as en, talkingErrors as enErrors } from '../en/talking.js';
import { asCode, byTypicality, mostSurprising, TOLD, visible } from '../foretold.js';
import { timestamp } from './words.js';

export const talkingErrors: typeof enErrors = {
  not_yours: () => '이 글을 요청한 사람이나 운영진만 멈출 수 있습니다.',
  version_gone: ({ version, versions }) =>
    `${version}번 버전은 글을 쓸 수 없습니다. 쓸 수 있는 버전: ${versions.join(', ')}.`,
  nothing_to_continue: () => '이 메시지에는 이어 쓸 글이 없습니다.',
  nothing_to_predict: () => '살펴볼 글이 없습니다.',
  answers_people_only: () => '봇이나 저 자신이 아니라 사람에게만 답합니다.',
  quiet_here: ({ until }) =>
    `여기서는 ${timestamp(until, 'f')}까지 조용히 해 달라는 요청을 받았습니다. 운영진은 \`/대화 조용히 분:0\`으로 끝낼 수 있습니다.`,
  quiet_too_long: ({ minutes }) =>
    `1분에서 ${minutes}분까지 조용히 해 달라고 요청할 수 있습니다. 더 길게 하거나 0으로 끝내는 것은 운영진만 할 수 있습니다.`,
  word_empty: () => '금지할 말이 없습니다. 단어나 구절을 입력하세요.',
  word_not_blocked: () => '금지하지 않은 말입니다. 금지한 말은 `/대화 상태`에서 볼 수 있습니다.',
  too_many_blocked: ({ limit }) =>
    `금지한 말이 ${limit}개 있어 더 추가할 수 없습니다. \`/대화 금지해제\` 명령어로 몇 개를 푸세요.`,
  choose_characters_or_unlimited: () => '`글자수`를 입력하거나 `무제한`을 켜세요. 둘 중 하나만 고르세요.',
  source_deleted: () => '이어 쓰던 메시지가 지워져서 이 글도 지웠습니다.',
  imitation_ends: () => '흉내 낸 글은 이어 쓰지 않습니다. `/흉내`로 새로 요청하세요.',
  imitates_no_bots: () => '봇이 아니라 사람만 흉내 냅니다.',
  imitation_not_allowed: ({ name }) =>
    `${name} 님은 흉내를 허락하지 않았습니다. 본인만 \`/개인정보 흉내 허용:True\`로 허락할 수 있습니다.`,
  own_imitation_not_allowed: () =>
    '아직 흉내를 허락하지 않았습니다. `/개인정보 흉내 허용:True`로 이 서버의 모두에게 허락할 수 있습니다.',
  imitation_unknown: ({ name }) =>
    `${name} 님의 말투를 모릅니다. 지금 쓰는 모델이 배운 글에 그분의 메시지가 너무 적습니다.`,
};

export const talking: typeof en = {
  stop: () => '멈추기',
  stopped: () => '멈췄습니다. 이미 쓴 글은 남습니다.',
  finished: () => '이미 다 썼습니다.',

  continue: {
    footer: ({ seed, version, temperature, topP, stopped }: Omit<Composed, 'id' | 'text'>) =>
      `-# ${stopped ? '멈춤 · ' : ''}시드 ${seed} · 온도 ${temperature} · 확률합 ${topP} · 모델 버전 ${version}`,
    again: () => '다시',
    more: () => '더 쓰기',
  },

  vote: ({ outcome, vote, version }: VoteOutcome) => {
    const thumb = vote === 1 ? '👍' : '👎';
    switch (outcome) {
      case 'counted':
        return `버전 ${version}에 ${thumb} 하나를 더했습니다. 다시 누르면 거둡니다.`;
      case 'withdrawn':
        return `${thumb} 평가를 거두었습니다.`;
      case 'taken_back':
        return `버전 ${version}에 ${thumb} 하나를 더했습니다. 운영진의 평가이므로 이 글을 지웠고 다시 말하지 않습니다.`;
      case 'not_deleted':
        return `버전 ${version}에 ${thumb} 하나를 더했습니다. 운영진의 평가이므로 이 글을 다시 말하지 않지만, 지우지는 못했습니다. 다시 말해도 되면 한 번 더 누르세요.`;
      case 'given_back':
        return `${thumb} 평가를 거두었습니다. 이 글을 다시 말할 수 있습니다.`;
      default:
        return unreachable(outcome);
    }
  },

  reply: {
    answering: ({ url }) => `-# ${url} 에 대한 답`,
  },

  imitate: {
    label: ({ name, version }) => `🎭 **${name} 님 흉내**, ${version}번 버전 모델이 썼습니다:`,
    beginning: ({ opening }) => `-# 요청한 사람이 준 첫머리: **${opening}**`,
  },

  predict: {
    told: (foretold: Foretold) =>
      [
        `**다음 글자:** ${next(foretold)}.`,
        typical(foretold.typical),
        `-# 글자당 ${foretold.bitsPerCharacter.toFixed(2)}비트 · 모델 버전 ${foretold.version}`,
      ].join('\n'),
    alt: (foretold: Foretold) =>
      `다음에 올 글자: ${plainNext(foretold)}. 이 글은 글자당 ${foretold.bitsPerCharacter.toFixed(2)}비트입니다. ` +
      `가장 뜻밖인 글자: ${surprises(foretold)}.`,
  },

  talk: {
    chance: ({ place, percent }) =>
      percent === 0
        ? `<#${place}>에서는 저를 부를 때만 말합니다.`
        : `<#${place}>에서는 메시지의 ${percent}%에 우연히 답합니다. 많아도 1분에 한 번입니다. 누구나 \`/대화 조용히\`로 조용히 시킬 수 있습니다.`,
    quiet: ({ place, until, channel }) => {
      if (until === undefined) return `<#${place}>에서 다시 답합니다.`;
      return channel === undefined
        ? `<#${place}>에서 ${timestamp(until, 'f')}까지 조용히 합니다. 그동안은 불러도 답하지 않습니다. 다른 명령어는 그대로 쓸 수 있습니다.`
        : `<#${channel}> 채널 전체가 ${timestamp(until, 'f')}까지 조용히 하는 중이라 이 스레드에서도 조용히 합니다. 끝내려면 그 채널에서 \`/대화 조용히 분:0\`을 쓰세요.`;
    },
    blocked: ({ word }) => `금지했습니다: ${word}. 어떻게 적더라도 말하지 않습니다.`,
    unblocked: ({ word }) => `다시 허용합니다: ${word}.`,
    blockedAlt: () => '금지한 말 전체, 한 줄에 하나씩',
    forgiven: ({ count }) => {
      if (count === 0) return '이 서버에는 다시 말하지 않기로 한 글이 없습니다.';
      return count === 1
        ? '마지막으로 금지된 글을 다시 말할 수 있습니다.'
        : `마지막으로 금지된 글 ${count}개를 다시 말할 수 있습니다.`;
    },
    verbatim: ({ characters }) =>
      characters === undefined
        ? '제가 쓰는 글은 누군가 쓴 글과 얼마든지 길게 같을 수 있습니다.'
        : `제가 쓰는 글이 한 메시지의 글과 연달아 같은 것은 ${characters}자까지입니다.`,
    status: (status: TalkStatus) =>
      [
        ...(status.places.length === 0
          ? [
              `**먼저 말하는 곳:** ${status.isHere ? '여기는 아님' : '없음'}. 관리자는 \`/대화 확률\`로 바꿀 수 있습니다.`,
            ]
          : status.places.map((place) => placeLine(place, status.now))),
        ...(status.otherPlaces === 0 ? [] : [`그 밖에 ${status.otherPlaces}곳`]),
        `**베낀 글:** ${
          status.maxVerbatim === undefined
            ? '한 메시지와 연달아 같은 글자 수에 제한 없음'
            : `한 메시지와 연달아 ${status.maxVerbatim}자까지`
        }`,
        ...(status.votes.length === 0
          ? ['**평가:** 아직 없음']
          : status.votes.map(({ version, up, down }) => `**버전 ${version}:** 👍 ${up} 👎 ${down}`)),
        ...(status.blocked === undefined ? [] : [`**금지한 말:** ${blockedWords(status.blocked)}`]),
      ].join('\n'),
  },
};

function blockedWords({ count, words }: NonNullable<TalkStatus['blocked']>): string {
  if (words === undefined) return `${count}개, 아래 목록을 보세요`;
  return count === 0 ? '없음' : words.join(', ');
}

function placeLine({ id, chance, quietUntil }: PlaceSettings, now: number): string {
  const parts = [
    chance > 0 ? `메시지의 ${chance}%에 우연히 답함` : undefined,
    quietUntil > now ? `${timestamp(quietUntil, 'f')}까지 조용히` : undefined,
  ];
  return `<#${id}>: ${parts.filter((part) => part !== undefined).join(', ')}`;
}

function next({ next: likely }: Foretold): string {
  return likely
    .slice(0, TOLD)
    .map(
      ({ character, end, probability }) =>
        `${end ? '메시지의 끝' : asCode(character)} ${percent(probability)}`,
    )
    .join(', ');
}

function plainNext({ next: likely }: Foretold): string {
  return likely
    .map(
      ({ character, end, probability }) =>
        `${end ? '메시지의 끝' : visible(character)} ${percent(probability)}`,
    )
    .join(', ');
}

function surprises(foretold: Foretold): string {
  return mostSurprising(foretold)
    .map(({ character, bits }) => `${visible(character)} ${bits.toFixed(1)}비트`)
    .join(', ');
}

function typical(share: number | undefined): string {
  if (share === undefined)
    return '이 길이의 메시지를 너무 적게 알아서 얼마나 이 서버다운지 말할 수 없습니다.';
  const word = byTypicality(share, {
    typical: '이 서버다운 글',
    little: '조금 낯선 글',
    unusual: '낯선 글',
  });
  return `**${word}:** 비슷한 길이의 이 서버 메시지 가운데 ${percent(share)}가 더 뜻밖입니다.`;
}

function percent(share: number): string {
  return share > 0 && share < 0.005 ? '1% 미만' : `${Math.round(share * 100)}%`;
}
