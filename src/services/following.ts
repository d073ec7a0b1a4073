import type { Logger } from 'pino';
import type { Store } from '../store/open.js';
import type { ChannelRow } from '../store/schema.js';
import type { Collecting } from './collecting.js';

/** What Discord says of channels now. */
export interface Standing {
  /** The class of a channel's readers; undefined where the guild has no such channel, as far as is known. */
  audienceOf(guildId: string, channelId: string): string | undefined;
  /** Asks whether there is no such channel any more: not being told of it may mean just that we may not see it. */
  isGone(channelId: string): Promise<boolean>;
}

export type Following = ReturnType<typeof createFollowing>;

const DAY_MS = 24 * 3_600_000;
/** Whoever bans somebody can have Discord remove that person's messages of so many days, and no more. */
const PURGED_DAYS = 7;

/**
 * Keeps the corpus true to its guilds: what is deleted there is erased here, and a channel is learned from only as long as
 * the same people can read it. What happens is attended to one after the other, as it came.
 */
export function createFollowing(parts: {
  store: Store;
  collecting: Pick<Collecting, 'ignore' | 'release'>;
  standing: Standing;
  /** Tells managers in a channel which ones are no longer collected, for others can read them now. */
  announce: (place: { guildId: string; channelId: string }, channelIds: readonly string[]) => void;
  /** Ends what is learned for a guild, before everything of it is erased: else its model would be filed after that. */
  endTrainings: (guildId: string) => Promise<void>;
  /** Is told of a guild of which everything was erased, and the versions of its model, to forget what it holds of it. */
  forget: (guildId: string, versions: readonly number[]) => Promise<void>;
  keepLeftDays: number;
  now: () => number;
  log: Logger;
}) {
  const { store, collecting, standing, announce, endTrainings, forget, keepLeftDays, now, log } = parts;
  let last = Promise.resolve();

  function inTurn<A extends unknown[]>(work: (...args: A) => Promise<void>) {
    return (...args: A): Promise<void> => {
      const done = last.then(() => work(...args));
      last = done.catch(() => {});
      return done;
    };
  }

  async function eraseChannel(guildId: string, channelId: string): Promise<void> {
    collecting.release([channelId]);
    const messages = await store.erasure.erase({ guildId, channelId }, 'channel_deleted', now());
    await store.channels.remove(channelId);
    log.info({ guild: guildId, channel: channelId, messages }, 'a channel was deleted');
  }

  /** Sees to a channel if it is gone, or if its readers are not those from before, or not known; says whether they are not. */
  async function hasOtherReaders({
    id,
    guild_id: guildId,
    audience,
    collecting: isOn,
  }: ChannelRow): Promise<boolean> {
    const current = standing.audienceOf(guildId, id);
    // An import may be of a channel that never was here.
    if (current === audience || (current === undefined && isOn === 0)) return false;
    if (current === undefined && (await standing.isGone(id))) {
      await eraseChannel(guildId, id);
      return false;
    }
    await collecting.ignore({ id, guildId }, 'audience_changed');
    log.warn({ guild: guildId, channel: id, audience, current }, 'others can read a channel than before');
    return true;
  }

  async function compare(guildId: string, channelId?: string): Promise<void> {
    const changed: string[] = [];
    for (const channel of await store.channels.used(guildId)) {
      if (channelId !== undefined && channel.id !== channelId) continue;
      try {
        if (await hasOtherReaders(channel)) changed.push(channel.id);
      } catch (error) {
        log.error({ err: error, guild: guildId, channel: channel.id }, 'a channel could not be compared');
      }
    }
    if (changed.length === 0) return;
    const settings = await store.trainingSettings.find(guildId);
    const told = settings?.announce_channel_id ?? null;
    if (told !== null) announce({ guildId, channelId: told }, changed);
  }

  async function leave(guildId: string): Promise<void> {
    await store.guilds.change({ id: guildId, left_at: now(), changed_at: now() });
    log.info({ guild: guildId, days: keepLeftDays }, 'left a server; its data is erased after so many days');
  }

  return {
    /** Takes the guilds that the bot is in for all there are: those it is no longer in it has left, while it was away. */
    present: inTurn(async (guildIds: readonly string[]) => {
      const known = new Map((await store.guilds.all()).map((row) => [row.id, row.left_at]));
      for (const id of guildIds) {
        if (known.get(id) !== null) await store.guilds.change({ id, left_at: null, changed_at: now() });
      }
      for (const [id, leftAt] of known) if (leftAt === null && !guildIds.includes(id)) await leave(id);
    }),

    joined: inTurn(async (guildId: string) => {
      await store.guilds.change({ id: guildId, left_at: null, changed_at: now() });
    }),

    left: inTurn(leave),

    /**
     * Looks who can read the channels of a guild, or one of them. Where it is not who could when collecting began, that
     * ends, and models forget what the channel gave; channels that were deleted are erased.
     */
    compare: inTurn(compare),

    channelDeleted: inTurn(eraseChannel),

    threadDeleted: inTurn(async (guildId: string, threadId: string) => {
      await store.erasure.erase({ guildId, threadId }, 'channel_deleted', now());
    }),

    /**
     * Erases what a banned member wrote in the last days. Discord removes messages with a ban if asked to, but does not
     * tell whether it was; the deletions that it tells of may be missed while the bot is away. So whatever it could have
     * removed goes: older messages it keeps.
     */
    banned: inTurn(async (guildId: string, authorId: string) => {
      const since = now() - PURGED_DAYS * DAY_MS;
      await store.erasure.erase({ guildId, authorId, since }, 'banned', now());
    }),

    /** Erases the guilds that were left long enough ago, and everything about them. */
    eraseLeft: inTurn(async () => {
      for (const guildId of await store.guilds.leftBefore(now() - keepLeftDays * DAY_MS)) {
        collecting.release((await store.channels.used(guildId)).map(({ id }) => id));
        await endTrainings(guildId);
        const versions = (await store.models.versions(guildId)).map(({ version }) => version);
        await store.erasure.eraseGuild(guildId);
        await forget(guildId, versions);
        log.info({ guild: guildId }, 'erased everything about a server that was left');
      }
    }),

    /** Resolves when what has happened so far is attended to. */
    settled: (): Promise<void> => last,
  };
}
