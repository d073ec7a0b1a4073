import {
  type Client,
  DiscordAPIError,
  type GuildBasedChannel,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  SnowflakeUtil,
  type ThreadChannel,
} from 'discord.js';
import { UserError } from '../errors.js';
import type { History } from '../services/backfilling/history.js';
import { isPrivate, toIncoming } from './events.js';

/** The most threads that Discord gives in one answer. */
const PAGE = 100;
const GONE: unknown[] = [RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.UnknownGuild];
const CLOSED: unknown[] = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions];

/** Reads channels' pasts over the API; discord.js waits out the rate limits. */
export function createHistory(client: Client): History {
  /** @throws UserError channel_gone, channel_not_readable */
  async function readable(id: string): Promise<GuildBasedChannel> {
    const channel = await client.channels.fetch(id);
    if (channel === null || channel.isDMBased()) throw new UserError('channel_gone', { channel: id });
    const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;
    // Without the second one Discord shows an empty past.
    const permissions = channel.permissionsFor(client.user?.id ?? '');
    if (permissions?.has([ViewChannel, ReadMessageHistory]) === true) return channel;
    throw new UserError('channel_not_readable', { channel: id });
  }

  return {
    places: (channelId, since) =>
      explained(channelId, async () => {
        const channel = await readable(channelId);
        const own = channel.isTextBased() ? [channelId] : [];
        if (!('threads' in channel)) return own;
        const { threads: active } = await channel.threads.fetchActive();
        const archived = await archivedThreads(channel, since);
        const threads = [...active.values(), ...archived].filter(
          (thread) => !isPrivate(thread) && lastSaid(thread) >= since,
        );
        return [...new Set([...own, ...threads.map(({ id }) => id)])];
      }),

    page: (placeId, before, limit) =>
      explained(placeId, async () => {
        const channel = await readable(placeId);
        if (!channel.isTextBased()) return [];
        const page = await channel.messages.fetch({
          limit,
          cache: false,
          ...(before !== undefined && { before }),
        });
        return [...page.values()].flatMap((message) => toIncoming(message) ?? []);
      }),

    has: (placeId, messageId) =>
      explained(placeId, async () => {
        const channel = await readable(placeId);
        if (!channel.isTextBased()) return false;
        try {
          await channel.messages.fetch({ message: messageId, cache: false, force: true });
          return true;
        } catch (error) {
          if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage)
            return false;
          throw error;
        }
      }),
  };
}

/** Those that were archived since a moment: Discord tells the latest first. */
async function archivedThreads(
  { threads }: Extract<GuildBasedChannel, { threads: unknown }>,
  since: number,
): Promise<ThreadChannel[]> {
  const found = new Map<string, ThreadChannel>();
  for (let before: number | undefined; ;) {
    const known = found.size;
    const page = await threads.fetchArchived({
      type: 'public',
      limit: PAGE,
      ...(before !== undefined && { before }),
    });
    for (const [id, thread] of page.threads) found.set(id, thread);
    const oldest = Math.min(...page.threads.map(({ archiveTimestamp }) => archiveTimestamp ?? 0));
    if (page.hasMore !== true || found.size === known || oldest < since) return [...found.values()];
    // Several may have been archived within the same millisecond.
    before = oldest + 1;
  }
}

/** When the last message of a thread was written, as far as is known. */
function lastSaid({ lastMessageId }: ThreadChannel): number {
  return lastMessageId === null ? Infinity : SnowflakeUtil.timestampFrom(lastMessageId);
}

/** @throws UserError channel_gone, channel_not_readable for what no later try mends */
async function explained<T>(channel: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const code = error instanceof DiscordAPIError ? error.code : undefined;
    if (GONE.includes(code)) throw new UserError('channel_gone', { channel });
    if (CLOSED.includes(code)) throw new UserError('channel_not_readable', { channel });
    throw error;
  }
}
