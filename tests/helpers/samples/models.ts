import { LINE, RECEIPT } from './debt.js';
import { each } from './each.js';

const REPORT = {
  bitsPerCharacter: 2.05,
  liveVersion: 11,
  liveBitsPerCharacter: 2.31,
  ngramBitsPerCharacter: 2.62,
  verbatimRate: 0.12,
  loopRate: 0.14,
  trainedMs: 600_000,
  messages: 1_234,
  from: 11,
  gate: 'better',
  seed: 77,
};
const GATES = [
  'first',
  'better',
  'untested',
  'changed',
  'live_damaged',
  'not_better',
  'copies',
  'loops',
  'broken',
  'live_changed',
];
const MODEL = {
  version: 12,
  state: 'live',
  pruned: false,
  created_at: 86_400_000,
  bits_per_character: 2.05,
  report: REPORT,
  votes: { version: 12, up: 31, down: 17 },
  owes: 0,
  namedBy: undefined as string | null | undefined,
};
const BUDGET = { leftMs: 1_800_000, minutesPerDay: 120 };
const SETTINGS = {
  at: '04:30',
  quiet_from: null,
  quiet_until: null,
  zone: null,
  announce_channel_id: null,
  asked_channel_id: null,
};
const PLAN = { settings: SETTINGS, minutes: 10, next: 86_400_000, budget: BUDGET };
const PROGRESS = {
  fraction: 0.42,
  loss: 2.31,
  bitsPerCharacter: 2.05,
  charactersPerSecond: 12_345,
  remainingMs: 61_000,
};
const OURS = { guildId: '222222', what: 'model', fraction: 0.42 };
const AHEAD = [
  [],
  [OURS],
  [{ ...OURS, guildId: '999999', what: 'spam' }],
  [{ guildId: '', what: 'sentiment', fraction: undefined }],
];
const TRAINING = {
  training: { user_id: '777777' },
  progress: undefined,
  ahead: undefined,
  quietUntil: undefined,
};
const STATUS = {
  live: MODEL,
  newest: undefined,
  newMessages: 28,
  training: undefined,
  others: [] as object[],
  plan: PLAN,
  debt: { lines: [], receipt: undefined },
  guildId: '222222',
};
const OTHER = { namedBy: '333333', live: MODEL, newest: undefined, newMessages: 29, training: undefined };
const ESTIMATE = {
  minutes: 10,
  megabytes: 345,
  messages: 1_234,
  characters: 55_555,
  news: { version: 12, createdAt: 86_400_000, messages: 28, characters: 666 },
  beginning: { kind: 'continues', version: 12 },
  ahead: [],
  quietUntil: undefined,
  budget: BUDGET,
  guildId: '222222',
};

export const models: Record<string, unknown[][]> = {
  'errors.over_budget': each({ freeAt: [86_400_000, undefined] }, { minutes: 10, ...BUDGET }),
  'models.status': [
    ...[
      undefined,
      TRAINING,
      { ...TRAINING, quietUntil: 86_400_000 },
      { ...TRAINING, ahead: [OURS] },
      { ...TRAINING, ahead: [], progress: PROGRESS },
    ].map((training) => [{ ...STATUS, training }]),
    [{ ...STATUS, live: undefined }],
    [{ ...STATUS, debt: { lines: [LINE], receipt: RECEIPT } }],
    [{ ...STATUS, others: [OTHER, { ...OTHER, live: undefined, training: TRAINING }] }],
    [{ ...STATUS, others: Array.from({ length: 17 }, () => OTHER) }],
    [{ ...STATUS, training: { ...TRAINING, training: { user_id: null } } }],
    ...GATES.map((gate) => [
      { ...STATUS, newest: { ...MODEL, version: 13, state: 'rejected', report: { ...REPORT, gate } } },
    ]),
    [{ ...STATUS, live: { ...MODEL, report: { ...REPORT, from: undefined }, votes: undefined } }],
  ],
  'models.plan': [
    [PLAN],
    [
      {
        ...PLAN,
        settings: {
          at: null,
          quiet_from: '09:00',
          quiet_until: '18:00',
          zone: 'Asia/Seoul',
          announce_channel_id: '333333',
          asked_channel_id: null,
        },
      },
    ],
    [{ ...PLAN, next: undefined, budget: undefined }],
    [{ ...PLAN, settings: { ...SETTINGS, asked_channel_id: '333333' } }],
  ],
  'models.history': [
    [{ versions: [], more: 0 }],
    [{ versions: [MODEL, { ...MODEL, state: 'past', pruned: true }], more: 17 }],
    [{ versions: [{ ...MODEL, owes: 1_234 }], more: 0 }],
    [{ versions: [{ ...MODEL, state: 'rejected', report: undefined }], more: 0 }],
    [
      {
        versions: [
          { ...MODEL, namedBy: '333333' },
          { ...MODEL, namedBy: null },
        ],
        more: 0,
      },
    ],
  ],
  'models.compared': each({ prompt: ['', 'x'] }, { seed: 77 }),
  'models.comparedName': each({ state: ['live', 'past', 'rejected'], pruned: [true, false] }, MODEL).map(
    ([model]) => [{ model }],
  ),
  'models.comparedFigures': [[{ model: MODEL }]],
  'models.rolledBack': each(
    {
      from: [{ ...MODEL, version: 13 }, undefined],
      to: [MODEL, { ...MODEL, state: 'rejected' }, { ...MODEL, owes: 1_234 }],
    },
    { userId: '777777' },
  ),
  'models.exportTooLarge': [[{ version: 12, size: 15 * 2 ** 20, guildId: '222222' }]],
  'retrain.waiting': each({ ahead: AHEAD }, { guildId: '222222' }),
  'retrain.estimate': [
    ...each({ ahead: AHEAD }, ESTIMATE),
    ...each({ quietUntil: [86_400_000], news: [undefined] }, ESTIMATE),
    ...each({ budget: [undefined] }, ESTIMATE),
    ...[
      ...['first', 'asked', 'changed', 'outgrown', 'unreadable', 'damaged'].map((why) => ({
        kind: 'fresh',
        why,
      })),
    ].map((beginning) => [{ ...ESTIMATE, beginning }]),
  ],
  'retrain.progress': each({ bitsPerCharacter: [2.05, undefined], remainingMs: [61_000, 600_000] }, PROGRESS),
  'retrain.outcome': [
    ...each(
      {
        kind: ['promoted', 'rejected'],
        reason: GATES,
      },
      // The same figures also for those who tell the outcome without a report.
      { version: 12, report: REPORT, bitsPerCharacter: 2.05, liveBitsPerCharacter: 2.31 },
    ),
    [
      {
        kind: 'promoted',
        reason: 'changed',
        version: 12,
        report: { ...REPORT, liveBitsPerCharacter: undefined },
      },
    ],
    ...each({ until: [86_400_000, undefined] }, { kind: 'paused' }),
  ],
  'retrain.card.title': each({ kind: ['promoted', 'rejected'] }, { version: 12 }),
  'retrain.card.fields': each({ from: [11, undefined] }, REPORT),
};
