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
const BUCKETS = [{ start: 0, negative: 20, neutral: 50, positive: 30 }];
const MOOD = {
  channelId: '333333',
  unit: 'day',
  messages: 100,
  leftOut: 13,
  version: 0,
  buckets: BUCKETS,
  first: Date.UTC(2026, 2, 1),
  last: Date.UTC(2026, 3, 9),
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
const PROGRESS = {
  fraction: 0.42,
  loss: 2.31,
  bitsPerCharacter: 2.05,
  charactersPerSecond: 12_345,
  remainingMs: 61_000,
};
const JUDGEMENT = {
  label: 'negative',
  unsure: false,
  probabilities: { negative: 0.75, neutral: 0.15, positive: 0.1 },
};
const NOTICE = {
  kind: 'delete',
  channel: '333333',
  quote: 'x',
  until: 86_400_000,
  isAutomatic: true,
  canDispute: true,
};

const CURVE = {
  points: [{ bitsPerCharacter: 4.31 }],
  bitsPerCharacter: 2.05,
  liveBitsPerCharacter: 2.31,
  ngramBitsPerCharacter: 2.62,
};
const PREDICTION = {
  next: [' ', '\n', 'x'].map((character) => ({ character, end: false, probability: 0.25 })),
  surprise: [{}, {}],
  bitsPerCharacter: 2.05,
};

/** What most texts are told, by name; what is not here is a number. */
const COMMON: Record<string, unknown> = {
  channel: '333333',
  reason: 'x',
  path: '/1/2',
  migration: '0009',
  engine: 'x',
  problems: ['x'],
  action: 'delete',
  obstacle: 'owner',
  name: 'x',
  reference: 'abc123',
  exemptions: [],
  actions: [],
  quote: 'x',
};

/** Texts that take something else, or that have several sides: each side once. */
const OWN: Record<string, unknown[][]> = {
  'errors.permission_missing': each({ action: ['delete', 'timeout'] }, { channel: '333333' }),
  'errors.action_blocked': each({ action: ['delete', 'timeout'] }, { obstacle: 'missing_permission' }).concat(
    each({ obstacle: ['role_too_high', 'owner', 'not_a_member', 'gone'] }, { action: 'delete' }),
  ),
  'errors.nothing_said': each({ days: [1, 30] }, { channel: '333333' }),
  'feeling.sentiment.judged': each({ unsure: [false, true] }, JUDGEMENT),
  'feeling.sentiment.bar': [['neutral', 0.42]],
  'feeling.sentiment.marked': [['positive']],
  'feeling.mood.told': each({ unit: ['day', 'hour'] }, MOOD).concat(
    each({ leftOut: [0], version: [3] }, MOOD),
  ),
  'feeling.mood.pictureAlt': each({ unit: ['day', 'hour'] }, MOOD),
  'feeling.pictures.number': [[1_234]],
  'feeling.pictures.percent': [[42]],
  'feeling.pictures.signed': [[-0.42]],
  'feeling.pictures.day': [[MOOD.first]],
  'feeling.pictures.month': [[Date.UTC(2026, 0, 1)], [Date.UTC(2026, 4, 1)]],
  'feeling.pictures.hour': [[MOOD.first], [MOOD.first + 13 * 3_600_000]],
  'feeling.pictures.moodTitle': [[MOOD], [{ ...MOOD, last: MOOD.first }]],
  'feeling.pictures.moodTime': [['day'], ['hour']],
  'feeling.pictures.moodCounts': [['day'], ['hour']],
  'feeling.pictures.share': [['positive', 0.42]],
  'feeling.pictures.meanOf': [[0.42]],
  'feeling.pictures.inAll': [[1_234]],
  'feeling.pictures.version': [[VERSION]],
  'feeling.pictures.precision': [[0.42]],
  'feeling.pictures.recall': [[0.42]],
  'help.seen': [['public'], ['private']],
  'help.option': each({ required: [true, false] }, { name: 'x' }).slice(0, 1),
  'help.limits': [
    [{ type: 'string' }],
    [{ type: 'string', maxLength: 400 }],
    [{ type: 'string', choices: ['`x`', '`y`'] }],
    [{ type: 'integer', min: 10, max: 1_500 }],
    [{ type: 'number', min: 0.15 }],
    [{ type: 'number', max: 40_000 }],
    [{ type: 'boolean' }],
    [{ type: 'channel' }],
    [{ type: 'role' }],
    [{ type: 'user' }],
  ],
  'pictures.lossCurveAlt': [
    [CURVE],
    [{ ...CURVE, points: [], liveBitsPerCharacter: undefined, ngramBitsPerCharacter: undefined }],
  ],
  'pictures.lossTime': [['seconds'], ['minutes']],
  'pictures.lossNumber': [[1_234.5, 1]],
  'pictures.lossThisModel': [[2.05]],
  'pictures.lossLiveModel': [[2.05]],
  'pictures.lossNgram': [[2.05]],
  'pictures.lossAtEnd': [[2.05]],
  'pictures.predictionAlt': [[PREDICTION], [{ ...PREDICTION, surprise: [] }]],
  'pictures.predictionMean': [
    [2.05, undefined],
    [2.05, 0.42],
  ],
  'pictures.predictionScaleEnd': [[12]],
  'pictures.predictionPercent': [[0.42], [0.042], [0.0001]],
  'corpus.status': [
    [{ channels: [], messages: 1_234, characters: 55_555, speakers: 17, sinceTraining: 0, model: undefined }],
    [
      {
        channels: [{ id: '333333', messages: 77 }],
        messages: 1_234,
        characters: 55_555,
        speakers: 17,
        sinceTraining: 28,
        model: { version: 12, bits_per_character: 2.05, created_at: 86_400_000 },
      },
    ],
  ],
  'retrain.progress': each({ bitsPerCharacter: [2.05, undefined] }, PROGRESS).concat(
    each({ remainingMs: [600_000] }, PROGRESS),
  ),
  'retrain.outcome': [
    [{ kind: 'promoted', version: 12, bitsPerCharacter: 2.05, liveBitsPerCharacter: 2.31 }],
    [{ kind: 'promoted', version: 12, bitsPerCharacter: 2.05, liveBitsPerCharacter: undefined }],
    [{ kind: 'rejected', bitsPerCharacter: 2.31, liveBitsPerCharacter: 2.05 }],
    [{ kind: 'paused' }],
  ],
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

/** Parameters to try a text with, by its key: each element is one call. */
export function samplesFor(path: string): unknown[][] {
  return OWN[path] ?? [[common()]];
}

/** Has every field: those of COMMON, and the number 42 for any other. */
function common(): object {
  return new Proxy(COMMON, { get: (target, key) => (key in target ? target[String(key)] : 42) });
}

/** One call for every combination of these values, over the others. */
function each(sides: Record<string, readonly unknown[]>, others: object = {}): unknown[][] {
  const combined = Object.entries(sides).reduce<object[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [others],
  );
  return combined.map((params) => [params]);
}
