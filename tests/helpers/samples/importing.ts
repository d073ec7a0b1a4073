import { each } from './each.js';

const COUNTS = {
  read: 12_345,
  added: 7_777,
  edited: 0,
  known: 0,
  leftOut: {},
  bad: 0,
  badRows: [],
  elsewhere: 0,
};
const FLAWS = ['not_json', 'not_csv', 'no_text', 'no_time', 'no_channel'];
const MORE_FLAWS = ['too_long', 'too_deep', 'cut_off', 'in_future', 'too_old'];
const FULL = {
  ...COUNTS,
  edited: 28,
  known: 17,
  leftOut: {
    bot: 31,
    system: 32,
    command: 33,
    empty: 34,
    opted_out: 35,
    not_opted_in: 36,
    erased: 37,
    private_channel: 38,
    unknown_channel: 39,
    other_guild: 40,
  },
  bad: 55,
  badRows: [...FLAWS, ...MORE_FLAWS].map((flaw, index) => ({ file: 'x', at: 60 + index, flaw })),
  elsewhere: 21,
};

export const importing: Record<string, unknown[][]> = {
  'errors.import_unreadable': each(
    { reason: ['missing', 'forbidden', 'special', 'locked', 'damaged'] },
    { file: 'x' },
  ),
  'errors.import_encoding': each({ byte: [undefined, 1_234] }, { file: 'x' }),
  'importing.would': [[COUNTS], [FULL]],
  'importing.done': [[COUNTS], [FULL]],
  'importing.cancelled': [[COUNTS], [FULL]],
};
