import type { Logger } from 'pino';
import { highlight } from '../../corpus/highlight.js';
import { UserError } from '../../errors.js';
import { type Locale, stringsFor } from '../../i18n/index.js';
import type { FlagAction } from '../../store/flags.js';
import type { Store } from '../../store/open.js';
import type { ActionRow, FlagRow } from '../../store/schema.js';
import type { Enforcer, Obstacle } from './enforcer.js';
import type { ModerationSettings } from './settings.js';

export type Acting = ReturnType<typeof createActing>;

/** As much of their own text is enough to remind a member of it. */
const MAX_QUOTE = 500;

/** Where a message stands. */
export interface Place {
  channelId: string;
  messageId: string;
}

interface Done {
  until: number | undefined;
}

/** Deletes and times out, on a moderator's word or by itself; logs it, tells the member, and undoes what can be undone. */
export function createActing(parts: {
  store: Store;
  enforcer: Enforcer;
  localeOf: (guildId: string) => Locale;
  settings: ModerationSettings;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const { store, enforcer, localeOf, settings, now, random, log } = parts;

  const textsFor = (guildId: string) => stringsFor(localeOf(guildId)).spam;

  function refuse(action: FlagAction, obstacle: Obstacle | undefined): void {
    if (obstacle !== undefined) throw new UserError('action_blocked', { action, obstacle });
  }

  /** @throws UserError action_blocked */
  async function perform(kind: FlagAction, flag: FlagRow, places: Place[], reason: string): Promise<Done> {
    const { guild_id: guildId, author_id: userId } = flag;
    if (kind === 'timeout') {
      const until = now() + settings.of(guildId).timeout_minutes * 60_000;
      refuse(kind, await enforcer.timeOut({ guildId, userId }, until, reason));
      return { until };
    }
    const obstacles: (Obstacle | undefined)[] = [];
    for (const place of places) obstacles.push(await enforcer.deleteMessage({ guildId, ...place }, reason));
    // What somebody else deleted first is deleted all the same.
    const isDone = obstacles.some((obstacle) => obstacle === undefined || obstacle === 'gone');
    if (!isDone) refuse(kind, obstacles[0]);
    return { until: undefined };
  }

  async function write(
    kind: ActionRow['kind'],
    about: Pick<ActionRow, 'guild_id' | 'flag_id' | 'channel_id' | 'message_id' | 'member_id' | 'content'>,
    more: Partial<ActionRow> = {},
  ): Promise<void> {
    const { guild_id, flag_id, channel_id, message_id, member_id, content } = about;
    const [actor_id, score, until, undone_by] = [null, null, null, null];
    const id = Math.floor(random() * 2 ** 52).toString(36);
    const line = { id, guild_id, flag_id, kind, channel_id, message_id, member_id, content };
    await store.actions.add({ ...line, actor_id, score, until, undone_by, ...more, created_at: now() });
    log.info({ guild: guild_id, kind, by: more.actor_id ?? 'the bot itself' }, 'moderation acted');
  }

  async function note(
    kind: FlagAction,
    flag: FlagRow,
    place: Place,
    actorId: string | null,
    { until }: Done,
  ) {
    await write(
      kind,
      {
        guild_id: flag.guild_id,
        flag_id: flag.id,
        channel_id: place.channelId,
        message_id: place.messageId,
        member_id: flag.author_id,
        content: flag.content,
      },
      { actor_id: actorId, score: flag.score, until: until ?? null },
    );
  }

  async function tell(kind: FlagAction, flag: FlagRow, { until }: Done): Promise<void> {
    const texts = textsFor(flag.guild_id);
    const content = texts.notice({
      kind,
      channel: flag.channel_id,
      quote: highlight((flag.content ?? '').replace(/\s/g, ' '), [], MAX_QUOTE),
      until,
      isAutomatic: flag.state === 'open',
      canDispute: flag.disputed === 0,
    });
    const dispute = { action: 'dispute', argument: flag.id, label: texts.buttons.dispute() };
    const buttons = flag.disputed === 1 ? [] : [dispute];
    try {
      const told = await enforcer.tell(flag.author_id, { content, buttons });
      if (!told) log.info({ flag: flag.id }, 'a member could not be told: their direct messages are closed');
    } catch (error) {
      log.warn({ err: error, flag: flag.id }, 'a member could not be told');
    }
  }

  /** Ends a running time-out. @throws UserError action_blocked, already_undone */
  async function lift(action: ActionRow, by: string): Promise<void> {
    const { guild_id: guildId, member_id: userId, channel_id: channelId } = action;
    refuse('timeout', await enforcer.obstacle('timeout', { guildId, channelId, authorId: userId }));
    if (!(await store.actions.claimUndo(action.id, by))) throw new UserError('already_undone', {});
    try {
      const reason = textsFor(guildId).reasons.undone();
      refuse('timeout', await enforcer.timeOut({ guildId, userId }, undefined, reason));
    } catch (error) {
      await store.actions.releaseUndo(action.id);
      throw error;
    }
    await write('lift', action, { actor_id: by });
  }

  return {
    /**
     * Confirms a flag and acts on it, for the first moderator who asks.
     * @throws UserError action_blocked, flag_resolved
     */
    async act(flag: FlagRow, kind: FlagAction, by: string): Promise<void> {
      const target = { guildId: flag.guild_id, channelId: flag.channel_id, authorId: flag.author_id };
      refuse(kind, await enforcer.obstacle(kind, target));
      if (!(await store.flags.claim(flag.id, kind, by, now()))) throw new UserError('flag_resolved', {});
      const place = placeOf(flag);
      const reason = textsFor(flag.guild_id).reasons.confirmed();
      const done = await perform(kind, flag, [place, ...copiesOf(flag)], reason).catch(
        async (error: unknown) => {
          await store.flags.release(flag);
          throw error;
        },
      );
      await note(kind, flag, place, by, done);
      await tell(kind, { ...flag, state: 'confirmed' }, done);
    },

    /** Does what the guild's settings want done by itself about an open flag's message or a copy of it; what fails is logged. */
    async actByItself(
      flag: FlagRow,
      place: Place,
      { score, version }: { score: number; version: number },
    ): Promise<void> {
      const { auto_action: kind, auto_threshold: threshold, auto_version } = settings.of(flag.guild_id);
      const isAgain = flag.action !== 'none';
      // A version that nobody rehearsed flags, and does nothing else.
      if (kind === 'none' || version !== auto_version || !(score >= threshold)) return;
      if (isAgain && kind === 'timeout') return;
      const target = { guildId: flag.guild_id, channelId: place.channelId, authorId: flag.author_id };
      // A copy may be surer spam than what was flagged first: then that goes, too.
      const places =
        isAgain || flag.id === place.messageId ? [place] : [placeOf(flag), ...copiesOf(flag), place];
      // Before it is done, so that the news of the deletion finds a flag that expects it.
      await store.flags.setAction(flag.id, kind);
      let done: Done;
      try {
        refuse(kind, await enforcer.obstacle(kind, target));
        const reason = textsFor(flag.guild_id).reasons.automatic({ score });
        done = await perform(kind, flag, places, reason);
      } catch (error) {
        await store.flags.setAction(flag.id, flag.action);
        log.warn({ err: error, guild: flag.guild_id, kind }, 'an automatic action failed');
        return;
      }
      await note(kind, { ...flag, score }, place, null, done);
      if (!isAgain) await tell(kind, flag, done);
    },

    /** Ends the time-out that a flag brought, if it still runs. */
    async makeGood(flagId: string, by: string): Promise<void> {
      const timeout = await store.actions.runningTimeout(flagId, now());
      if (timeout !== undefined) await lift(timeout, by);
    },

    /**
     * Undoes a logged action; only a time-out that still runs can be undone.
     * @throws UserError action_gone, cannot_undo, already_undone, action_blocked
     */
    async undo(actionId: string, guildId: string, by: string): Promise<void> {
      const action = await store.actions.find(actionId, guildId);
      if (action === undefined) throw new UserError('action_gone', {});
      if (action.undone_by !== null) throw new UserError('already_undone', {});
      if (!canUndo(action, now())) throw new UserError('cannot_undo', {});
      await lift(action, by);
    },

    /** The newest lines of the log, the newest first, each with whether it can be undone now. */
    async newest(guildId: string, limit: number): Promise<(ActionRow & { undoable: boolean })[]> {
      const actions = await store.actions.newest(guildId, limit);
      return actions.map((action) => ({ ...action, undoable: canUndo(action, now()) }));
    },

    /** One line of the log, to be shown. @throws UserError action_gone */
    async logged(actionId: string, guildId: string): Promise<ActionRow> {
      const action = await store.actions.find(actionId, guildId);
      if (action === undefined) throw new UserError('action_gone', {});
      return action;
    },
  };
}

function canUndo({ kind, undone_by, until }: ActionRow, now: number): boolean {
  return kind === 'timeout' && undone_by === null && until !== null && until > now;
}

function placeOf({ channel_id, id }: FlagRow): Place {
  return { channelId: channel_id, messageId: id };
}

function copiesOf(flag: FlagRow): Place[] {
  const copies = JSON.parse(flag.copies) as [string, string][];
  return copies.map(([channelId, messageId]) => ({ channelId, messageId }));
}
