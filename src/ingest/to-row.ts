import { cleanMessage, countCharacters, whyLeftOut } from '../corpus/clean.js';
import type { NewMessage } from '../store/intake.js';
import type { Flaw, FoundMessage } from './found.js';
import { EPOCH_MS } from '../corpus/snowflakes.js';
import { authorOf, idAt, idOf, isId, timeIn } from './identity.js';
import type { LeftOut, Places, Terms } from './protocol.js';
import type { Source } from './sources.js';

/** Clocks differ a little. */
const PATIENCE_MS = 3_600_000;

/** A row for the database with who can read its channel, why it stays out, or what is wrong with it. */
export type Judged =
  { row: NewMessage; audience: string | undefined } | { leftOut: LeftOut } | { flaw: Flaw };

/**
 * The row of a message that was found at a place of a source, on these terms.
 * @param times the present, and from when on messages without a time are dated, one after the other
 */
export function toRow(
  message: FoundMessage,
  at: number,
  source: Source,
  terms: Terms,
  { now, undatedFrom }: { now: number; undatedFrom: number },
): Judged {
  const { guildId, places } = terms;
  if (isElsewhere(message, guildId)) return { leftOut: 'other_guild' };
  const named = message.channel ?? source.channel;
  const isNamed = named !== undefined && (isId(named) || terms.channelId === undefined);
  const channel = isNamed ? idOf(named, 'channel', guildId) : terms.channelId;
  if (channel === undefined) return { flaw: 'no_channel' };

  const inThread = message.thread === undefined ? undefined : idOf(message.thread, 'channel', guildId);
  const place = (inThread === undefined ? undefined : places?.[inThread]) ?? places?.[channel];
  if (places !== undefined && place === undefined) return { leftOut: 'unknown_channel' };
  if (place !== undefined && isPrivate(place, places)) return { leftOut: 'private_channel' };
  const channelId = place?.channelId ?? channel;
  const thread = inThread ?? (channelId === channel ? undefined : channel);

  const author = authorOf(message.author ?? source.author ?? terms.authorId, guildId);
  const id =
    message.id === undefined
      ? idAt(at, [guildId, channelId, author, String(message.createdAt), message.text])
      : idOf(message.id, 'message', channelId);
  const createdAt = timeIn(id) ?? message.createdAt ?? undatedFrom + at;
  const times = [createdAt, message.editedAt === 0 ? createdAt : message.editedAt];
  if (Math.max(...times) > now + PATIENCE_MS) return { flaw: 'in_future' };
  if (Math.min(...times) < EPOCH_MS) return { flaw: 'too_old' };

  const content = cleanMessage(message.text) ?? '';
  // What was edited until nothing was left must outlive the text from before.
  if (content === '' && message.editedAt === 0) return { leftOut: whyLeftOut(message.text) ?? 'empty' };
  return {
    audience: place === undefined ? message.audience : place.audience,
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

/** Whether a message says that it is of another server, by an id. */
function isElsewhere({ guild }: FoundMessage, guildId: string): boolean {
  return guild !== undefined && isId(guild) && guild !== guildId;
}

/** Whether fewer people can read it than may hear it again, or, of a thread, than can read its channel. */
function isPrivate({ channelId, audience, isOpen }: Places[string], places: Places = {}): boolean {
  return !isOpen || places[channelId]?.audience !== audience;
}
