import { ANY } from '../../store/messages.js';
import type { Logger } from 'pino';
import { LABELS, type ModelName, type Task } from '../../classifier/tasks.js';
import { UserError } from '../../errors.js';
import { messagesIn, type MoodBucket, type MoodData } from '../../pictures/mood.js';
import { textSignals } from '../../starter/text-signals.js';
import type { Store } from '../../store/open.js';
import type { Classifying } from '../../training/classifying-client.js';

export type Sentiment = (typeof LABELS.sentiment)[number];

/** What the classifier says of one text. */
export interface Judgement {
  label: Sentiment;
  probabilities: Record<Sentiment, number>;
  /** Of each UTF-16 unit of the text: how much it speaks for the label. */
  weights: Float32Array;
  /** Then no answer is likelier than all others together. */
  unsure: boolean;
  /** The classifier's version; 0 is the starter, which has not learned from this server. */
  version: number;
}

export interface Mood extends MoodData {
  channelId: string;
  /** Messages in the buckets, and stretches of time that were left out because too few messages or people made them up. */
  messages: number;
  leftOut: number;
  version: number;
}

export type Feeling = ReturnType<typeof createFeeling>;

/** Below this probability even the likeliest answer is no better than a guess between two. */
const SURE_FROM = 0.5;
/** A bucket with fewer of either would say how one person felt, not the channel. */
const MIN_MESSAGES = 5;
const MIN_PEOPLE = 3;
const MAX_DAYS_BY_HOUR = 2;
/** Messages read and classified at once. */
const PAGE = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Tells how messages feel: of one text, why; of a channel, only as a whole. */
export function createFeeling(parts: {
  store: Store;
  classifying: Classifying;
  /** The guild's own classifier or, before it has one, the starter. */
  liveVersion: (guildId: string, task: Task) => Promise<ModelName | undefined>;
  now: () => number;
  log: Logger;
}) {
  const { store, classifying, liveVersion, now, log } = parts;

  async function modelFor(guildId: string): Promise<ModelName> {
    const live = await liveVersion(guildId, 'sentiment');
    return { guildId: live?.guildId ?? '', task: 'sentiment', version: live?.version ?? 0 };
  }

  return {
    /** @throws UserError nothing_to_judge */
    async judge(guildId: string, text: string): Promise<Judgement> {
      if (text.trim() === '') throw new UserError('nothing_to_judge', {});
      const model = await modelFor(guildId);
      const input = { text, signals: textSignals('sentiment', text) };
      const [probabilities] = await classifying.classify(model, [input]);
      const { label, unsure } = likeliest(probabilities);
      const { weights } = await classifying.explain(model, input, label);
      const [negative, neutral, positive] = probabilities;
      return {
        label,
        probabilities: { negative, neutral, positive },
        weights,
        unsure,
        version: model.version,
      };
    },

    /**
     * How a channel felt in the last days, today included, by day or, for up to two days, by hour, in UTC.
     * @param onProgress is told the number of messages read so far
     * @throws UserError channel_not_collected, nothing_said, too_little_said
     */
    async mood(
      { guildId, channelId, days }: { guildId: string; channelId: string; days: number },
      onProgress: (messages: number) => void,
    ): Promise<Mood> {
      const collecting = await store.channels.collecting();
      if (!collecting.includes(channelId))
        throw new UserError('channel_not_collected', { channel: channelId });
      const model = await modelFor(guildId);
      const unit = days <= MAX_DAYS_BY_HOUR ? 'hour' : 'day';
      const unitMs = unit === 'hour' ? HOUR_MS : DAY_MS;
      const startOf = (time: number) => Math.floor(time / unitMs) * unitMs;
      const last = startOf(now());
      const first = last + unitMs - days * DAY_MS;

      const tallies = new Map<number, Tally>();
      let read = 0;
      for await (const page of pages({ id: channelId, guildId }, first)) {
        const inputs = page.map(({ content }) => ({
          text: content,
          signals: textSignals('sentiment', content),
        }));
        const answers = await classifying.classify(model, inputs);
        for (const [index, { author_id, created_at }] of page.entries()) {
          const { label, unsure } = likeliest(answers[index]);
          const start = startOf(created_at);
          const tally = tallies.get(start) ?? {
            start,
            negative: 0,
            neutral: 0,
            positive: 0,
            people: new Set(),
          };
          tally[unsure ? 'neutral' : label] += 1;
          tally.people.add(author_id);
          tallies.set(start, tally);
        }
        read += page.length;
        onProgress(read);
      }
      if (read === 0) throw new UserError('nothing_said', { channel: channelId, days });

      const shown = [...tallies.values()].filter(isShown);
      if (shown.length === 0) {
        throw new UserError('too_little_said', {
          channel: channelId,
          messages: MIN_MESSAGES,
          people: MIN_PEOPLE,
        });
      }
      log.info({ channel: channelId, days, messages: read }, 'told the mood of a channel');
      return {
        channelId,
        unit,
        first,
        last,
        buckets: shown.map(({ start, negative, neutral, positive }) => ({
          start,
          negative,
          neutral,
          positive,
        })),
        messages: shown.reduce((sum, tally) => sum + messagesIn(tally), 0),
        leftOut: tallies.size - shown.length,
        version: model.version,
      };
    },
  };

  /** The channel's messages since a moment, in pages: between two of them others may use the database. */
  async function* pages(channel: { id: string; guildId: string }, from: number) {
    let after = { created_at: from - 1, id: '' };
    for (;;) {
      const page = await store.messages.page(channel.guildId, ANY, after, PAGE, channel.id);
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      after = page[page.length - 1];
    }
  }
}

interface Tally extends MoodBucket {
  people: Set<string>;
}

function likeliest(probabilities: Float32Array): { label: Sentiment; unsure: boolean } {
  const most = Math.max(...probabilities);
  return { label: LABELS.sentiment[probabilities.indexOf(most)], unsure: most < SURE_FROM };
}

function isShown(tally: Tally): boolean {
  return messagesIn(tally) >= MIN_MESSAGES && tally.people.size >= MIN_PEOPLE;
}
