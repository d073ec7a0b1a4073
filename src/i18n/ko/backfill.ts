import { unreachable } from '../../unreachable.js';
import type { backfill as backfillEn, backfillErrors as backfillErrorsEn } from '../en/backfill.js';
import { bar, time } from '../figures.js';
import { duration } from './retrain.js';
import { number } from './words.js';

export const backfill: typeof backfillEn = {
  cancel: () => '취소',

  news: (news): string => {
    switch (news.kind) {
      case 'waiting':
        return `이 서버의 다른 채널을 다 읽은 뒤에 <#${news.channelId}> 채널의 지난 기록을 읽겠습니다 …`;
      case 'reading':
        return [
          `<#${news.channelId}> 채널의 지난 기록을 읽고 있습니다 … ${bar(news.fraction)} ${Math.floor(news.fraction * 100)}%`,
          [
            `읽은 메시지 ${number(news.read)}개`,
            `새로 모은 메시지 ${number(news.stored)}개`,
            `초당 ${number(Math.round(news.perSecond))}개`,
            news.remainingMs === undefined ? undefined : `약 ${duration(news.remainingMs)} 남음`,
          ]
            .filter((part) => part !== undefined)
            .join(' · '),
        ].join('\n');
      case 'interrupted':
        return `Discord가 응답하지 않습니다. ${time(news.retryAt, 'R')} <#${news.channelId}> 채널의 지난 기록을 이어서 읽겠습니다 … 지금까지 메시지 ${number(news.read)}개를 읽었고, 새로 모은 것은 ${number(news.stored)}개입니다.`;
      default:
        return unreachable(news);
    }
  },

  outcome: ({ kind, channelId, read, stored }): string => {
    const sums = `메시지 ${number(read)}개를 읽었고, 새로 모은 것은 ${number(stored)}개입니다.`;
    switch (kind) {
      case 'done':
        return `<#${channelId}> 채널의 지난 기록을 다 읽었습니다. ${sums}`;
      case 'cancelled':
        return `<#${channelId}> 채널의 지난 기록을 그만 읽습니다. ${sums} 모은 것은 그대로 남습니다.`;
      case 'unwanted':
        return `<#${channelId}> 채널은 더 이상 수집하지 않아서 지난 기록을 그만 읽었습니다. ${sums}`;
      case 'paused':
        return `다시 시작하는 중입니다. 켜지면 <#${channelId}> 채널의 지난 기록을 멈춘 곳부터 이어서 읽고, 다 읽으면 여기에 알리겠습니다. 지금까지 ${sums}`;
      default:
        return unreachable(kind);
    }
  },
};

export const backfillErrors: typeof backfillErrorsEn = {
  not_collecting: ({ channel }) =>
    `<#${channel}> 채널은 수집하지 않고 있습니다. 먼저 \`/말뭉치 수집\` 명령어로 켜세요.`,
  no_backfill: () => '이 채널의 지난 기록은 이제 읽고 있지 않습니다.',
  channel_gone: ({ channel }) => `<#${channel}> 채널이 없어졌습니다.`,
};
