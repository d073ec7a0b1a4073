import { each } from './each.js';

const OFFICE = { namedBy: '333333', channels: ['333333', '444444'], learned: ['444444'], version: 12 };
const MANY = Array.from({ length: 32 }, (_, index) => String(555_500 + index));

export const audiences: Record<string, unknown[][]> = {
  'audiences.added': each({ learned: [[], ['333333']] }, OFFICE),
  'audiences.list': [
    [{ audiences: [] }],
    [
      {
        audiences: [
          OFFICE,
          { ...OFFICE, learned: [], version: undefined },
          { ...OFFICE, channels: [] },
          { ...OFFICE, channels: MANY },
        ],
      },
    ],
  ],
  'audiences.removed': each({ left: [[], ['333333', '444444']] }, { channel: '333333' }),
  'audiences.short': each({ channel: ['333333', null] }),
  'audiences.outcome': each({ isShown: [true, false] }, { channel: '333333' }),
};
