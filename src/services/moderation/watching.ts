import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { LABELS, type ModelName } from '../../classifier/tasks.js';
import type { Store } from '../../store/open.js';
import type { FlagRow } from '../../store/schema.js';
import type { Classifying } from '../../training/classifying-client.js';
import type { Acting } from './acting.js';
import type { IncomingMessage } from '../collecting.js';
import type { Examining, Seen } from './examining.js';
import type { WatchCounts } from './types.js';
import type { ModerationSettings } from './settings.js';
import type { Notices } from './notices.js';
import { createWaitingLine } from './waiting-line.js';

export type Watching = ReturnType<typeof createWatching>;

interface Waiting {
  message: IncomingMessage;
  attempts: number;
  /** What the classifier reads, once it was looked at: copies are counted only once. */
  seen?: Seen;
}

type Looked = Waiting & { seen: Seen };

/** Longer lines give up their oldest message. */
const LINE = 20_000;
const BATCH = 256;
const LOOKED_AT_ONCE = 16;
const ATTEMPTS = 2;
/** From here to a guild's threshold, spam is possible, but not sure enough for a flag. */
const UNSURE = 0.5;
/** As many copies of a flagged message are remembered by place. */
const MAX_COPIES = 50;
const SPAM = LABELS.spam.indexOf('spam');

