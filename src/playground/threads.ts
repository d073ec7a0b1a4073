import type { GuildEvent } from './guild.js';
import type { Message, Thread } from './objects.js';

const PUBLIC = 11;
const PRIVATE = 12;

/** The threads of a guild's channels and the posts of its forums. */
export function createThreads(parts: {
  guildId: string;
  botId: string;
  /** Per channel or thread. */
  messages: Map<string, Message[]>;
  nextId: () => string;
  emit: (event: GuildEvent) => void;
  now: () => number;
}) {
  const { guildId, botId, messages, nextId, emit, now } = parts;
  const all = new Map<string, Thread>();
  const timestamp = () => new Date(now()).toISOString();
  const known = (id: string): Thread => {
    const thread = all.get(id);
    if (thread === undefined) throw new Error(`the playground has no thread ${id}`);
    return thread;
  };
  const setArchived = (thread: Thread, archived: boolean) => {
    Object.assign(thread.thread_metadata, { archived, archive_timestamp: timestamp() });
    emit({ name: 'THREAD_UPDATE', data: thread });
  };

  return {
    all,

    /** Opens a thread of a channel, or a post of a forum. A private one is seen by whoever opened it, and by the bot. */
    open(parentId: string, name: string, ownerId: string, how: { isPrivate?: boolean } = {}): Thread {
      const created = timestamp();
      const thread: Thread = {
        id: nextId(),
        guild_id: guildId,
        type: how.isPrivate === true ? PRIVATE : PUBLIC,
        name,
        parent_id: parentId,
        owner_id: ownerId,
        flags: 0,
        rate_limit_per_user: 0,
        last_message_id: null,
        message_count: 0,
        total_message_sent: 0,
        member_count: 1,
        thread_metadata: {
          archived: false,
          archive_timestamp: created,
          auto_archive_duration: 1_440,
          locked: false,
          create_timestamp: created,
        },
      };
      all.set(thread.id, thread);
      messages.set(thread.id, []);
      emit({ name: 'THREAD_CREATE', data: { ...thread, newly_created: true } });
      return thread;
    },

    archive: (id: string): void => setArchived(known(id), true),

    remove(id: string): void {
      const { type, parent_id } = known(id);
      all.delete(id);
      messages.delete(id);
      emit({ name: 'THREAD_DELETE', data: { id, guild_id: guildId, parent_id, type } });
    },

    active: (): Thread[] => [...all.values()].filter(({ thread_metadata }) => !thread_metadata.archived),

    /** A channel's public ones that are archived, the latest first. */
    archivedIn: (channelId: string): Thread[] =>
      [...all.values()]
        .filter(({ parent_id, type }) => parent_id === channelId && type === PUBLIC)
        .filter(({ thread_metadata }) => thread_metadata.archived)
        .sort((a, b) => archivedAt(b) - archivedAt(a)),

    /** Whether somebody may look into a thread whose channel they see. */
    isOpenTo(userId: string, id: string): boolean {
      const thread = all.get(id);
      return thread?.type !== PRIVATE || [thread.owner_id, botId].includes(userId);
    },

    /** What is written in an archived thread opens it again. */
    revive(id: string): void {
      const thread = all.get(id);
      if (thread?.thread_metadata.archived === true) setArchived(thread, false);
    },

    noteMessage({ id, channel_id }: Message): void {
      const thread = all.get(channel_id);
      if (thread === undefined) return;
      thread.last_message_id = id;
      thread.message_count += 1;
      thread.total_message_sent += 1;
    },
  };
}

export function archivedAt({ thread_metadata }: Thread): number {
  return Date.parse(thread_metadata.archive_timestamp);
}
