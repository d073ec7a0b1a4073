import { type Client, DiscordAPIError, PermissionFlagsBits, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { IncomingMessage } from '../services/collecting.js';
import type { Conversations, Said } from '../services/talking/conversations.js';
import { audienceIn } from './audience-in.js';
import { toIncoming } from './events.js';
import { toMessage } from './replies.js';

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
      const { ViewChannel, ReadMessageHistory, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
      // Discord lets only those answer a message who may read the history.
      return mayAll(placeId, [
        ViewChannel,
        ReadMessageHistory,
        isThread ? SendMessagesInThreads : SendMessages,
      ]);
    },

    audienceOf: (placeId) => audienceIn(client.channels.cache.get(placeId)),

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
        if (!isGone(error)) throw error;
        return undefined;
      }
    },

    async remove(placeId, messageId) {
      try {
        await client.rest.delete(Routes.channelMessage(placeId, messageId));
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
  };
}

/** Whether a request failed because what it is about was deleted. */
function isGone(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  const { UnknownChannel, UnknownMessage, InvalidFormBodyOrContentType } = RESTJSONErrorCodes;
  if (error.code === UnknownChannel || error.code === UnknownMessage) return true;
  // An answer to a deleted message is a form whose reference is wrong.
  const problems = 'errors' in error.rawError ? error.rawError.errors : undefined;
  const isReference = typeof problems === 'object' && 'message_reference' in problems;
  return error.code === InvalidFormBodyOrContentType && isReference;
}
