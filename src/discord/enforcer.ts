import {
  type Client,
  DiscordAPIError,
  type GuildMember,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Enforcer, FlagMessage, Obstacle } from '../services/moderation/enforcer.js';
import { toMessage } from './replies.js';

/** Discord's longest time-out, 28 days, less a minute because clocks differ. */
const LONGEST_MS = 28 * 24 * 3_600_000 - 60_000;
/** The longest reason that Discord takes into its audit log. */
const REASON = 512;
const OBSTACLES = new Map<unknown, Obstacle>([
  [RESTJSONErrorCodes.UnknownChannel, 'gone'],
  [RESTJSONErrorCodes.UnknownMessage, 'gone'],
  [RESTJSONErrorCodes.UnknownMember, 'not_a_member'],
  [RESTJSONErrorCodes.UnknownUser, 'not_a_member'],
  [RESTJSONErrorCodes.MissingAccess, 'missing_permission'],
  [RESTJSONErrorCodes.MissingPermissions, 'missing_permission'],
]);
const CLOSED: unknown[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
];
const UNREACHABLE: unknown[] = [
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
];

/** Acts on Discord for moderating, as far as the bot's permissions and roles reach. */
export function createEnforcer(client: Client, now: () => number, log: Logger): Enforcer {
  async function deleteObstacle(guildId: string, channelId: string): Promise<Obstacle | undefined> {
    const me = client.guilds.cache.get(guildId)?.members.me;
    const channel = await client.channels.fetch(channelId);
    if (!me || channel === null || channel.isDMBased()) return 'gone';
    const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ManageMessages];
    return channel.permissionsFor(me).has(needed) ? undefined : 'missing_permission';
  }

  /** The member, if nothing speaks against a time-out. */
  async function timeOutTarget(guildId: string, userId: string): Promise<GuildMember | Obstacle> {
    const guild = client.guilds.cache.get(guildId);
    const me = guild?.members.me;
    if (guild === undefined || !me?.permissions.has(PermissionFlagsBits.ModerateMembers)) {
      return 'missing_permission';
    }
    if (userId === guild.ownerId) return 'owner';
    // Without the intent for members nobody tells us of changed roles, so they are asked anew.
    const member = await guild.members.fetch({ user: userId, force: true });
    const isAdmin = member.permissions.has(PermissionFlagsBits.Administrator);
    return isAdmin || !member.manageable ? 'role_too_high' : member;
  }

  async function post(
    channelId: string,
    message: FlagMessage,
    replaces?: string,
  ): Promise<string | undefined> {
    try {
      const channel = await client.channels.fetch(channelId);
      if (channel?.isSendable() !== true) return undefined;
      const content = toSpamMessage(message);
      if (replaces === undefined) return (await channel.send(content)).id;
      return (await channel.messages.edit(replaces, content)).id;
    } catch (error) {
      const code = codeOf(error);
      // Somebody deleted the message that was to be replaced: a new one takes its place.
      if (replaces !== undefined && code === RESTJSONErrorCodes.UnknownMessage)
        return post(channelId, message);
      if (!CLOSED.includes(code)) throw error;
      log.warn({ err: error, channel: channelId }, 'a flag could not be posted');
      return undefined;
    }
  }

  return {
    obstacle: (action, { guildId, channelId, authorId }) =>
      orObstacle(async () => {
        if (action === 'delete') return deleteObstacle(guildId, channelId);
        const target = await timeOutTarget(guildId, authorId);
        return typeof target === 'string' ? target : undefined;
      }),

    deleteMessage: ({ guildId, channelId, messageId }, reason) =>
      orObstacle(async () => {
        const obstacle = await deleteObstacle(guildId, channelId);
        if (obstacle !== undefined) return obstacle;
        await client.rest.delete(Routes.channelMessage(channelId, messageId), { reason: fit(reason) });
        return undefined;
      }),

    timeOut: ({ guildId, userId }, until, reason) =>
      orObstacle(async () => {
        const target = await timeOutTarget(guildId, userId);
        if (typeof target === 'string') return target;
        const end = until === undefined ? null : Math.min(until, now() + LONGEST_MS);
        // A longer one that somebody else gave stays.
        if (end !== null && (target.communicationDisabledUntilTimestamp ?? 0) > end) return undefined;
        await target.disableCommunicationUntil(end, fit(reason));
        return undefined;
      }),

    post,

    async tell(userId, message) {
      try {
        await client.users.send(userId, toSpamMessage(message));
        return true;
      } catch (error) {
        if (!UNREACHABLE.includes(codeOf(error))) throw error;
        return false;
      }
    },
  };
}

function toSpamMessage(message: FlagMessage) {
  return toMessage(message, 'spam');
}

/** What the work resolves with, or the obstacle that Discord answered with. */
async function orObstacle(work: () => Promise<Obstacle | undefined>): Promise<Obstacle | undefined> {
  try {
    return await work();
  } catch (error) {
    const obstacle = OBSTACLES.get(codeOf(error));
    if (obstacle === undefined) throw error;
    return obstacle;
  }
}

function fit(reason: string): string {
  return [...reason].slice(0, REASON).join('');
}

function codeOf(error: unknown): unknown {
  return error instanceof DiscordAPIError ? error.code : undefined;
}
