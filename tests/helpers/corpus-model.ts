import fc from 'fast-check';
import type { IncomingMessage } from '../../src/services/collecting.js';

export const GUILD = '1';
export const CHANNELS = ['10', '20'];

/** Some messages, each of a place and an author: every third one is in a thread of the first channel. */
const MESSAGES = Array.from({ length: 8 }, (_, index) => ({
  id: String(100 + index),
  channelId: index % 3 === 0 ? '10' : CHANNELS[index % 2],
  threadId: index % 3 === 0 ? `7${index % 2}` : undefined,
  authorId: index % 2 === 0 ? 'even' : 'odd',
  createdAt: (index + 1) * 100,
}));
const THREADS = ['70', '71'];
const AUTHORS = ['even', 'odd'];

/** A message as it was after so many edits. */
export interface Version {
  message: (typeof MESSAGES)[number];
  edits: number;
  /** Whether there is nothing in it to learn. */
  isEmpty: boolean;
}

/** Something that happens at a time, and may be told more than once. */
export type Event = { times: number; at: number } & (
  | { kind: 'version' | 'edit'; version: Version }
  | { kind: 'page'; read: readonly Version[] }
  | { kind: 'delete'; ids: readonly string[] }
  | { kind: 'thread' | 'channel'; id: string }
  | { kind: 'opt'; author: string; way: 'in' | 'out' }
  | { kind: 'forget'; author: string }
  | { kind: 'restart' }
);

/** Of a message and its number of edits, there is one text. */
export const versions: fc.Arbitrary<Version> = fc
  .record({ message: fc.constantFrom(...MESSAGES), edits: fc.nat({ max: 3 }) })
  .map(({ message, edits }) => ({ message, edits, isEmpty: (Number(message.id) + edits) % 4 === 0 }));

const ids = fc.subarray(
  MESSAGES.map(({ id }) => id),
  { maxLength: 3 },
);
const what = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('version', 'edit'), version: versions }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('page'), read: fc.array(versions, { maxLength: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete'), ids }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('thread'), id: fc.constantFrom(...THREADS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('channel'), id: fc.constantFrom(...CHANNELS) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('opt'),
      author: fc.constantFrom(...AUTHORS),
      way: fc.constantFrom('in', 'out'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget'), author: fc.constantFrom(...AUTHORS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart') }) },
);
export const events: fc.Arbitrary<Event> = fc
  .tuple(what, fc.integer({ min: 1, max: 2 }), fc.nat({ max: 1_000 }))
  .map(([happening, times, at]) => ({ ...happening, times, at }));

export type Model = ReturnType<typeof createModel>;

/** What the database is to hold, without a database. */
export function createModel() {
  const stored = new Map<string, { content: string; edits: number }>();
  const erased = new Set<string>();
  const out = new Set<string>();
  const forgottenAt = new Map<string, number>();

  function isRefused({ id, channelId, threadId = id, authorId, createdAt }: Version['message']): boolean {
    const isForgotten = createdAt <= (forgottenAt.get(authorId) ?? -1);
    return [id, threadId, channelId].some((each) => erased.has(each)) || out.has(authorId) || isForgotten;
  }

  function take(read: readonly Version[]): void {
    for (const version of read) {
      const { message, edits, isEmpty } = version;
      const before = stored.get(message.id);
      const isNews = before === undefined ? !isEmpty || edits > 0 : edits > before.edits;
      if (!isNews) continue;
      if (!isRefused(message)) stored.set(message.id, { content: textOf(version), edits });
      // The text from before is gone, and the new one is not allowed.
      else if (before !== undefined && out.has(message.authorId))
        stored.set(message.id, { content: '', edits });
    }
  }

  function eraseWhere(isMeant: (message: Version['message']) => boolean): void {
    for (const message of MESSAGES) if (isMeant(message)) stored.delete(message.id);
  }

  return {
    take,

    happens(event: Event): void {
      switch (event.kind) {
        case 'version':
          return take([event.version]);
        case 'edit':
          return stored.has(event.version.message.id) ? take([event.version]) : undefined;
        case 'page':
          return take(event.read);
        case 'delete':
          for (const id of event.ids) erased.add(id);
          return eraseWhere(({ id }) => event.ids.includes(id));
        case 'thread':
          erased.add(event.id);
          return eraseWhere(({ threadId }) => threadId === event.id);
        case 'channel':
          erased.add(event.id);
          return eraseWhere(({ channelId }) => channelId === event.id);
        case 'opt':
          return void (event.way === 'out' ? out.add(event.author) : out.delete(event.author));
        case 'forget':
          forgottenAt.set(event.author, event.at);
          return eraseWhere(({ authorId }) => authorId === event.author);
        case 'restart':
          return;
      }
    },

    contents: (): [string, string][] =>
      [...stored]
        .map(([id, { content }]): [string, string] => [id, content])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** A version as Discord's edge hands it in. */
export function incoming(version: Version): IncomingMessage {
  const { message, edits } = version;
  return {
    ...message,
    guildId: GUILD,
    content: textOf(version),
    attachments: [],
    mentions: 0,
    authorCreatedAt: 0,
    authorRoleIds: [],
    authorIsModerator: false,
    replyToId: undefined,
    editedAt: edits,
    fromPerson: true,
  };
}

function textOf({ message, edits, isEmpty }: Version): string {
  return isEmpty ? '' : `message ${message.id} after ${edits} edits`;
}
