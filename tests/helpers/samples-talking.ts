const WRITTEN = { seed: 123_456, version: 12, temperature: 0.85, topP: 0.95, stopped: false };
const FORETOLD = {
  text: 'x',
  version: 12,
  next: [
    { character: '가', end: false, probability: 0.41 },
    { character: '`', end: false, probability: 0.21 },
    { character: '', end: true, probability: 0.11 },
  ],
  rest: 0.27,
  surprise: [
    { character: ' ', bits: 12.5 },
    { character: '\n', bits: 10.5 },
  ],
  bitsPerCharacter: 2.35,
  typical: 0.63,
};
const STATUS = {
  places: [{ id: '333333', chance: 12.5, quietUntil: 1_234_567_000 }],
  maxVerbatim: 45,
  votes: [{ version: 12, up: 34, down: 56 }],
  blocked: ['x', '가'],
  now: 0,
};

/** Parameters to try the texts about talking with. */
export const talkingSamples: Record<string, unknown[][]> = {
  'errors.guard_refused': ['verbatim', 'blocked', 'taken_back', 'empty'].map((reason) => [{ reason }]),
  'errors.version_gone': [[{ version: 12, versions: [15, 14] }]],
  'talking.continue.footer': [[WRITTEN], [{ ...WRITTEN, stopped: true }]],
  'talking.vote': ['counted', 'withdrawn', 'taken_back'].flatMap((outcome) =>
    [1, -1].map((vote) => [{ outcome, vote, version: 12 }]),
  ),
  'talking.predict.told': [0.63, 0.31, 0.002, undefined].map((typical) => [{ ...FORETOLD, typical }]),
  'talking.predict.alt': [[FORETOLD]],
  'talking.talk.chance': [0, 12].map((percent) => [{ place: '333333', percent }]),
  'talking.talk.quiet': [true, false].map((now) => [{ place: '333333', until: 1_234_567_000, now }]),
  'talking.talk.verbatim': [45, undefined].map((characters) => [{ characters }]),
  'talking.talk.status': [
    [STATUS],
    [{ ...STATUS, places: [], maxVerbatim: undefined, votes: [], blocked: [] }],
    [{ ...STATUS, blocked: undefined }],
  ],
  'talking.privacy.imitation': [true, false].map((allowed) => [{ allowed }]),
  'talking.privacy.status': [true, false].map((imitation) => [{ imitation }]),
};
