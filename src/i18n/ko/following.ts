import type { following as en, followingErrors as enErrors } from '../en/following.js';

export const followingErrors: typeof enErrors = {
  channel_not_public: ({ channel }) =>
    `<#${channel}> 채널은 이 서버의 모두가 볼 수 있는 채널이 아니거나 연령 제한 채널입니다. 그곳의 말은 모두를 위한 모델이 배우면 안 됩니다. ` +
    '볼 수 있는 사람들만을 위해 배우려면 먼저 `/말뭉치 공개범위 채널:` 명령어로 전용 모델을 만들어 주세요.',
};

export const following: typeof en = {
  otherReaders: ({ channels }) =>
    `이제 다음 채널을 수집하지 않습니다: ${channels.map((id) => `<#${id}>`).join(', ')}. 수집을 시작할 때와 볼 수 있는 사람이 달라졌기 때문입니다. ` +
    '그곳에서 모은 것은 더 이상 배우지 않으며, 다음 학습 때 잊습니다. 계속 수집하려면 `/말뭉치 수집` 명령어를 다시 쓰세요.',
};
