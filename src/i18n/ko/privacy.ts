import type { Standing } from '../../services/privacy/choices.js';
import { unreachable } from '../../unreachable.js';
import type { privacy as en, privacyErrors as enErrors } from '../en/privacy.js';
import { policy } from './privacy-policy.js';
import { number, timestamp } from './words.js';

export const privacyErrors: typeof enErrors = {
  not_your_message: () => '메시지를 쓴 사람이나 운영진만 그 메시지를 배우지 않게 할 수 있습니다.',
  export_underway: () => '전에 요청한 파일을 아직 쓰고 있습니다. 조금만 기다려 주세요.',
};

export const privacy: typeof en = {
  policy,

  status: ({ here, elsewhere, standing, imitation, until, url }) =>
    [
      here === undefined
        ? '**이 서버에 저장된 메시지:** 없음'
        : `**이 서버에 저장된 메시지:** ${number(here.messages)}개, 가장 오래된 것은 ${timestamp(here.since, 'f')}`,
      elsewhere.messages === 0
        ? undefined
        : `**제가 있는 다른 서버:** 서버 ${number(elsewhere.guilds)}곳에 메시지 ${number(elsewhere.messages)}개`,
      `**수집:** ${rule(standing)}`,
      imitation
        ? '**흉내:** 허락함. `/개인정보 흉내 허용:False`로 거둘 수 있습니다.'
        : '**흉내:** 허락하지 않음.',
      until === undefined
        ? undefined
        : `**아직 남은 기억:** 이 서버의 모델이 누군가의 빠진 메시지를 아직 알고 있을 수 있습니다. 늦어도 ${timestamp(until, 'f')}에는 잊습니다.`,
      '-# `/개인정보 내보내기`로 전부 받아 보고, `/개인정보 수집거부`로 수집을 끝내고, `/개인정보 지우기`로 저장된 것을 지울 수 있습니다. ' +
        '나머지는 `/개인정보 방침`에 있습니다.' +
        (url === undefined ? '' : ` ${url}`),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  optedIn: ({ everywhere }) =>
    `이제 ${where(everywhere)} 켜져 있는 채널의 메시지를 다시 수집하고 배울 수 있습니다. 이미 저장된 메시지도 다시 배우며, ` +
    '나중에 채널의 기록을 읽을 때 그동안 쓴 메시지를 가져올 수도 있습니다. `/개인정보 수집거부`로 언제든지 끝낼 수 있습니다.',
  optedOut: ({ everywhere, until }) =>
    `이제 ${where(everywhere)} 메시지를 더 이상 수집하지 않으며, 아무도 흉내를 요청할 수 없습니다. ` +
    `전에 저장된 메시지는 남지만 더는 배우지 않습니다. ${remembered(until)} 저장된 것도 지우려면 \`/개인정보 지우기\`를 쓰세요.`,

  imitation: ({ allowed }) =>
    allowed
      ? '이제 이 서버의 누구나 `/흉내`로 흉내를 요청할 수 있습니다. 흉내에는 언제나 흉내라고 적힙니다. 언제든지 거둘 수 있습니다.'
      : '이제 아무도 흉내를 요청할 수 없습니다.',

  forgetting: ({ everywhere, messages }) =>
    [
      `${everywhere ? '제가 있는 모든 서버에서' : '이 서버에서'} 다음을 영원히 지웁니다:`,
      `- 저장된 메시지 ${number(messages)}개`,
      '- 요청해서 쓰게 한 글, 본인의 메시지를 이어 쓴 글, 본인이 한 평가',
      '- 스팸 필터의 신고와 기록에 남은 본인의 말',
      '더는 아무도 흉내를 요청할 수 없습니다. 예전 메시지는 누가 가져와도 다시 저장되지 않습니다. ' +
        'Discord에 있는 메시지는 그대로 남으며, 그것은 본인만 지울 수 있습니다.',
      '**지금부터** 쓰는 메시지는 수집을 거부하지 않으면 전처럼 수집됩니다.',
    ].join('\n'),
  forget: () => '영원히 지우기',
  keep: () => '그대로 두기',
  kept: () => '아무것도 지우지 않았습니다.',
  forgotten: ({ everywhere, messages, until, allowed }) =>
    `${where(everywhere)} 메시지 ${number(messages)}개와 그 밖에 남은 말을 모두 지웠습니다. ${remembered(until)} ` +
    (allowed
      ? '지금부터 쓰는 메시지는 수집을 거부하지 않으면 수집됩니다.'
      : '지금부터 쓰는 메시지는 수집하지 않습니다.'),
  alsoOptOut: () => '수집도 거부하기',

  exported: ({ everywhere, messages, stored }) =>
    messages === stored
      ? `${where(everywhere)} 저장된 본인의 정보 전부입니다. 메시지는 ${number(stored)}개입니다.`
      : `${where(everywhere)} 저장된 본인의 정보입니다. Discord가 받는 크기를 넘어서 메시지 ${number(stored)}개 중 최근 ${number(messages)}개만 담았습니다. ` +
        '봇을 운영하는 분은 셸에서 전부 꺼내 줄 수 있습니다:\n`npm run -s cli -- export --member ID`',
  exportAlt: () => '저장된 본인의 정보 파일',

  consent: ({ mode }) => {
    switch (mode) {
      case 'opt-out':
        return '**동의:** 거부하지 않으면 수집합니다. 켜져 있는 채널에서 `/개인정보 수집거부`를 쓴 사람만 빼고 모두 수집합니다.';
      case 'opt-in':
        return '**동의:** 허락해야 수집합니다. 켜져 있는 채널에서 `/개인정보 수집허용`을 쓴 사람만 수집합니다.';
      default:
        return unreachable(mode);
    }
  },
  asksConsent: ({ members, messages }) =>
    `허락한 사람만 수집하면, 수집해도 되는지 말한 적 없는 멤버 ${number(members)}명의 저장된 메시지 ${number(messages)}개가 달라집니다. ` +
    '메시지는 남지만 더는 배우지 않고, 쓴 사람이 `/개인정보 수집허용`을 쓸 때까지 새 메시지도 저장하지 않습니다.',
  changeConsent: () => '허락한 사람만 수집하기',
  leaveConsent: () => '그대로 두기',
  consentLeft: () => '전처럼 거부하지 않으면 수집합니다.',
  consentAsked: ({ members, messages, until }) =>
    '이제 `/개인정보 수집허용`을 쓴 멤버의 메시지만 수집하고 배웁니다. 멤버들에게 알려 주세요. ' +
    `아직 말하지 않은 멤버 ${number(members)}명의 메시지 ${number(messages)}개가 말뭉치에서 빠졌습니다. ${remembered(until)}`,
  consentPresumed: () =>
    '이제 켜져 있는 채널에서 `/개인정보 수집거부`를 쓴 사람만 빼고 모두 수집합니다. 멤버들에게 알려 주세요. ' +
    '아무 말도 하지 않은 멤버의 저장된 메시지는 다시 배웁니다.',

  neverLearned: ({ messages, until }) =>
    messages === 0
      ? '저장되지 않은 메시지입니다. 앞으로도 저장하지 않습니다.'
      : `지웠습니다. 이 메시지는 다시 배우지도 저장하지도 않습니다. ${remembered(until)}`,
};

function rule({ allowed, by }: Standing): string {
  switch (by) {
    case 'here':
      return allowed
        ? '이 서버에서 허락함'
        : '이 서버에서 거부함. `/개인정보 수집허용`으로 허락할 수 있습니다.';
    case 'everywhere':
      return allowed
        ? '모든 서버에서 허락함'
        : '모든 서버에서 거부함. 이 서버에서는 `/개인정보 수집허용`으로 허락할 수 있습니다.';
    case 'opt-out':
      return '거부하지 않았으므로 켜져 있는 채널에서 수집함';
    case 'opt-in':
      return '수집하지 않음. 이 서버는 허락한 사람만 수집합니다. `/개인정보 수집허용`으로 허락할 수 있습니다.';
    default:
      return unreachable(by);
  }
}

function where(everywhere: boolean): string {
  return everywhere ? '모든 서버에서' : '이 서버에서';
}

function remembered(until: number | undefined): string {
  return until === undefined
    ? '이를 아는 모델은 없습니다.'
    : `늦어도 ${timestamp(until, 'f')}에는 어떤 모델도 이를 알지 못합니다.`;
}
