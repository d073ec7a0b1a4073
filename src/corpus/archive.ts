import { cleanMessage } from './clean.js';
import type { TranscriptMessage } from './transcript.js';

// An archive is a chat as JSON lines, one message a line, from whatever program wrote it: hence several names a field.
const TEXT = ['text', 'content', 'x'];
const AUTHOR = ['author', 'u'];
const PLACE = ['channel', 'ch'];
const TIME = ['time', 'timestamp', 't'];
const REPLY = ['reply', 'reply_to', 're'];

export interface ArchivedMessage extends TranscriptMessage {
  timeMs: number;
}

/** A line that is no message; the text says what is wrong with it. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/**
 * The message of one line, cleaned; undefined when that leaves nothing. Author and channel may be missing.
 * @throws ArchiveError when the line is no JSON object, or has no text or no time
 */
export function readArchiveLine(line: string): ArchivedMessage | undefined {
  const fields = parse(line);
  const field = (names: string[]) => names.map((name) => fields[name]).find((value) => value !== undefined);
  const text = field(TEXT);
  if (typeof text !== 'string') throw new ArchiveError(`it lacks a text (${TEXT.join(', ')})`);
  const timeMs = timeOf(field(TIME));
  if (Number.isNaN(timeMs)) {
    throw new ArchiveError(`it lacks a time (${TIME.join(', ')}) in ISO 8601 or milliseconds`);
  }
  const content = cleanMessage(text);
  if (content === undefined) return undefined;
  const isReply = ![undefined, null, false, ''].includes(field(REPLY) as undefined);
  return { place: nameOf(field(PLACE)), authorId: nameOf(field(AUTHOR)), content, isReply, timeMs };
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

function parse(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ArchiveError('it is not a JSON object');
  }
  return value as Record<string, unknown>;
}

function nameOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** NaN when it is no time. */
function timeOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return NaN;
  // Without a zone it is UTC, so that the order does not depend on where the archive is read.
  const isLocal = value.includes('T') && !/(Z|[+-]\d\d(:?\d\d)?)$/i.test(value);
  return Date.parse(isLocal ? `${value}Z` : value);
}
