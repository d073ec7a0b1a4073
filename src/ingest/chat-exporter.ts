import type { Found } from './found.js';
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
}

/** A message of a file that DiscordChatExporter wrote. */
export function readExported(
  at: number,
  text: string,
  { channel, thread }: Format & { kind: 'exporter' },
): Found {
  const message = parsed(text);
  if (message === undefined) return { at, flaw: 'not_json' };
  const { id, type, timestamp, timestampEdited, content, author, reference } = message;
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
      text: content,
      createdAt,
      editedAt: timeOf(timestampEdited) ?? 0,
      replyTo: nameOf(reference?.messageId),
    },
  };
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
