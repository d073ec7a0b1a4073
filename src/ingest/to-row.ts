import { cleanMessage, countCharacters } from '../corpus/clean.js';
import type { NewMessage } from '../store/intake.js';
import type { Flaw, FoundMessage } from './found.js';
import { idAt, idOf, isId, timeIn } from './identity.js';
import type { LeftOut, Terms } from './protocol.js';
import type { Source } from './sources.js';

/** When the lines of a text without times were written, as far as anybody knows: before today, one after the other. */
const UNDATED_MS = 86_400_000;
/** Clocks differ a little. */
const PATIENCE_MS = 3_600_000;

/** A row for the database with who can read its channel, why it stays out, or what is wrong with it. */
export type Judged =
  { row: NewMessage; audience: string | undefined } | { leftOut: LeftOut } | { flaw: Flaw };

/** The row of a message that was found at a place of a source, on these terms, at this time. */
export function toRow(message: FoundMessage, at: number, source: Source, terms: Terms, now: number): Judged {
  const { guildId } = terms;
  const named = message.channel ?? source.channel;
  const isNamed = named !== undefined && (isId(named) || terms.channelId === undefined);
  const channel = isNamed ? idOf(named, 'channel', guildId) : terms.channelId;
  if (channel === undefined) return { flaw: 'no_channel' };

  const place = terms.places?.[channel];
  if (terms.places !== undefined && place === undefined) return { leftOut: 'unknown_channel' };
  if (place?.isOpen === false) return { leftOut: 'private_channel' };
  const channelId = place?.channelId ?? channel;
  const thread = message.thread ?? (channelId === channel ? undefined : channel);

  const author = idOf(message.author ?? source.author ?? terms.authorId ?? '', 'author', guildId);
  const id =
    message.id === undefined
      ? idAt(at, [guildId, channelId, author, String(message.createdAt), message.text])
      : idOf(message.id, 'message', channelId);
  const createdAt = timeIn(id) ?? message.createdAt ?? now - UNDATED_MS + at;
  if (createdAt > now + PATIENCE_MS) return { flaw: 'in_future' };

  const content = cleanMessage(message.text) ?? '';
  // What was edited until nothing was left must outlive the text from before.
  if (content === '' && message.editedAt === 0) return { leftOut: 'empty' };
  return {
    audience: place?.audience,
    row: {
      id,
      guild_id: guildId,
      channel_id: channelId,
      thread_id: thread ?? null,
      author_id: author,
      content,
      characters: countCharacters(content),
      reply_to_id: message.replyTo === undefined ? null : idOf(message.replyTo, 'message', channelId),
      created_at: createdAt,
      edited_at: message.editedAt,
    },
  };
}
