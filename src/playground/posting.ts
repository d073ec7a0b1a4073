import { AllowedMentionsTypes } from 'discord.js';
import type { Guild } from './guild.js';
import { checkLimits } from './limits.js';
import { peopleIn } from './mentions.js';
import { type Attachment, EPHEMERAL, type Message } from './objects.js';
import { emptyMessage, unknownReference } from './problems.js';

/** What a bot sends to make or change a message. */
export interface MessageBody {
  content?: string | null;
  embeds?: { fields?: object[] }[] | null;
  components?: object[] | null;
  flags?: number | null;
  allowed_mentions?: { parse?: string[]; users?: string[]; replied_user?: boolean } | null;
  message_reference?: { message_id: string; fail_if_not_exists?: boolean | null } | null;
  /** In a change, those that stay; `id` may also be the number of an uploaded file. */
  attachments?: { id: string | number; description?: string }[] | null;
}

export interface UploadedFile {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Turns what a bot sends into a message's fields, or refuses it as Discord would. `attachments` are the new
 * ones; of those that the message `had`, the body's list says which ones stay.
 */
export function messageFields(
  guild: Guild,
  body: MessageBody,
  attachments: Attachment[],
  had: Attachment[] = [],
): Partial<Message> {
  const { content, embeds, components, flags } = body;
  checkLimits(body);
  return {
    ...(content !== undefined && { content: content ?? '', mentions: mentioned(guild, body) }),
    ...(embeds !== undefined && { embeds: (embeds ?? []).map(keptEmbed) }),
    ...(components !== undefined && { components: numbered(components ?? []) }),
    attachments: [...kept(body, had), ...attachments],
    ...(typeof flags === 'number' && { flags }),
  };
}

/** An embed as Discord gives it back: with what was left out. */
function keptEmbed({ fields, ...embed }: { fields?: object[] }): object {
  const kept = fields?.map((field) => ({ inline: false, ...field }));
  return { type: 'rich', ...embed, ...(kept && { fields: kept }) };
}

/** A new message of the bot. */
export function botMessage(
  guild: Guild,
  channelId: string,
  body: MessageBody,
  attachments: Attachment[],
): Message {
  const fields = messageFields(guild, body, attachments);
  const isEmpty =
    !fields.content && !fields.embeds?.length && !fields.components?.length && !attachments.length;
  if (isEmpty) throw emptyMessage();
  const message = { ...guild.newMessage(channelId, guild.bot, ''), ...fields };
  const { message_reference: reference, allowed_mentions: allowed } = body;
  if (reference == null) return message;
  const answered = guild.messagesIn(channelId).find(({ id }) => id === reference.message_id);
  if (answered !== undefined) {
    return guild.answering(message, answered, allowed == null || allowed.replied_user === true);
  }
  if (reference.fail_if_not_exists !== false) throw unknownReference();
  return message;
}

export function isEphemeral(body: MessageBody): boolean {
  return ((body.flags ?? 0) & EPHEMERAL) !== 0;
}

function kept({ attachments }: MessageBody, had: Attachment[]): Attachment[] {
  if (attachments === undefined) return had;
  return had.filter(({ id }) => attachments?.some((each) => String(each.id) === id));
}

/** Whom a content pings: nobody whom `allowed_mentions` leaves out. */
function mentioned(guild: Guild, { content, allowed_mentions: allowed }: MessageBody) {
  const mayPing = (id: string) =>
    allowed === undefined ||
    allowed === null ||
    allowed.parse?.includes(AllowedMentionsTypes.User) === true ||
    allowed.users?.includes(id) === true;
  return peopleIn(content ?? '', guild.members).filter(({ id }) => mayPing(id));
}

/** Discord numbers the components of a message in reading order. */
function numbered(components: object[]): object[] {
  let id = 0;
  const walk = (component: object): object => {
    id += 1;
    const own = { id, ...component };
    return 'components' in own ? { ...own, components: (own.components as object[]).map(walk) } : own;
  };
  return components.map(walk);
}

/** The measures of a PNG, which is what the bot draws; nothing of other files. */
export function measures(bytes: Uint8Array): Pick<Attachment, 'width' | 'height'> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.toString('latin1', 1, 4) !== 'PNG') return {};
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}
