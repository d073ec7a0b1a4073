import { each } from './each.js';

const FLAG = {
  id: '111111',
  guild_id: '222222',
  channel_id: '333333',
  author_id: '444444',
  content: 'x',
  weights: '[1]',
  signals: [] as string[],
  score: 0.957,
  version: 2,
  times: 1,
  state: 'open',
  action: 'none',
  gone: 0,
  disputed: 0,
  resolved_by: '555555',
};
const SETTINGS = {
  review_channel_id: '333333',
  flag_threshold: 0.91,
  auto_action: 'none',
  auto_threshold: 0.97,
  timeout_minutes: 60,
};
const VERSION = {
  version: 12,
  createdAt: Date.UTC(2026, 2, 14),
  precision: 0.91,
  recall: 0.82,
  verdicts: 1_234,
  confirmed: 31,
  falseAlarms: 11,
  missed: 17,
};
const ACTION = {
  kind: 'delete',
  channel_id: '333333',
  member_id: '444444',
  actor_id: null,
  score: 0.957,
  until: 86_400_000,
  undone_by: '555555',
  created_at: 1_234_567_000,
  quote: 'x',
};
const REPORT = { macroF1: 0.71, heldOut: 1_234, verdicts: 55 };
const EXAMPLE = { content: 'x', channelId: '333333', score: 0.957 };
const STATS = {
  settings: SETTINGS,
  isPaused: true,
  exemptions: [],
  sinceStart: { classified: 1_234, unsure: 21, dropped: 31, failed: 41 },
  open: 51,
  disputed: 61,
  confirmed: 71,
  falseAlarms: 81,
  verdicts: 91,
  versions: [VERSION, { ...VERSION, version: 0, verdicts: 0 }],
};
const NOTICE = {
  kind: 'delete',
  channel: '333333',
  quote: 'x',
  until: 86_400_000,
  isAutomatic: true,
  canDispute: true,
};

export const moderation: Record<string, unknown[][]> = {
  'errors.permission_missing': each({ action: ['delete', 'timeout'] }, { channel: '333333' }),
  'errors.action_blocked': each({ action: ['delete', 'timeout'] }, { obstacle: 'missing_permission' }).concat(
    each({ obstacle: ['role_too_high', 'owner', 'not_a_member', 'gone'] }, { action: 'delete' }),
  ),
  'spam.welcome': [[SETTINGS]],
  'spam.watching': [[SETTINGS]],
  'spam.automatic': each({ auto_action: ['none', 'delete', 'timeout'] }, SETTINGS).concat(
    each({ timeout_minutes: [45] }, SETTINGS),
  ),
  'spam.exemptions': [
    [{ exemptions: [] }],
    [{ exemptions: Array.from({ length: 25 }, () => ({ kind: 'role', target_id: '666666' })) }],
  ],
  'spam.flagHead': each({ score: [0.957, null], disputed: [0, 1] }, FLAG).concat(each({ gone: [1] }, FLAG)),
  'spam.flagFoot': each({ action: ['none', 'delete', 'timeout'], gone: [0, 1] }, FLAG).concat(
    each(
      { state: ['confirmed', 'false_alarm'], times: [14] },
      {
        ...FLAG,
        signals: [
          'link:invite',
          'link:imitation',
          'link:shortener',
          'link:address',
          'link:masked',
          'account:day',
          'account:week',
          'account:month',
          'file:risky',
          'file:words',
          'emoji:many',
          'capitals',
          'disguise',
          'everyone',
          'money',
          'phone',
          'links:1',
          'links:5',
          'mentions:5',
          'files:5',
          'copies:5',
        ],
      },
    ),
  ),
  'spam.queue': each({ open: [1, 25] }),
  'spam.queueLeft': each({ open: [0, 25] }),
  'spam.notice': each(
    { kind: ['delete', 'timeout'], isAutomatic: [true, false], canDispute: [true, false] },
    NOTICE,
  ),
  'spam.log': [
    [{ actions: [] }],
    [
      {
        actions: [
          ACTION,
          { ...ACTION, kind: 'timeout', actor_id: '777777' },
          { ...ACTION, kind: 'lift', undone_by: null },
        ],
      },
    ],
  ],
  'spam.logged': [[{ action: ACTION, quote: 'x' }]],
  'spam.backtest': [
    [
      {
        days: 30,
        threshold: 0.95,
        messages: 1_234,
        flagged: 55,
        acted: 44,
        channels: [{ id: '333333', messages: 66, acted: 33 }],
        above: [EXAMPLE],
        below: [EXAMPLE],
      },
      () => 'x',
    ],
    [
      {
        days: 30,
        threshold: 0.95,
        messages: 1_234,
        flagged: 55,
        acted: 0,
        channels: [],
        above: [],
        below: [],
      },
      () => 'x',
    ],
  ],
  'spam.learned': [
    [{ kind: 'promoted', version: 12, report: REPORT, liveMacroF1: 0.61 }],
    [{ kind: 'promoted', version: 12, report: { ...REPORT, heldOut: 0 }, liveMacroF1: undefined }],
    [{ kind: 'rejected', report: REPORT, liveMacroF1: 0.81 }],
  ],
  'spam.stats': [[STATS], [{ ...STATS, settings: { ...SETTINGS, review_channel_id: null } }]],
  'spam.versionsAlt': [[[VERSION]]],
};
