const REASONS = ['bot', 'command', 'empty', 'opted_out', 'not_opted_in', 'erased'];
const NO_DEBT = { lines: [], receipt: undefined };
const CHANNELS = [
  { name: 'x', messages: [1] },
  { name: undefined, messages: [1] },
];

export const corpus: Record<string, unknown[][]> = {
  'corpus.status': [
    [
      {
        channels: [],
        messages: 1_234,
        characters: 55_555,
        speakers: 17,
        omitted: [],
        leftOut: undefined,
        debt: NO_DEBT,
        sinceTraining: 0,
        model: undefined,
      },
    ],
    [
      {
        channels: Array.from({ length: 30 }, () => ({ id: '333333', messages: 77 })),
        messages: 1_234,
        characters: 55_555,
        speakers: 17,
        omitted: REASONS.map((reason) => ({ reason, messages: 1_234 })),
        leftOut: { copies: 11, share: 22, spam: 33, empty: 44 },
        debt: NO_DEBT,
        sinceTraining: 28,
        model: { version: 12, bits_per_character: 2.05, created_at: 86_400_000 },
      },
    ],
  ],
  'corpus.statusAlt': [[{ first: 0, last: 86_400_000, channels: CHANNELS }]],
  'corpus.picture.trained': [[12]],
};
