import type { Logger } from 'pino';
import { cleanMessage, countCharacters, whyLeftOut } from '../corpus/clean.js';
import { UserError } from '../errors.js';
import type { DebtReason, OmissionReason } from '../store/schema.js';
import type { NewMessage, Taken } from '../store/intake.js';
import { PUBLIC } from '../store/messages.js';
import type { Store } from '../store/open.js';

export { PUBLIC };

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

export type Collecting = Awaited<ReturnType<typeof createCollecting>>;

/** Takes messages of switched-on channels into the corpus, and keeps it true to later edits and deletes. */
export async function createCollecting(parts: {
  store: Store;
  permitted: boolean;
  now: () => number;
  log: Logger;
}) {
  const { store, permitted, now, log } = parts;
  const switchedOn = new Set(await store.channels.collecting());

  /** Refuses a channel whose readers nobody asked a model for. What it gave while others could read it is first owed. */
  async function admit(channel: { id: string; guildId: string; audience: string }): Promise<void> {
    const { id, guildId, audience } = channel;
    if (audience !== PUBLIC && (await store.audiences.find(guildId, audience)) === undefined) {
      throw new UserError('channel_not_public', { channel: id });
    }
    const before = await store.channels.find(id);
    if (before !== undefined && before.audience !== audience) await ignore(channel, 'audience_changed');
  }

  /** Stops collecting a channel, and leaves what it gave out of trainings. */
  async function ignore(
    channel: { id: string; guildId: string },
    reason: DebtReason = 'ignored',
  ): Promise<void> {
    const { id, guildId } = channel;
    switchedOn.delete(id);
    await store.withdrawals.ignore({ id, guildId }, reason, now());
    log.info({ channel: id, reason }, 'ignoring a channel');
  }

  return {
    /**
     * Switches a channel on: from now on its messages are taken in.
     * @throws UserError training_not_permitted while the operator has not stated the right to train; channel_not_public
     * where not everyone can read it, unless its readers are to have a model of their own.
     */
    async collect(channel: { id: string; guildId: string; audience: string }): Promise<void> {
      if (!permitted) throw new UserError('training_not_permitted', {});
      await admit(channel);
      await store.channels.setCollecting(channel, true, now());
      switchedOn.add(channel.id);
      log.info({ channel: channel.id }, 'collecting from a channel');
    },

    isCollecting: (channelId: string): boolean => switchedOn.has(channelId),

    ignore,

    /** Takes no more messages of channels that are gone from the database. */
    release(channelIds: readonly string[]): void {
      for (const id of channelIds) switchedOn.delete(id);
    },

    /** A new message, or the whole of one that was updated. If it stays out, only the new one counts. */
    async received(message: IncomingMessage, { isUpdate = false } = {}): Promise<void> {
      if (!permitted || !switchedOn.has(message.channelId)) return;
      const { omitted } = await takeIn(store, [message], now());
      if (!isUpdate) await store.omissions.add(message.guildId, omitted);
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
  };
}

/** Takes messages in as they are now, and tells how many of them stay out, and why. */
export async function takeIn(
  store: Pick<Store, 'intake'>,
  messages: readonly IncomingMessage[],
  at: number,
): Promise<Taken> {
  const { omitted, ...taken } = await store.intake.take(messages.flatMap(toRow), at);
  const all = { ...omitted };
  for (const reason of messages.flatMap((message) => reasonToLeaveOut(message) ?? [])) {
    all[reason] = (all[reason] ?? 0) + 1;
  }
  return { ...taken, omitted: all };
}

/** The row of a person's message, if there is something in it, or was. */
export function toRow(message: IncomingMessage): NewMessage[] {
  if (reasonToLeaveOut(message) !== undefined) return [];
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

/** What was edited until nothing was left is not left out: that must outlive the text from before. */
function reasonToLeaveOut({ fromPerson, content, editedAt }: IncomingMessage): OmissionReason | undefined {
  if (!fromPerson) return 'bot';
  return editedAt === 0 ? whyLeftOut(content) : undefined;
}

/** What is worth learning of a text, which may be nothing. */
function textOf(content: string): Pick<NewMessage, 'content' | 'characters'> {
  const cleaned = cleanMessage(content) ?? '';
  return { content: cleaned, characters: countCharacters(cleaned) };
}