/** Classifies what people write in watched guilds, and flags what is almost surely spam. */
export function createWatching(parts: {
  store: Store;
  classifying: Classifying;
  settings: ModerationSettings;
  examining: Examining;
  acting: Acting;
  notices: Notices;
  log: Logger;
}) {
  const { store, classifying, settings, examining, acting, notices, log } = parts;
  const line = createWaitingLine<Waiting>(LINE);
  const counts = new Map<string, WatchCounts>();
  let draining: Promise<void> | undefined;
  let overflowing = false;
  let stopping = false;

  function countsOf(guildId: string): WatchCounts {
    const known = counts.get(guildId) ?? { classified: 0, unsure: 0, dropped: 0, failed: 0 };
    counts.set(guildId, known);
    return known;
  }

  function wait(waiting: Waiting): void {
    const dropped = line.push(waiting);
    if (dropped !== undefined) {
      countsOf(dropped.message.guildId).dropped += 1;
      if (!overflowing)
        log.warn({ limit: LINE }, 'messages come faster than they are classified; the oldest go');
      overflowing = true;
    }
    draining ??= drain();
  }

  async function drain(): Promise<void> {
    await nextTurn();
    while (line.length > 0 && !stopping) {
      const batch = line.take(BATCH);
      for (const guildId of new Set(batch.map(({ message }) => message.guildId))) {
        const ofGuild = batch.filter(({ message }) => message.guildId === guildId);
        await classifyBatch(guildId, ofGuild);
      }
      await nextTurn();
    }
    overflowing = false;
    draining = undefined;
  }

  async function classifyBatch(guildId: string, batch: Waiting[]): Promise<void> {
    const looked = await lookAtAll(batch);
    if (looked.length === 0) return;
    let live: ModelName;
    let probabilities: Float32Array[];
    try {
      live = await examining.live(guildId);
      probabilities = await classifying.classify(
        live,
        looked.map(({ seen }) => seen),
      );
    } catch (error) {
      return tryAgain(looked, error);
    }
    countsOf(guildId).classified += looked.length;
    for (const [index, { message, seen }] of looked.entries()) {
      try {
        await weigh(message, seen, live, probabilities[index][SPAM]);
      } catch (error) {
        log.error({ err: error, guild: guildId }, 'a message could not be flagged');
      }
    }
  }

  /** A few at a time: the gateway's thread reads and sends between them. */
  async function lookAtAll(batch: readonly Waiting[]): Promise<Looked[]> {
    const looked: Looked[] = [];
    for (let start = 0; start < batch.length; start += LOOKED_AT_ONCE) {
      await nextTurn();
      looked.push(...batch.slice(start, start + LOOKED_AT_ONCE).flatMap(look));
    }
    return looked;
  }

  /** A message with what there is to read of it; nothing where that fails, so that the others go on. */
  function look(waiting: Waiting): Looked[] {
    const { message } = waiting;
    try {
      const seen = (waiting.seen ??= examining.examine(message));
      return seen.text === '' ? [] : [{ ...waiting, seen }];
    } catch (error) {
      log.error({ err: error, message: message.id }, 'a message could not be read');
      countsOf(message.guildId).failed += 1;
      return [];
    }
  }

  function tryAgain(batch: Looked[], error: unknown): void {
    log.warn({ err: error, messages: batch.length }, 'messages could not be classified');
    for (const waiting of batch) {
      waiting.attempts += 1;
      if (waiting.attempts < ATTEMPTS) wait(waiting);
      else countsOf(waiting.message.guildId).failed += 1;
    }
  }

  async function weigh(message: IncomingMessage, seen: Seen, live: ModelName, score: number): Promise<void> {
    const { guildId } = message;
    // While it waited, watching may have ended for it.
    if (!settings.isWatched(message)) return;
    if (!(score >= settings.of(guildId).flag_threshold)) {
      if (score >= UNSURE) countsOf(guildId).unsure += 1;
      return;
    }
    // What a moderator called fine is fine, whatever the classifier has yet to learn.
    if ((await store.labels.verdictOn(guildId, 'spam', seen.contentKey)) === 'ham') return;
    const flag = (await countAsCopy(message, seen)) ?? (await raise(message, seen, live, score));
    if (flag === undefined) return;
    if (!message.authorIsModerator) {
      await acting.actByItself(flag, placeOf(message), { score, version: live.version });
    }
    notices.refresh(flag.id);
  }

  /** The open flag of the same text by the same author, with this message counted on it. */
  async function countAsCopy(message: IncomingMessage, { contentKey }: Seen): Promise<FlagRow | undefined> {
    const flag = await store.flags.openLike(message.guildId, message.authorId, contentKey);
    if (flag === undefined) return undefined;
    const { channelId, messageId } = placeOf(message);
    const copies = [...(JSON.parse(flag.copies) as [string, string][]), [channelId, messageId]];
    await store.flags.addCopy(flag.id, JSON.stringify(copies.slice(0, MAX_COPIES)));
    return flag;
  }

  async function raise(
    message: IncomingMessage,
    seen: Seen,
    live: ModelName,
    score: number,
  ): Promise<FlagRow | undefined> {
    const weights = JSON.stringify(await weightsOf(live, seen));
    const flag = await examining.flagOf(message, { score, version: live.version, weights }, seen);
    // A moderator may have been faster.
    return (await store.flags.add(flag)) ? flag : undefined;
  }

  /** Each unit's share in the score, in hundredths of the strongest one's; empty where no explanation is to be had. */
  async function weightsOf(live: ModelName, seen: Seen): Promise<number[]> {
    const ask = () => classifying.explain(live, seen, 'spam');
    try {
      const { weights } = await ask().catch(ask);
      const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
      return Array.from(weights, (weight) => (strongest > 0 ? Math.round((weight / strongest) * 100) : 0));
    } catch (error) {
      log.warn({ err: error }, 'a flag could not be explained');
      return [];
    }
  }

  return {
    /** Takes a message in and returns at once; it is looked at later, with others. */
    received(message: IncomingMessage): void {
      if (!stopping && settings.isWatched(message)) wait({ message, attempts: 0 });
    },

    /** What became of a guild's messages since the bot started. */
    counts: (guildId: string): WatchCounts => ({ ...countsOf(guildId) }),

    /** Resolves when nobody waits any more. */
    async settled(): Promise<void> {
      await draining;
    },

    /** Ends after the batch in work; whoever still waits is not looked at. */
    async stop(): Promise<void> {
      stopping = true;
      await draining;
    },
  };
}

function placeOf({ id, channelId, threadId }: IncomingMessage) {
  return { channelId: threadId ?? channelId, messageId: id };
}
