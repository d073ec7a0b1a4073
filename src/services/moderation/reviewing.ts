import type { Logger } from 'pino';
import { isUserError, UserError } from '../../errors.js';
import type { FlagAction, Verdict } from '../../store/flags.js';
import type { Store } from '../../store/open.js';
import type { FlagRow } from '../../store/schema.js';
import type { Acting } from './acting.js';
import type { IncomingMessage } from '../collecting.js';
import type { Examined, Examining } from './examining.js';
import type { Notices } from './notices.js';

export type Reviewing = ReturnType<typeof createReviewing>;

/** Takes moderators' verdicts and members' disputes. Every verdict is kept, with its author, to be learned. */
export function createReviewing(parts: {
  store: Store;
  examining: Examining;
  acting: Acting;
  notices: Notices;
  eraseOld: () => Promise<void>;
  now: () => number;
  log: Logger;
}) {
  const { store, examining, acting, notices, eraseOld, now, log } = parts;

  /** @throws UserError flag_gone */
  async function flagOf(id: string, guildId?: string): Promise<FlagRow> {
    const flag = await store.flags.find(id);
    if (flag === undefined || (guildId ?? flag.guild_id) !== flag.guild_id) {
      throw new UserError('flag_gone', {});
    }
    return flag;
  }

  /** Keeps a verdict to be learned, unless its message has left the corpus, and not because the bot deleted it as spam. */
  async function keepVerdict(flag: Examined, verdict: Verdict, by: string) {
    if (flag.action !== 'delete' && (await store.erasure.isErased(flag.id, flag.channel_id))) {
      await store.flags.eraseText(flag.id);
      return;
    }
    await store.labels.put({
      guild_id: flag.guild_id,
      task: 'spam',
      message_id: flag.id,
      member_id: flag.author_id,
      content: flag.content,
      content_key: flag.content_key,
      signals: flag.signals,
      label: verdict === 'confirmed' ? 'spam' : 'ham',
      author_id: by,
      created_at: now(),
    });
  }

  /** What follows from a verdict, once the flag has it. */
  async function settle(id: string, verdict: Verdict, by: string): Promise<FlagRow> {
    const flag = await flagOf(id);
    const { content } = flag;
    if (content !== null) await keepVerdict({ ...flag, content }, verdict, by);
    if (verdict === 'false_alarm') {
      await acting.makeGood(id, by).catch((error: unknown) => {
        if (!isUserError(error)) throw error;
        log.warn({ flag: id, problem: error.key }, 'a time-out could not be lifted');
      });
    }
    notices.refresh(id);
    await eraseOld();
    return flag;
  }

  return {
    /** The open flag at a place in the queue (disputed ones first, then the surest), from its end back to its beginning. */
    async next(
      guildId: string,
      wanted: number,
    ): Promise<{ flag: FlagRow | undefined; place: number; open: number }> {
      const { open } = await store.flags.countOpen(guildId);
      const place = wanted < open ? wanted : 0;
      return { flag: await store.flags.openAt(guildId, place), place, open };
    },

    /** Gives an open flag its verdict. @throws UserError flag_gone, flag_resolved */
    async judge(flagId: string, guildId: string, verdict: Verdict, by: string): Promise<FlagRow> {
      await flagOf(flagId, guildId);
      const isFirst = await store.flags.resolve(flagId, verdict, by, now());
      if (!isFirst) throw new UserError('flag_resolved', {});
      return settle(flagId, verdict, by);
    },

    /** Confirms a flag and deletes its messages or times its author out. @throws UserError flag_gone, flag_resolved, action_blocked */
    async act(flagId: string, guildId: string, kind: FlagAction, by: string): Promise<FlagRow> {
      await acting.act(await flagOf(flagId, guildId), kind, by);
      return settle(flagId, 'confirmed', by);
    },

    /**
     * A moderator calls a message spam, flagged or not; it overrules an earlier verdict.
     * @throws UserError nothing_to_judge
     */
    async callSpam(message: IncomingMessage, by: string): Promise<FlagRow> {
      const flag = await examining.flagOf(message, { origin: 'moderator', state: 'confirmed' });
      if (flag.content === '') throw new UserError('nothing_to_judge', {});
      const isNew = await store.flags.add({ ...flag, resolved_by: by, resolved_at: now() });
      if (!isNew) await store.flags.overrule(flag.id, 'confirmed', by, now());
      return settle(flag.id, 'confirmed', by);
    },

    /** A moderator calls a message fine, flagged or not. @throws UserError nothing_to_judge */
    async callFine(message: IncomingMessage, by: string): Promise<void> {
      const known = await store.flags.find(message.id);
      if (known !== undefined) {
        await store.flags.overrule(message.id, 'false_alarm', by, now());
        await settle(message.id, 'false_alarm', by);
        return;
      }
      const flag = await examining.flagOf(message, { origin: 'moderator', state: 'false_alarm' });
      if (flag.content === '') throw new UserError('nothing_to_judge', {});
      await keepVerdict(flag, 'false_alarm', by);
    },

    /**
     * The member says that it is no spam: the flag opens again, once.
     * @throws UserError flag_gone, dispute_not_yours, dispute_repeated, dispute_settled
     */
    async dispute(flagId: string, userId: string): Promise<void> {
      const flag = await flagOf(flagId);
      if (flag.author_id !== userId) throw new UserError('dispute_not_yours', {});
      if (flag.state === 'false_alarm') throw new UserError('dispute_settled', {});
      if (!(await store.flags.dispute(flagId))) throw new UserError('dispute_repeated', {});
      log.info({ guild: flag.guild_id, flag: flagId }, 'a flag is disputed');
      notices.refresh(flagId);
    },

    /** Messages were deleted: their open flags say so. */
    async removed(ids: string[]): Promise<void> {
      for (const id of await store.flags.markGone(ids)) notices.refresh(id);
    },
  };
}
