import { cleanMessage } from './clean.js';
import type { TranscriptMessage } from './transcript.js';

// An archive is a chat as JSON lines, one message a line, from whatever program wrote it: hence several names a field.
const ID = ['id'];
const TEXT = ['text', 'content', 'x'];
const AUTHOR = ['author', 'author_id', 'u'];
const PLACE = ['channel', 'channel_id', 'ch'];
const THREAD = ['thread', 'thread_id'];
const TIME = ['time', 'timestamp', 't'];
const EDITED = ['edited', 'edited_at'];
const GUILD = ['guild', 'guild_id'];
const AUDIENCE = ['audience'];
const REPLY = ['reply', 'reply_to', 'reply_to_id', 're'];

export interface ArchivedMessage extends TranscriptMessage {
  timeMs: number;
}

/** What a line says of its message, as it stands there; names are empty where there are none. */
export interface ArchiveLine {
  id: string;
  text: string;
  author: string;
  place: string;
  thread: string;
  timeMs: number;
  /** 0 if never. */
  editedMs: number;
  isReply: boolean;
  /** The id of the message that it replies to, if the line says it. */
  reply: string;
  guild: string;
  /** The class of the channel's readers. */
  audience: string;
}

const FLAWS = {
  not_json: 'it is not a JSON object',
  no_text: `it lacks a text (${TEXT.join(', ')})`,
  no_time: `it lacks a time (${TIME.join(', ')}) in ISO 8601 or milliseconds`,
};

/** A line that is no message; the text says what is wrong with it. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';

  constructor(readonly flaw: keyof typeof FLAWS) {
    super(FLAWS[flaw]);
  }
}

/**
 * The message of one line, cleaned; undefined when that leaves nothing. Author and channel may be missing.
 * @throws ArchiveError when the line is no JSON object, or has no text or no time
 */
export function readArchiveLine(line: string): ArchivedMessage | undefined {
  const { text, place, author: authorId, isReply, timeMs } = parseArchiveLine(line);
  const content = cleanMessage(text);
  return content === undefined ? undefined : { place, authorId, content, isReply, timeMs };
}

/** All that a line says. @throws ArchiveError when it is no JSON object, or has no text or no time */
export function parseArchiveLine(line: string): ArchiveLine {
  const fields = parse(line);
  const field = (names: string[]) => names.map((name) => fields[name]).find((value) => value !== undefined);
  const text = field(TEXT);
  if (typeof text !== 'string') throw new ArchiveError('no_text');
  const timeMs = timeOf(field(TIME));
  if (Number.isNaN(timeMs)) throw new ArchiveError('no_time');
  const reply = field(REPLY);
  return {
    id: nameOf(field(ID)),
    text,
    author: nameOf(field(AUTHOR)),
    place: nameOf(field(PLACE)),
    thread: nameOf(field(THREAD)),
    timeMs,
    editedMs: timeOf(field(EDITED)) || 0,
    isReply: ![undefined, null, false, ''].includes(reply as undefined),
    reply: nameOf(reply),
    guild: nameOf(field(GUILD)),
    audience: nameOf(field(AUDIENCE)),
  };
}

/** The older messages and the newest rest, in time order; when all are of one moment, there is no rest. */
export function splitByTime<Message extends { timeMs: number }>(
  messages: readonly Message[],
  olderShare: number,
): [Message[], Message[]] {
  const sorted = messages.toSorted((a, b) => a.timeMs - b.timeMs);
  const cut = sorted.at(Math.floor(sorted.length * olderShare))?.timeMs ?? Infinity;
  const first = sorted.findIndex(({ timeMs }) => timeMs >= cut);
  return first > 0 ? [sorted.slice(0, first), sorted.slice(first)] : [sorted, []];
}

/** In the order of a transcript: place by place, each in time order. */
export function inTranscriptOrder<Message extends { place: string; timeMs: number }>(
  messages: readonly Message[],
): Message[] {
  return messages.toSorted((a, b) =>
    a.place === b.place ? a.timeMs - b.timeMs : a.place < b.place ? -1 : 1,
  );
}

/** A number with more digits than JavaScript's numbers keep, as ids are: it is read as the text it is. */
const LONG_NUMBER = /("\w+"\s*:\s*)(\d{16,20})(?=\s*[,}])/g;

function parse(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line.replace(LONG_NUMBER, '$1"$2"'));
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ArchiveError('not_json');
  }
  return value as Record<string, unknown>;
}

function nameOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** NaN when it is no time. */
export function timeOf(value: unknown): number {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value !== 'string') return NaN;
  // Without a zone it is UTC, so that the order does not depend on where the archive is read.
  const isLocal = value.includes('T') && !/(Z|[+-]\d\d(:?\d\d)?)$/i.test(value);
  return Date.parse(isLocal ? `${value}Z` : value);
}
