import type { audienceErrors as enErrors, audiences as en } from '../en/audiences.js';

export const audienceErrors: typeof enErrors = {
  version_not_here: ({ version }) =>
    `${version}번 버전은 이 채널의 모두가 볼 수는 없는 글을 배웠습니다. 그래서 그 글을 볼 수 있는 사람들의 채널에서만 씁니다.`,
  audience_public: ({ channel }) =>
    `<#${channel}> 채널은 누구나 볼 수 있으니 따로 할 일이 없습니다. \`/말뭉치 수집\` 명령어로 모으면 공개 모델이 배우고, 공개 모델은 어디서나 씁니다.`,
  audience_not_asked: ({ channel }) =>
    `<#${channel}> 채널을 보는 사람들에게는 전용 모델이 없습니다. 관리자가 \`/말뭉치 공개범위 채널:\` 명령어로 만들 수 있습니다.`,
  audience_channel_missing: () => '어느 채널의 전용 모델을 지울지 채널을 골라 주세요.',
};

export const audiences: typeof en = {
  added: ({ namedBy, channels, learned }) =>
    [
      `이제 <#${namedBy}> 채널을 보는 사람들에게 전용 모델이 있습니다. 공개 채널과, 똑같은 사람들만 볼 수 있는 채널에서 배웁니다: ${mentions(channels)}.`,
      '전용 모델은 이 채널들에서만 씁니다. 다른 곳에서는 공개 모델이 쓰고, 공개 모델은 이 채널들에서 아무것도 배우지 않습니다.',
      learned.length === 0
        ? `다음으로 배울 채널마다 \`/말뭉치 수집\` 명령어를 쓰고, \`/재학습 대상:\` 명령어에서 <#${namedBy}> 채널을 고르세요.`
        : `다음으로 \`/재학습 대상:\` 명령어에서 <#${namedBy}> 채널을 고르세요.`,
    ].join('\n'),

  list: ({ audiences }) =>
    audiences.length === 0
      ? '누구나 볼 수 있는 채널에서 배우는 공개 모델만 있습니다. 어떤 채널을 보는 사람들의 전용 모델은 `/말뭉치 공개범위 채널:` 명령어로 만듭니다.'
      : [
          '누구나 볼 수 있는 채널에서만 배우는 공개 모델 말고도 다음 모델이 있습니다.',
          ...audiences.map(
            ({ namedBy, channels, learned, version }) =>
              `- **<#${namedBy}> 채널을 보는 사람들 전용**: ` +
              (channels.length === 0
                ? '이제 이 사람들만 보는 채널이 없습니다. '
                : `쓰는 채널은 ${mentions(channels)}, 배우는 채널은 ${learned.length === 0 ? '아직 없습니다' : mentions(learned)}. `) +
              (version === undefined ? '아직 버전이 없습니다' : `버전 ${version} 사용 중`),
          ),
        ].join('\n'),

  removed: ({ channel, left }) =>
    `<#${channel}> 채널을 보는 사람들의 전용 모델을 없앴습니다. 그 버전은 모두 지웠고, 이제 공개 모델이 씁니다.` +
    (left.length === 0 ? '' : ` 더 이상 모으거나 배우지 않는 채널: ${mentions(left)}.`),

  whose: ({ channel }) => `**<#${channel}> 채널을 보는 사람들의 전용 모델:**`,
  short: ({ channel }) => (channel === null ? '없어진 전용 모델' : `<#${channel}> 전용`),

  outcome: ({ channel, isShown }) =>
    `-# 이 모델은 <#${channel}> 채널을 보는 사람들 전용이고, 그 사람들만 보는 곳에서만 씁니다.` +
    (isShown ? '' : ' 그래서 쓰는 글은 여기에 보여 드리지 않습니다.'),
};

const MOST = 15;

function mentions(channels: readonly string[]): string {
  const shown = channels.slice(0, MOST).map((id) => `<#${id}>`);
  const others = channels.length - MOST;
  return shown.join(', ') + (others > 0 ? ` 외 ${others}개` : '');
}
