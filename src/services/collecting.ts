import type { Logger } from 'pino';
import { cleanMessage, countCharacters } from '../corpus/clean.js';
import { UserError } from '../errors.js';
import type { NewMessage } from '../store/intake.js';
import { ANY, PUBLIC } from '../store/messages.js';
import type { Store } from '../store/open.js';
import type { ModelSummary } from '../store/models.js';

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
  /** When its author edited it last; 0 if never. */
  editedAt: number;
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
      channel: { id: string; guildId: string; audience?: string },
      onProgress: (found: number) => void,
    ): Promise<number> {
      if (!permitted) throw new UserError('training_not_permitted', {});
      await store.channels.setCollecting(channel, true, now());
      switchedOn.add(channel.id);
      let found = 0;
      for await (const page of readHistory(channel.id, historyMessages)) {
        if (!switchedOn.has(channel.id)) break;
        found += (await store.intake.take(page.flatMap(toRow), now())).added;
        onProgress(found);
      }
      log.info({ channel: channel.id, found }, 'collecting from a channel');
      return found;
    },

    /** Stops collecting a channel, and leaves what it gave out of trainings. */
    async ignore(channel: { id: string; guildId: string }): Promise<void> {
      switchedOn.delete(channel.id);
      await store.erasure.withdraw({ guildId: channel.guildId, channelId: channel.id }, 'ignored', now());
      await store.channels.setCollecting(channel, false, now());
      log.info({ channel: channel.id }, 'ignoring a channel');
    },

    /** A new message, or the whole of one that was edited. */
    async received(message: IncomingMessage): Promise<void> {
      if (permitted && switchedOn.has(message.channelId)) await store.intake.take(toRow(message), now());
    },

    /** A message of which only its new text is known. */
    async edited({
      id,
      content,
      editedAt,
    }: Pick<IncomingMessage, 'id' | 'content' | 'editedAt'>): Promise<void> {
      await store.intake.edit({ id, ...textOf(content), edited_at: editedAt }, now());
    },

    async removed(guildId: string, ids: readonly string[]): Promise<void> {
      await store.erasure.erase({ guildId, ids }, 'deleted', now());
    },

    async status(guildId: string): Promise<CorpusStatus> {
      const model = await store.models.live(guildId, PUBLIC);
      return {
        channels: await store.channels.summary(guildId),
        ...(await store.messages.totals(guildId, ANY)),
        sinceTraining: await store.messages.countSince(guildId, PUBLIC, model?.corpus_until ?? -1),
        model,
      };
    },
  };
}

/** The row of a person's message. */
export function toRow(message: IncomingMessage): NewMessage[] {
  if (!message.fromPerson) return [];
  return [
    {
      id: message.id,
      guild_id: message.guildId,
      channel_id: message.channelId,
      thread_id: message.threadId ?? null,
      author_id: message.authorId,
      ...textOf(message.content),
      reply_to_id: message.replyToId ?? null,
      created_at: message.createdAt,
      edited_at: message.editedAt,
    },
  ];
}

/** What is worth learning of a text, which may be nothing. */
function textOf(content: string): Pick<NewMessage, 'content' | 'characters'> {
  const cleaned = cleanMessage(content) ?? '';
  return { content: cleaned, characters: countCharacters(cleaned) };
}
