import type { BackfillNews, BackfillOutcome } from '../../services/backfilling/backfilling.js';
import { unreachable } from '../../unreachable.js';
import { bar, time } from '../figures.js';
import { duration } from './retrain.js';
import { count, number } from './words.js';

/** What is said of reading a channel's past. */
export const backfill = {
  cancel: () => 'Cancel',

  news: (news: BackfillNews): string => {
    switch (news.kind) {
      case 'waiting':
        return `I will read the past of <#${news.channelId}> when I am through with another channel of this server …`;
      case 'reading':
        return [
          `Reading the past of <#${news.channelId}> … ${bar(news.fraction)} ${Math.floor(news.fraction * 100)} %`,
          [
            `${count(news.read, 'message')} read`,
            `${number(news.stored)} new in the corpus`,
            `${number(Math.round(news.perSecond))} a second`,
            news.remainingMs === undefined ? undefined : `about ${duration(news.remainingMs)} left`,
          ]
            .filter((part) => part !== undefined)
            .join(' · '),
        ].join('\n');
      case 'interrupted':
        return `Discord does not answer. I go on reading the past of <#${news.channelId}> ${time(news.retryAt, 'R')} … So far: ${count(news.read, 'message')} read, ${number(news.stored)} new in the corpus.`;
      default:
        return unreachable(news);
    }
  },

  outcome: ({ kind, channelId, read, stored }: BackfillOutcome): string => {
    const sums = `${count(read, 'message')} read, ${number(stored)} new in the corpus.`;
    switch (kind) {
      case 'done':
        return `The past of <#${channelId}> is read: ${sums}`;
      case 'cancelled':
        return `I stopped reading the past of <#${channelId}>: ${sums} What was stored stays.`;
      case 'unwanted':
        return `I stopped reading the past of <#${channelId}>, for it is not collected any more: ${sums}`;
      case 'paused':
        return `I am restarting. Afterwards I go on reading the past of <#${channelId}> where I stopped, and say here when I am through. So far: ${sums}`;
      default:
        return unreachable(kind);
    }
  },
};

export const backfillErrors = {
  not_collecting: ({ channel }: { channel: string }) =>
    `I do not collect <#${channel}>. Switch it on first: \`/corpus collect\`.`,
  no_backfill: () => 'I am not reading the past of this channel any more.',
  channel_gone: ({ channel }: { channel: string }) => `The channel <#${channel}> is gone.`,
};
