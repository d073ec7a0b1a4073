import { audiences } from './samples/audiences.js';
import { corpus } from './samples/corpus.js';
import { backfill } from './samples/backfill.js';
import { debt } from './samples/debt.js';
import { each } from './samples/each.js';
import { feeling } from './samples/feeling.js';
import { importing } from './samples/importing.js';
import { models } from './samples/models.js';
import { moderation } from './samples/moderation.js';
import { pictures } from './samples/pictures.js';
import { privacy } from './samples/privacy.js';
import { talking } from './samples/talking.js';

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
  file: 'x',
};

/** Texts that take something else, or that have several sides: each side once. */
const OWN: Record<string, unknown[][]> = {
  ...audiences,
  ...corpus,
  ...backfill,
  ...debt,
  ...feeling,
  ...importing,
  ...models,
  ...moderation,
  ...pictures,
  ...privacy,
  ...talking,
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
    [{ type: 'attachment' }],
  ],
  'following.otherReaders': [[{ channels: ['333333', '444444'] }]],
};

/** Parameters to try a text with, by its key: each element is one call. */
export function samplesFor(path: string): unknown[][] {
  return OWN[path] ?? [[common()]];
}

/** Has every field: those of COMMON, and the number 42 for any other. */
function common(): object {
  return new Proxy(COMMON, { get: (target, key) => (key in target ? target[String(key)] : 42) });
}
