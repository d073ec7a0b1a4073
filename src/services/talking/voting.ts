import type { Logger } from 'pino';
import { takenBackKeys } from '../../corpus/content-key.js';
import type { Store } from '../../store/open.js';
import type { GenerationRow } from '../../store/schema.js';
import type { Composing } from './composing.js';
import type { Conversations } from './conversations.js';

export interface Vote {
  /** Of the text. */
  id: string;
  guildId: string;
  memberId: string;
  vote: -1 | 1;
  isModerator: boolean;
  /** Where the text stands. */
  channelId: string;
  messageId: string | undefined;
}

/**
 * What became of a vote. `withdrawn`: the same one was there, and is no more. A moderator's thumb down bans the text:
 * `taken_back` if its message was deleted, `not_deleted` if that failed; `given_back` if it was banned, and is no more.
 */
export interface VoteOutcome {
  outcome: 'counted' | 'withdrawn' | 'taken_back' | 'not_deleted' | 'given_back';
  vote: -1 | 1;
  version: number;
}

export type Voting = ReturnType<typeof createVoting>;

/** Counts what people think of the bot's texts, and remembers what moderators take back. */
export function createVoting(parts: {
  store: Store;
  composing: Composing;
  conversations: Conversations;
  now: () => number;
  log: Logger;
}) {
  const { store, composing, conversations, now, log } = parts;

  async function takeBack({ guild_id, text }: GenerationRow, moderatorId: string | null): Promise<void> {
    if (text.trim() === '') return;
    const taken = { guild_id, moderator_id: moderatorId, created_at: now() };
    for (const content_key of takenBackKeys(text)) await store.feedback.takeBack({ ...taken, content_key });
    log.info({ guild: guild_id }, 'a text was taken back');
  }

  /** Whether the message is deleted now. */
  async function remove(channelId: string | null, messageId: string | null): Promise<boolean> {
    if (channelId === null || messageId === null) return false;
    try {
      await conversations.remove(channelId, messageId);
      return true;
    } catch (error) {
      log.warn({ err: error, channel: channelId }, 'a text of mine could not be deleted');
      return false;
    }
  }

  async function retract(texts: readonly GenerationRow[]): Promise<void> {
    for (const { id, channel_id, message_id } of texts) {
      await remove(channel_id, message_id);
      await store.generations.remove(id);
    }
  }

  return {
    /**
     * Counts one vote a person, the last one; the same again withdraws it. A moderator's thumb down also takes the text
     * back, and the same again, if the message still stands, gives it back.
     * @throws UserError generation_gone
     */
    async vote({ id, guildId, memberId, vote, isModerator, ...place }: Vote): Promise<VoteOutcome> {
      const text = await composing.remembered(id, guildId);
      const version = text.model_version;
      const isBan = vote === -1 && isModerator;
      const isAgain = (await store.feedback.of(id, memberId)) === vote;
      if (isAgain && (!isBan || (await store.feedback.giveBack(guildId, takenBackKeys(text.text))))) {
        await store.feedback.remove(id, memberId);
        return { outcome: isBan ? 'given_back' : 'withdrawn', vote, version };
      }
      let outcome: VoteOutcome['outcome'] = 'counted';
      if (isBan) {
        await takeBack(text, memberId);
        const isDeleted = await remove(place.channelId, place.messageId ?? text.message_id);
        outcome = isDeleted ? 'taken_back' : 'not_deleted';
      }
      await store.feedback.put({
        generation_id: id,
        member_id: memberId,
        guild_id: guildId,
        model_version: version,
        vote,
        created_at: now(),
      });
      return { outcome, vote, version };
    },

    byVersion: store.feedback.byVersion,

    /** Lets the texts be said again that were taken back last; resolves with how many. */
    forgive: store.feedback.giveBackNewest,

    /**
     * Hears of deleted messages: takes back the texts that stood in them, unless a purge swept them away with others,
     * and deletes those that went on with one of them, which quote it.
     */
    async removed(ids: string[], isPurge: boolean): Promise<void> {
      await composing.abandon(ids);
      const texts = isPurge ? [] : await store.generations.inMessages(ids);
      for (const text of texts) await takeBack(text, null);
      await retract(await store.generations.goingOnWith(ids));
    },

    /** Deletes the texts that go on with messages of which nobody was told that they were erased, as by a ban. */
    async retractErased(): Promise<void> {
      await retract(await store.generations.goingOnWithErased());
    },
  };
}
