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
}

/** What became of a vote. `withdrawn`: the same one was there, and is no more. `taken_back`: the text is gone for good. */
export interface VoteOutcome {
  outcome: 'counted' | 'withdrawn' | 'taken_back';
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

  async function remove({ channel_id, message_id }: GenerationRow): Promise<void> {
    if (channel_id === null || message_id === null) return;
    await conversations
      .remove(channel_id, message_id)
      .catch((error: unknown) => log.warn({ err: error }, 'a text that was taken back could not be deleted'));
  }

  return {
    /**
     * Counts one vote a person, the last one; the same again withdraws it. A moderator's thumb down also takes the text back.
     * @throws UserError generation_gone
     */
    async vote({ id, guildId, memberId, vote, isModerator }: Vote): Promise<VoteOutcome> {
      const text = await composing.remembered(id, guildId);
      const version = text.model_version;
      if (vote === -1 && isModerator) {
        await takeBack(text, memberId);
        await remove(text);
      } else if ((await store.feedback.of(id, memberId)) === vote) {
        await store.feedback.remove(id, memberId);
        return { outcome: 'withdrawn', vote, version };
      }
      await store.feedback.put({
        generation_id: id,
        member_id: memberId,
        guild_id: guildId,
        model_version: version,
        vote,
        created_at: now(),
      });
      return { outcome: vote === -1 && isModerator ? 'taken_back' : 'counted', vote, version };
    },

    byVersion: store.feedback.byVersion,

    /** Takes back the texts in messages that were deleted, and forgets those that went on with one of them. */
    async removed(ids: string[]): Promise<void> {
      for (const text of await store.generations.inMessages(ids)) await takeBack(text, null);
      await store.generations.removeSources(ids);
    },
  };
}
