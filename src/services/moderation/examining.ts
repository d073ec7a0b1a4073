import type { Input, ModelName } from '../../classifier/tasks.js';
import { wordsOfNames } from '../../corpus/attachment-names.js';
import { contentKey } from '../../corpus/content-key.js';
import { signalsOf } from '../../corpus/signals.js';
import type { Store } from '../../store/open.js';
import type { FlagRow } from '../../store/schema.js';
import type { IncomingMessage } from '../collecting.js';
import type { Sightings } from './sightings.js';

export type Examining = ReturnType<typeof createExamining>;
/** A flag whose text is there. */
export type Examined = FlagRow & { content: string };
/** A message as the classifier reads it. */
export type Seen = Input & { contentKey: string };

/** Tells what a message is to the classifier, and what a flag on it would hold. */
export function createExamining(parts: { store: Store; sightings: Sightings; now: () => number }) {
  const { store, sightings, now } = parts;

  /** The text with what the files' names say, and the signals; counted among the copies of the last minute. */
  function examine(message: IncomingMessage): Seen {
    const { guildId, authorId, channelId, threadId, content, attachments, mentions } = message;
    const text = [content, wordsOfNames(attachments)].filter((part) => part.trim() !== '').join('\n');
    const key = contentKey([content, ...attachments].join('\n'));
    const sighting = { guildId, authorId, contentKey: key, channelId: threadId ?? channelId };
    const signals = signalsOf({
      content,
      attachments,
      mentions,
      accountAgeMs: message.createdAt - message.authorCreatedAt,
      copies: sightings.seen({ ...sighting, at: message.createdAt }),
    });
    return { text, signals, contentKey: key };
  }

  /** The classifier of spam that is live in a guild. */
  async function live(guildId: string): Promise<ModelName> {
    const classifier = await store.classifiers.live(guildId, 'spam');
    return { guildId: classifier?.guildId ?? '', task: 'spam', version: classifier?.version ?? 0 };
  }

  return {
    examine,
    live,

    /** A flag on a message, not yet stored. */
    async flagOf(
      message: IncomingMessage,
      more: Partial<FlagRow>,
      seen: Seen = examine(message),
    ): Promise<Examined> {
      return {
        id: message.id,
        guild_id: message.guildId,
        channel_id: message.threadId ?? message.channelId,
        author_id: message.authorId,
        origin: 'model',
        content_key: seen.contentKey,
        signals: JSON.stringify(seen.signals),
        weights: '[]',
        score: null,
        version: (await live(message.guildId)).version,
        times: 1,
        copies: '[]',
        state: 'open',
        action: 'none',
        gone: 0,
        disputed: 0,
        resolved_by: null,
        resolved_at: null,
        notice_channel_id: null,
        notice_id: null,
        created_at: now(),
        ...more,
        content: seen.text,
      };
    },
  };
}
