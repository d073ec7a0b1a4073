import type { Logger } from 'pino';
import { cleanMessage, countCharacters } from '../corpus/clean.js';
import { UserError } from '../errors.js';
import type { Store } from '../store/open.js';
import type { ModelSummary } from '../store/models.js';
import type { MessageRow } from '../store/schema.js';

/** A message as Discord's edge hands it in. */
export interface IncomingMessage {
  id: string;
  guildId: string;
  /** The channel; for a message in a thread, the thread's parent. */
  channelId: string;
  threadId: string | undefined;
  authorId: string;
  content: string;
  /** File names. */
  attachments: string[];
  /** How many people and roles the message mentions; everyone and here together count as one. */
  mentions: number;
  /** When the author's account came to be. */
  authorCreatedAt: number;
  /** Without @everyone; empty for authors whose membership the bot does not know, as in a channel's history. */
  authorRoleIds: string[];
  /** Whether the author may manage messages: nothing happens by itself to those. */
  authorIsModerator: boolean;
  replyToId: string | undefined;
  createdAt: number;
  /** False for bots, webhooks, system notices and answers to commands. */
  fromPerson: boolean;
}

/** Pages through a channel's history, newest first, at most `limit` messages. */
export type ReadHistory = (channelId: string, limit: number) => AsyncIterable<IncomingMessage[]>;

export interface CorpusStatus {
  channels: { id: string; messages: number }[];
  messages: number;
  characters: number;
  speakers: number;
  sinceTraining: number;
  model: ModelSummary | undefined;
}

export type Collecting = Awaited<ReturnType<typeof createCollecting>>;

/** Takes messages of switched-on channels into the corpus, and keeps it true to later edits and deletes. */
export async function createCollecting(parts: {
  store: Store;
  readHistory: ReadHistory;
  permitted: boolean;
  historyMessages: number;
  now: () => number;
  log: Logger;
}) {
  const { store, readHistory, permitted, historyMessages, now, log } = parts;
  const switchedOn = new Set(await store.channels.collecting());

  return {
    /**
     * Switches a channel on and takes in its recent history; resolves with the number of messages found there.
     * @throws UserError training_not_permitted while the operator has not stated the right to train.
     */
    async collect(
      channel: { id: string; guildId: string },
      onProgress: (found: number) => void,
    ): Promise<number> {
      if (!permitted) throw new UserError('training_not_permitted', {});
      await store.channels.setCollecting(channel, true, now());
      switchedOn.add(channel.id);
      let found = 0;
      for await (const page of readHistory(channel.id, historyMessages)) {
        if (!switchedOn.has(channel.id)) break;
        found += await store.messages.add(page.flatMap(toRow));
        onProgress(found);
      }
      log.info({ channel: channel.id, found }, 'collecting from a channel');
      return found;
    },

    async ignore(channel: { id: string; guildId: string }): Promise<void> {
      switchedOn.delete(channel.id);
      await store.channels.setCollecting(channel, false, now());
      log.info({ channel: channel.id }, 'ignoring a channel');
    },

    async received(message: IncomingMessage): Promise<void> {
      if (permitted && switchedOn.has(message.channelId)) await store.messages.add(toRow(message));
    },

    async edited(message: { id: string; content: string }): Promise<void> {
      const content = cleanMessage(message.content);
      if (content === undefined) await store.messages.remove([message.id]);
      else await store.messages.edit(message.id, content, countCharacters(content));
    },

    async removed(ids: string[]): Promise<void> {
      await store.messages.remove(ids);
    },

    async status(guildId: string): Promise<CorpusStatus> {
      const model = await store.models.live(guildId);
      return {
        channels: await store.channels.summary(guildId),
        ...(await store.messages.totals(guildId)),
        sinceTraining: await store.messages.countSince(guildId, model?.corpus_until ?? -1),
        model,
      };
    },
  };
}

/** The row of a message worth keeping, or nothing. */
function toRow(message: IncomingMessage): MessageRow[] {
  const content = message.fromPerson ? cleanMessage(message.content) : undefined;
  if (content === undefined) return [];
  return [
    {
      id: message.id,
      guild_id: message.guildId,
      channel_id: message.channelId,
      thread_id: message.threadId ?? null,
      author_id: message.authorId,
      content,
      characters: countCharacters(content),
      reply_to_id: message.replyToId ?? null,
      created_at: message.createdAt,
    },
  ];
}
