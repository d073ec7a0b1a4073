import { createBackfilling } from '../../src/services/backfilling/backfilling.js';
import type { History } from '../../src/services/backfilling/history.js';
import { createMissed } from '../../src/services/backfilling/missed.js';
import { createCollecting, type IncomingMessage } from '../../src/services/collecting.js';
import type { Store } from '../../src/store/open.js';
import { silent } from './log.js';
import { temporaryStore } from './store.js';

export const GUILD = '1';
export const MINUTE_MS = 60_000;
/** When the first message of every test was written. */
export const BEGUN = Date.UTC(2026, 0, 1);
const EPOCH_MS = 1_420_070_400_000;

export function idAt(at: number, sequence = 0): string {
  return String((BigInt(at - EPOCH_MS) << 22n) + BigInt(sequence));
}

/** The channel of most tests, older than what is said in it. */
export const CHANNEL = idAt(BEGUN - 1_000);

/** What Discord has: places with messages, and failures that it answers with before it answers rightly. */
export function fakeDiscord() {
  const places = new Map<string, IncomingMessage[]>();
  /** What is there of places although their pages do not show it. */
  const kept = new Map<string, IncomingMessage[]>();
  const failures: Error[] = [];
  const asked: string[] = [];
  const watchers: ((question: string) => void)[] = [];
  const answer = <T>(question: string, right: () => T): Promise<T> => {
    asked.push(question);
    for (const watcher of watchers) watcher(question);
    const failure = failures.shift();
    return failure === undefined ? Promise.resolve(right()) : Promise.reject(failure);
  };
  const history: History = {
    places: (channelId) =>
      answer(`places ${channelId}`, () =>
        [...places.entries()]
          .filter(([id, messages]) => id === channelId || messages.at(0)?.channelId === channelId)
          .map(([id]) => id),
      ),
    page: (placeId, before, limit) =>
      answer(`page ${placeId} ${before ?? ''}`.trim(), () =>
        (places.get(placeId) ?? [])
          .filter(({ id }) => before === undefined || BigInt(id) < BigInt(before))
          .slice(-limit)
          .reverse(),
      ),
    has: (placeId, messageId) =>
      answer(`has ${placeId} ${messageId}`, () =>
        (kept.get(placeId) ?? places.get(placeId) ?? []).some(({ id }) => id === messageId),
      ),
  };
  return { places, kept, failures, asked, watchers, history };
}

/** A place's messages, one a minute from `BEGUN` on. */
export function talk(count: number, more: Partial<IncomingMessage> = {}): IncomingMessage[] {
  const sequence = more.threadId === undefined ? 0 : Number(BigInt(more.threadId) % 1_000n);
  return Array.from({ length: count }, (_, index) => {
    const createdAt = BEGUN + index * MINUTE_MS;
    return {
      id: idAt(createdAt, sequence),
      guildId: GUILD,
      channelId: CHANNEL,
      threadId: undefined,
      authorId: '100',
      content: `message ${index}`,
      attachments: [],
      mentions: 0,
      authorCreatedAt: 0,
      authorRoleIds: [],
      authorIsModerator: false,
      replyToId: undefined,
      createdAt,
      editedAt: 0,
      fromPerson: true,
      ...more,
    };
  });
}

/** The services that read the past, over a fake Discord; called again with the same store, they are restarted. */
export async function backfillingSet(
  options: { store?: Store; discord?: ReturnType<typeof fakeDiscord>; recentMessages?: number } = {},
) {
  const { store = await temporaryStore(), discord = fakeDiscord(), recentMessages = 1_000 } = options;
  const clock = { now: BEGUN + 365 * 24 * 60 * MINUTE_MS };
  const now = () => clock.now;
  const announced: { channelId: string; what: string }[] = [];
  const pauses: number[] = [];
  const collecting = await createCollecting({ store, permitted: true, now, log: silent });
  const backfilling = createBackfilling({
    store,
    history: discord.history,
    isWanted: collecting.isCollecting,
    announce: ({ channelId }, outcome) =>
      announced.push({ channelId, what: 'kind' in outcome ? outcome.kind : outcome.key }),
    permitted: true,
    recentMessages,
    now,
    sleep: async (ms) => {
      pauses.push(ms);
      clock.now += ms;
    },
    log: silent,
  });
  const missed = createMissed({ store, backfilling, permitted: true, now, log: silent });
  const channel = { guildId: GUILD, channelId: CHANNEL, askedIn: '55', askedBy: '9' };
  return { store, discord, clock, announced, pauses, collecting, backfilling, missed, channel };
}

export async function storedIds(store: Store): Promise<string[]> {
  const rows = await store.messages.pageOfAll(GUILD, { created_at: 0, id: '' }, 10_000);
  return rows.map(({ id }) => id);
}
