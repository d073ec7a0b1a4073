import { UserError } from '../../errors.js';
import { CheckpointError, sizedFor } from '../../rnn/checkpoint.js';
import { isOutgrown } from '../../rnn/hyperparameters.js';
import { decodeMetadata, headerSize } from '../../rnn/safetensors.js';
import type { ModelSummary } from '../../store/models.js';
import type { Store } from '../../store/open.js';
import type { TrainingSettingsRow } from '../../store/schema.js';
import type { FreshReason } from '../../training/report.js';
import type { Readers } from '../readers.js';
import { budgetLeft, DAY_MS } from './budget.js';
import type { Place } from './turns.js';

/** From what a training would start, and why; `continues` is never sure, for only the worker compares every message. */
export type Beginning = { kind: 'continues'; version: number } | { kind: 'fresh'; why: FreshReason };

/** What a training would take and bring, before anybody decides. */
export interface Estimate {
  minutes: number;
  /** Of memory more than without the training, about, for a text in Latin letters. */
  megabytes: number;
  messages: number;
  characters: number;
  /** What came since the live model. */
  news: { version: number; createdAt: number; messages: number; characters: number } | undefined;
  beginning: Beginning;
  /** Who trains before, the one that is at it first. */
  ahead: readonly Place[];
  /** When the guild's quiet hours end, if they are such now. */
  quietUntil: number | undefined;
  /** What is left of the guild's budget of today. */
  budget: { leftMs: number; minutesPerDay: number } | undefined;
}

/** Fewer characters than this teach nothing. */
const MIN_CHARACTERS = 1_000;
/**
 * Of a bot's trainings of a minute with their appraisal: 99 MB more for a million characters of English chat, 161 MB for
 * 6.3 million. Hangul has two or three symbols a syllable, and more contexts for the n-gram: 252 MB for a million made-up
 * characters of it, 383 MB for 5 million.
 */
const MEMORY = { atLeast: 85, forEachMillion: 12 };

/** Looks at what there is to train on, and at what is allowed. */
export function createEstimating(parts: { store: Store; defaultMinutes: number; now: () => number }) {
  const { store, defaultMinutes, now } = parts;

  /** From what the worker will start, as far as it can be told without reading the whole corpus as the worker does. */
  async function beginningOf(
    live: ModelSummary | undefined,
    asked: { milliseconds: number; characters: number; fresh: boolean },
  ): Promise<Beginning> {
    if (live === undefined) return { kind: 'fresh', why: 'first' };
    const metadata = await readMetadata(live);
    if (metadata === undefined) return { kind: 'fresh', why: 'damaged' };
    const sized = sizedFor({ metadata });
    if (metadata.learnedUntil === undefined || sized === undefined) {
      return { kind: 'fresh', why: 'unreadable' };
    }
    if ((await store.debts.owedBy(live)).length > 0) return { kind: 'fresh', why: 'changed' };
    if (await isChanged(live, Number(metadata.learnedUntil))) return { kind: 'fresh', why: 'changed' };
    if (asked.fresh) return { kind: 'fresh', why: 'asked' };
    if (isOutgrown(sized, asked)) return { kind: 'fresh', why: 'outgrown' };
    return { kind: 'continues', version: live.version };
  }

  /** Whether messages have left what a model learned from, or joined it; false of models that do not say. */
  async function isChanged(live: ModelSummary, learnedUntil: number): Promise<boolean> {
    if (live.report === undefined) return false;
    const { messages } = await store.messages.totals(live.guild_id, live.audience, learnedUntil);
    const { copies = 0, share = 0, spam = 0, empty = 0 } = live.report.leftOut ?? {};
    if (messages !== live.report.messages + copies + share + spam + empty) return true;
    return (await store.debts.owedBy(live)).length > 0;
  }

  /** What a model says of itself; undefined when that cannot be read. */
  async function readMetadata({ guild_id, version }: ModelSummary) {
    const start = await store.models.checkpointStart(guild_id, version, 8);
    const header = await store.models.checkpointStart(guild_id, version, headerSize(start));
    try {
      return decodeMetadata(header);
    } catch (error) {
      if (error instanceof CheckpointError) return undefined;
      throw error;
    }
  }

  /**
   * What is left of a guild's budget of today but for what its trainings in the queue will take, and when as much as is
   * wanted will be; undefined without a limit.
   */
  async function budgetOf({ guild_id, minutes_per_day }: TrainingSettingsRow, wantedMs: number) {
    if (minutes_per_day === null) return undefined;
    const times = await store.trainings.times(guild_id, now() - DAY_MS);
    const budgetMs = minutes_per_day * 60_000 - (await reservedMs(guild_id));
    return { ...budgetLeft(times, budgetMs, wantedMs), minutesPerDay: minutes_per_day };
  }

  /** What is still to be trained of what a guild has in the queue. */
  async function reservedMs(guildId: string): Promise<number> {
    const own = (await store.trainings.queue()).filter(({ guild_id }) => guild_id === guildId);
    return own.reduce((sum, { budget_ms, trained_ms }) => sum + Math.max(0, budget_ms - trained_ms), 0);
  }

  return {
    /**
     * The newest message there is to learn for readers.
     * @throws UserError corpus_too_small
     */
    async checkCorpus({ guildId, audience }: Readers): Promise<number> {
      const { characters } = await store.messages.totals(guildId, audience);
      const newest = await store.messages.newest(guildId, audience);
      if (newest === undefined || characters < MIN_CHARACTERS) {
        throw new UserError('corpus_too_small', { have: characters, need: MIN_CHARACTERS });
      }
      return newest;
    },

    budgetOf,

    /** How long a training takes, where the guild's budget allows it. @throws UserError over_budget */
    async allowedMinutes(row: TrainingSettingsRow, asked: number | undefined): Promise<number> {
      const minutes = asked ?? row.minutes ?? defaultMinutes;
      const budget = await budgetOf(row, minutes * 60_000);
      if (budget !== undefined && budget.leftMs < minutes * 60_000) {
        throw new UserError('over_budget', { ...budget, minutes });
      }
      return minutes;
    },

    async estimate(
      { guildId, audience }: Readers,
      { minutes, fresh }: { minutes: number; fresh: boolean },
    ): Promise<Pick<Estimate, 'minutes' | 'megabytes' | 'messages' | 'characters' | 'news' | 'beginning'>> {
      const { messages, characters } = await store.messages.totals(guildId, audience);
      const live = await store.models.live(guildId, audience);
      const before = live && (await store.messages.totals(guildId, audience, live.corpus_until));
      return {
        minutes,
        megabytes: megabytesFor(characters),
        messages,
        characters,
        news: live &&
          before && {
            version: live.version,
            createdAt: live.created_at,
            messages: messages - before.messages,
            characters: characters - before.characters,
          },
        beginning: await beginningOf(live, { milliseconds: minutes * 60_000, characters, fresh }),
      };
    },
  };
}

function megabytesFor(characters: number): number {
  return Math.round(MEMORY.atLeast + (MEMORY.forEachMillion * characters) / 1e6);
}
