import { each } from './each.js';

const FORETOLD = {
  next: ['x', ' ', '\n'].map((character) => ({ character, end: false, probability: 0.25 })),
  surprise: [{ character: 'x', bits: 11.5 }],
  bitsPerCharacter: 2.05,
  typical: 0.62,
  version: 12,
};
const TALK = {
  places: [{ id: '333333', chance: 15, quietUntil: 86_400_000 }],
  otherPlaces: 0,
  isHere: false,
  maxVerbatim: 40,
  votes: [{ version: 12, up: 31, down: 17 }],
  blocked: { count: 0, words: [] },
  now: 1_000,
};

export const talking: Record<string, unknown[][]> = {
  'errors.guard_refused': each({ reason: ['verbatim', 'blocked', 'taken_back', 'empty'] }),
  'errors.version_gone': [[{ version: 12, versions: [13, 14] }]],
  'talking.continue.footer': each(
    { stopped: [true, false] },
    { seed: 77, temperature: 0.85, topP: 0.95, version: 12 },
  ),
  'talking.vote': each(
    { outcome: ['counted', 'withdrawn', 'taken_back', 'not_deleted', 'given_back'], vote: [1, -1] },
    { version: 12 },
  ),
  'talking.predict.told': each({ typical: [0.62, 0.21, 0.03, undefined] }, FORETOLD),
  'talking.predict.alt': [[FORETOLD]],
  'talking.talk.chance': each({ percent: [0, 15] }, { place: '333333' }),
  'talking.talk.quiet': [
    [{ place: '333333', until: undefined, channel: undefined }],
    ...each({ channel: ['444444', undefined] }, { place: '333333', until: 86_400_000 }),
  ],
  'talking.talk.forgiven': each({ count: [0, 1, 23] }),
  'talking.talk.verbatim': each({ characters: [40, undefined] }),
  'talking.talk.status': [
    [TALK],
    [{ ...TALK, places: [], maxVerbatim: undefined, votes: [], blocked: undefined }],
    [{ ...TALK, places: [], isHere: true, blocked: undefined }],
    [{ ...TALK, otherPlaces: 23, blocked: { count: 1, words: ['`x`'] } }],
    [{ ...TALK, blocked: { count: 345, words: undefined } }],
  ],
};
