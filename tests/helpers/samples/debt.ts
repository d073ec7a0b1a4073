import { each } from './each.js';

const REASONS = {
  deleted: 11,
  edited: 12,
  forgotten: 13,
  opted_out: 14,
  not_opted_in: 15,
  banned: 16,
  never_learn: 17,
  channel_deleted: 18,
  audience_changed: 19,
  ignored: 21,
};
export const LINE = {
  audience: 'public',
  version: 12,
  messages: 1_234,
  reasons: REASONS,
  oldest: 86_400_000,
  trainsAt: 216_000_000,
  deadline: 345_600_000,
};
export const RECEIPT = {
  audience: 'public',
  written_at: 345_600_000,
  version: 13,
  reasons: REASONS,
  messages: 1_234,
  asked_at: 86_400_000,
  asked_until: 90_000_000,
  erased_versions: [11, 12],
};
const RECEIPTS = [
  RECEIPT,
  { ...RECEIPT, version: null, erased_versions: [12] },
  { ...RECEIPT, audience: 'x', messages: 1, reasons: { deleted: 1 } },
];

export const debt: Record<string, unknown[][]> = {
  'debt.status': [
    ...each({ receipt: [undefined, ...RECEIPTS] }, { lines: [] }),
    [{ lines: [LINE, { ...LINE, audience: 'x', trainsAt: undefined }], receipt: undefined }],
  ],
  'debt.settled': each({
    receipt: RECEIPTS,
    why: [undefined, 'not_permitted', 'too_small', 'refused', 'unfinished'],
  }),
};
