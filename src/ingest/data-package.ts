import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { timeOf } from '../corpus/archive.js';
import { type Found, MAX_ROW_BYTES } from './found.js';

// Discord's data package holds one person's messages, in a folder for each channel: ID, Timestamp, Contents, Attachments.

/** A message of a folder's messages.json. */
export function readPackaged(at: number, text: string): Found {
  try {
    // Ids stand there as numbers, with more digits than JavaScript's numbers keep.
    const fields = JSON.parse(text.replace(/("ID"\s*:\s*)(\d+)/g, '$1"$2"')) as Record<string, unknown>;
    return packaged(at, fields);
  } catch {
    return { at, flaw: 'not_json' };
  }
}

/** The messages of a folder's messages.csv. */
export async function* readTable(chunks: AsyncIterable<Buffer>): AsyncGenerator<Found> {
  let bad: Found[] = [];
  const parser = parse({
    bom: true,
    columns: true,
    info: true,
    max_record_size: MAX_ROW_BYTES,
    skip_records_with_error: true,
    on_skip(error) {
      const isLong = error?.code === 'CSV_MAX_RECORD_SIZE';
      bad.push({ at: parser.info.lines, flaw: isLong ? 'too_long' : 'not_csv' });
      return undefined;
    },
  });
  // What breaks the source breaks the parser, too, which is where it is heard.
  pipeline(Readable.from(chunks), parser, () => {});
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    yield* bad;
    bad = [];
    yield packaged(info.lines, record);
  }
  yield* bad;
}

interface Parsed {
  record: Record<string, unknown>;
  info: { lines: number };
}

function packaged(at: number, fields: Record<string, unknown>): Found {
  const { ID, Timestamp, Contents } = fields;
  if (typeof Contents !== 'string') return { at, flaw: 'no_text' };
  const createdAt = timeOf(typeof Timestamp === 'string' ? Timestamp.replace(' ', 'T') : undefined);
  if (Number.isNaN(createdAt)) return { at, flaw: 'no_time' };
  return {
    at,
    message: {
      id: typeof ID === 'string' && ID !== '' ? ID : undefined,
      channel: undefined,
      thread: undefined,
      author: undefined,
      text: Contents,
      createdAt,
      editedAt: 0,
      replyTo: undefined,
    },
  };
}
