import { type Client, DiscordAPIError, PermissionFlagsBits, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { IncomingMessage } from '../services/collecting.js';
import type { Conversations, Said } from '../services/talking/conversations.js';
import { toIncoming } from './events.js';
import { toMessage } from './replies.js';

const GONE: unknown[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMessage,
  // So Discord calls an answer to a message that was deleted.
  RESTJSONErrorCodes.InvalidFormBodyOrContentType,
];
const COMMAND = 'Reply in character';

/** The conversations of channels and threads, as far as the bot's permissions reach. */
export function createConversations(client: Client): Conversations {
  function mayAll(placeId: string, permissions: bigint[]): boolean {
    const channel = client.channels.cache.get(placeId);
    if (channel === undefined || channel.isDMBased()) return false;
    const me = channel.guild.members.me;
    return me !== null && (channel.permissionsFor(me)?.has(permissions) ?? false);
  }

  return {
    addresses(guildId) {
      const id = client.user?.id ?? '';
      const role = client.guilds.cache.get(guildId)?.roles.botRoleFor(id);
      return [`<@${id}>`, `<@!${id}>`, ...(role ? [`<@&${role.id}>`] : [])];
    },

    maySpeak(placeId) {
      const isThread = client.channels.cache.get(placeId)?.isThread() ?? false;
      const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
      return mayAll(placeId, [ViewChannel, isThread ? SendMessagesInThreads : SendMessages]);
    },

    async before({ id, channelId, threadId }, limit) {
      const placeId = threadId ?? channelId;
      const channel = client.channels.cache.get(placeId);
      const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;
      if (channel?.isTextBased() !== true || !mayAll(placeId, [ViewChannel, ReadMessageHistory])) return [];
      const page = await channel.messages.fetch({ before: id, limit, cache: false });
      return [...page.values()].flatMap((message) => toIncoming(message) ?? []).reverse();
    },

    async showTyping(placeId) {
      const channel = client.channels.cache.get(placeId);
      if (channel?.isSendable() === true) await channel.sendTyping();
    },

    async answer({ id, channelId, threadId }: IncomingMessage, said: Said) {
      const channel = client.channels.cache.get(threadId ?? channelId);
      if (channel?.isSendable() !== true) return undefined;
      try {
        const message = toMessage(said, COMMAND);
        return (await channel.send({ ...message, reply: { messageReference: id } })).id;
      } catch (error) {
        if (!GONE.includes(codeOf(error))) throw error;
        return undefined;
      }
    },

    async remove(placeId, messageId) {
      try {
        await client.rest.delete(Routes.channelMessage(placeId, messageId));
      } catch (error) {
        if (!GONE.includes(codeOf(error))) throw error;
      }
    },
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof DiscordAPIError ? error.code : undefined;
}
