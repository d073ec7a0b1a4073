import type { fairUse as fairUseEn, fairUseErrors as fairUseErrorsEn } from '../en/fair-use.js';

export const fairUse: typeof fairUseEn = {
  queued: ({ seconds }) => `지금 요청이 많습니다. 약 ${seconds}초 뒤에 차례가 옵니다 …`,
};

export const fairUseErrors: typeof fairUseErrorsEn = {
  busy: ({ seconds }) => `지금 요청이 너무 많습니다. 약 ${seconds}초 뒤에 다시 시도해 주세요.`,
  user_cooldown: ({ seconds }) => `짧은 시간에 많이 요청하셨습니다. ${seconds}초 뒤에 다시 시도해 주세요.`,
  channel_cooldown: ({ seconds }) =>
    `이 채널에서 짧은 시간에 요청이 많았습니다. ${seconds}초 뒤에 다시 시도하거나 다른 채널을 이용해 주세요.`,
};
