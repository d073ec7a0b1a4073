import type { Logger } from 'pino';
import { UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { IncomingMessage } from '../collecting.js';
import type { Moderating } from '../moderation/moderating.js';
import type { Composing } from '../talking/composing.js';
import type { Voting } from '../talking/voting.js';
import { guildsOf, type Who } from './choices.js';
import { rememberedUntil } from './remembering.js';

export interface Forgotten {
  messages: number;
  /** When models have forgotten them at the latest; undefined where none has learned them. */
  until: number | undefined;
}

export type Forgetting = ReturnType<typeof createForgetting>;

/** Erases what is stored of members: all of it, or one message. */
export function createForgetting(parts: {
  store: Store;
  composing: Pick<Composing, 'abandonOf'>;
  voting: Pick<Voting, 'removed'>;
  moderating: Pick<Moderating, 'refresh'>;
  deadlineMs: number;
  now: () => number;
  log: Logger;
}) {
  const { store, composing, voting, moderating, deadlineMs, now, log } = parts;

  return {
    /**
     * Erases a member's messages and whatever else has their words; older ones do not come back, whoever brings them.
     * The bot's messages that go on with one of theirs are deleted.
     */
    async forget(who: Who): Promise<Forgotten> {
      const { guildId, memberId, everywhere } = who;
      const at = now();
      const wishes = { imitation: 0, forgotten_at: at } as const;
      // First of all, so that nothing comes in again behind the erasure.
      if (everywhere) await store.privacy.changeEverywhere(memberId, wishes, at);
      else await store.privacy.change({ guild_id: guildId, member_id: memberId, changed_at: at, ...wishes });

      const scope = everywhere ? undefined : guildId;
      await composing.abandonOf(memberId, scope);
      const { generations, flags } = await store.members.traces(memberId, scope);
      const sources = generations.filter(({ author_id }) => author_id === memberId);
      await voting.removed(
        sources.flatMap(({ source_id }) => source_id ?? []),
        true,
      );
      let messages = 0;
      for (const id of await guildsOf(store, who)) {
        messages += await store.erasure.erase({ guildId: id, authorId: memberId }, 'forgotten', at);
      }
      await store.members.eraseTraces(memberId, scope);
      moderating.refresh(flags.filter(({ notice_id }) => notice_id !== null).map(({ id }) => id));
      log.info({ guild: scope, messages }, 'a member was forgotten');
      return { messages, until: await rememberedUntil(store, scope, deadlineMs) };
    },

    /**
     * Erases one message, which is never taken in again, and the texts that go on with it; resolves with how many were
     * stored, one or none.
     * @throws UserError not_your_message unless its author, or a moderator, wants so
     */
    async neverLearn(
      { id, guildId, authorId }: Pick<IncomingMessage, 'id' | 'guildId' | 'authorId'>,
      by: { memberId: string; isModerator: boolean },
    ): Promise<Forgotten> {
      if (by.memberId !== authorId && !by.isModerator) throw new UserError('not_your_message', {});
      const messages = await store.erasure.erase({ guildId, ids: [id] }, 'never_learn', now());
      await voting.removed([id], true);
      return { messages, until: await rememberedUntil(store, guildId, deadlineMs) };
    },
  };
}
