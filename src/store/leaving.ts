import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Schema } from './schema.js';

/** Which messages leave. `ids` may be unknown: what is erased before it arrives does not come later, either. */
export type Leaving =
  | { guildId: string; ids: readonly string[] }
  | { guildId: string; threadId: string }
  | { guildId: string; channelId: string }
  | { guildId: string; authorId: string; since?: number };

/** Whether a stored message is among those that leave. */
export function among(
  eb: ExpressionBuilder<Schema, 'messages'>,
  leaving: Leaving,
): ExpressionWrapper<Schema, 'messages', SqlBool> {
  const inGuild = eb('messages.guild_id', '=', leaving.guildId);
  if ('ids' in leaving) return eb.and([inGuild, eb('messages.id', 'in', leaving.ids)]);
  if ('threadId' in leaving) return eb.and([inGuild, eb('messages.thread_id', '=', leaving.threadId)]);
  if ('channelId' in leaving) return eb.and([inGuild, eb('messages.channel_id', '=', leaving.channelId)]);
  const { authorId, since = 0 } = leaving;
  return eb.and([inGuild, eb('messages.author_id', '=', authorId), eb('messages.created_at', '>=', since)]);
}
