import type { Found } from './found.js';
import { isId } from './identity.js';
import type { Format } from './recognise.js';

/** What people write; other types tell that somebody joined, pinned or renamed something. */
const BY_PEOPLE = ['Default', 'Reply'];

interface ExportedMessage {
  id?: unknown;
  type?: unknown;
  timestamp?: unknown;
  timestampEdited?: unknown;
  content?: unknown;
  author?: { id?: unknown; isBot?: unknown } | null;
  reference?: { messageId?: unknown } | null;
  mentions?: unknown;
}

interface Mention {
  id?: unknown;
  name?: unknown;
  nickname?: unknown;
}

/** More people than a message can mention. */
const MOST_MENTIONS = 200;

/** A message of a file that DiscordChatExporter wrote. */
export function readExported(
  at: number,
  text: string,
  { channel, thread }: Format & { kind: 'exporter' },
): Found {
  const message = parsed(text);
  if (message === undefined) return { at, flaw: 'not_json' };
  const { id, type, timestamp, timestampEdited, content, author, reference, mentions } = message;
  if (typeof content !== 'string') return { at, flaw: 'no_text' };
  if (!BY_PEOPLE.includes(String(type))) return { at, omitted: 'system' };
  if (author?.isBot === true) return { at, omitted: 'bot' };
  const createdAt = timeOf(timestamp);
  if (createdAt === undefined) return { at, flaw: 'no_time' };
  return {
    at,
    message: {
      id: nameOf(id),
      channel,
      thread,
      author: nameOf(author?.id),
      text: withoutNames(content, mentions),
      createdAt,
      editedAt: timeOf(timestampEdited) ?? 0,
      replyTo: nameOf(reference?.messageId),
    },
  };
}

/** A text with its mentions as Discord writes them: the program puts people's names in their places. */
function withoutNames(text: string, mentions: unknown): string {
  if (!Array.isArray(mentions)) return text;
  const ids = new Map<string, string>();
  for (const mention of mentions.slice(0, MOST_MENTIONS) as (Mention | null)[]) {
    const id = nameOf(mention?.id) ?? '';
    for (const called of [nameOf(mention?.nickname), nameOf(mention?.name)]) {
      if (called !== undefined && isId(id)) ids.set(called, id);
    }
  }
  if (ids.size === 0) return text;
  const names = [...ids.keys()].sort((a, b) => b.length - a.length);
  const literally = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(`@(?:${literally.join('|')})`, 'g');
  return text.replace(pattern, (mention) => `<@${ids.get(mention.slice(1))}>`);
}

function parsed(text: string): ExportedMessage | undefined {
  try {
    return JSON.parse(text) as ExportedMessage;
  } catch {
    return undefined;
  }
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
