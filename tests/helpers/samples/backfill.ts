import { each } from './each.js';

const ABOUT = { channelId: '333333', read: 1_234, stored: 777 };

export const backfill: Record<string, unknown[][]> = {
  'backfill.news': [
    [{ kind: 'waiting', channelId: '333333' }],
    [{ kind: 'interrupted', ...ABOUT, retryAt: 86_400_000 }],
    ...each(
      { remainingMs: [undefined, 2_500, 720_000] },
      { kind: 'reading', ...ABOUT, fraction: 0.42, perSecond: 85 },
    ),
  ],
  'backfill.outcome': each({ kind: ['done', 'cancelled', 'unwanted', 'paused'] }, ABOUT),
};
