import { ANY } from '../../store/messages.js';
import { LABELS } from '../../classifier/tasks.js';
import { UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { MessageRow } from '../../store/schema.js';
import type { Classifying } from '../../training/classifying-client.js';
import type { IncomingMessage } from '../collecting.js';
import { createdAt } from '../../corpus/snowflakes.js';
import { createSightings } from './sightings.js';
import { createExamining } from './examining.js';
import type { BacktestExample, BacktestReport } from './types.js';
import type { ModerationSettings } from './settings.js';

export type Rehearsing = ReturnType<typeof createRehearsing>;

const DAY_MS = 24 * 3_600_000;
const BATCH = 256;
const EXAMPLES = 5;
const SPAM = LABELS.spam.indexOf('spam');

/** Shows what moderation would have done to the messages of the past. */
export function createRehearsing(parts: {
  store: Store;
  classifying: Classifying;
  settings: ModerationSettings;
  now: () => number;
}) {
  const { store, classifying, settings, now } = parts;
  const running = new Set<string>();

  async function rehearse(
    guildId: string,
    days: number,
    threshold: number,
    onProgress: (done: number) => void,
  ): Promise<BacktestReport & { version: number }> {
    // Copies among the past's messages are none of the present's.
    const { examine, live } = createExamining({ store, sightings: createSightings(), now });
    const model = await live(guildId);
    const flagThreshold = settings.of(guildId).flag_threshold;
    const channels = new Map<string, { id: string; messages: number; acted: number }>();
    const above = createShortlist();
    const below = createShortlist();
    let [messages, flagged, acted] = [0, 0, 0];
    let after = { created_at: now() - days * DAY_MS, id: '' };
    for (;;) {
      const page = await store.messages.page(guildId, ANY, after, BATCH);
      const last = page.at(-1);
      if (last === undefined) break;
      after = last;
      const looked = page.filter((row) => !isExempt(row));
      const probabilities =
        looked.length === 0
          ? []
          : await classifying.classify(
              model,
              looked.map((row) => examine(toIncoming(row))),
            );
      for (const [index, { content, channel_id: channelId }] of looked.entries()) {
        const score = probabilities[index][SPAM];
        const channel = channels.get(channelId) ?? { id: channelId, messages: 0, acted: 0 };
        channels.set(channelId, channel);
        channel.messages += 1;
        messages += 1;
        if (score >= flagThreshold) flagged += 1;
        const example = { content: withoutNames(content), channelId, score };
        if (!(score >= threshold)) {
          below.add(example);
          continue;
        }
        above.add(example);
        channel.acted += 1;
        acted += 1;
      }
      onProgress(messages);
    }
    return {
      version: model.version,
      days,
      threshold,
      messages,
      flagged,
      acted,
      channels: [...channels.values()].filter((each) => each.acted > 0).sort((a, b) => b.acted - a.acted),
      above: above.examples(),
      below: below.examples(),
    };
  }

  function isExempt({ guild_id, channel_id, thread_id }: MessageRow): boolean {
    return [channel_id, thread_id ?? channel_id].some((id) => settings.isExempt(guild_id, 'channel', id));
  }

  return {
    /**
     * Classifies the guild's collected messages of the last days, and keeps the counts.
     * @throws UserError backtest_running, backtest_empty
     */
    async backtest(
      guildId: string,
      { days, threshold }: { days: number; threshold: number },
      onProgress: (done: number) => void,
    ): Promise<BacktestReport> {
      if (running.has(guildId)) throw new UserError('backtest_running', {});
      running.add(guildId);
      try {
        const report = await rehearse(guildId, days, threshold, onProgress);
        const { version, messages, flagged, acted } = report;
        if (messages === 0) throw new UserError('backtest_empty', { days });
        await store.backtests.add({
          guild_id: guildId,
          version,
          ran_at: now(),
          days,
          threshold,
          messages,
          flagged,
          acted,
        });
        return report;
      } finally {
        running.delete(guildId);
      }
    },
  };
}

/** Keeps the examples with the highest scores, of equal texts one. */
function createShortlist() {
  let best: BacktestExample[] = [];
  return {
    add(example: BacktestExample): void {
      if (best.length === EXAMPLES && example.score <= best[EXAMPLES - 1].score) return;
      if (best.some(({ content }) => content === example.content)) return;
      best = [...best, example].sort((a, b) => b.score - a.score).slice(0, EXAMPLES);
    },
    examples: () => best,
  };
}

function withoutNames(content: string): string {
  return content.replace(/<@[!&]?\d+>/g, '@…');
}

/** A stored message as it once arrived; its files and its author's roles are not known any more. */
function toIncoming(row: MessageRow): IncomingMessage {
  return {
    id: row.id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    threadId: row.thread_id ?? undefined,
    authorId: row.author_id,
    content: row.content,
    attachments: [],
    mentions: new Set(row.content.match(/<@[!&]?\d+>|@everyone|@here/g)).size,
    authorCreatedAt: createdAt(row.author_id),
    authorRoleIds: [],
    authorIsModerator: false,
    replyToId: row.reply_to_id ?? undefined,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    fromPerson: true,
  };
}
