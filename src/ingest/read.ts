import { unreachable } from '../unreachable.js';
import { readArchived } from './archive-rows.js';
import { readExported } from './chat-exporter.js';
import { readPackaged, readTable } from './data-package.js';
import type { Found, Row } from './found.js';
import { linesOf } from './lines.js';
import { objectsIn } from './objects.js';
import type { Format } from './recognise.js';

/** All that a file of this format has, row by row, in bounded memory. */
export function readMessages(chunks: AsyncIterable<Buffer>, format: Format): AsyncGenerator<Found> {
  switch (format.kind) {
    case 'exporter':
      return eachOf(objectsIn(chunks, format.start), (at, text) => readExported(at, text, format));
    case 'list':
      return eachOf(objectsIn(chunks, format.start), format.isPackage ? readPackaged : readArchived);
    case 'table':
      return readTable(chunks);
    case 'lines':
      return eachOf(linesOf(chunks), readArchived);
    case 'text':
      return eachOf(linesOf(chunks), readLine);
    default:
      return unreachable(format);
  }
}

async function* eachOf(
  rows: AsyncIterable<Row>,
  read: (at: number, text: string) => Found,
): AsyncGenerator<Found> {
  for await (const row of rows) {
    if ('flaw' in row) {
      yield row;
      continue;
    }
    const text = textOf(row);
    if (text.trim() !== '') yield read(row.at, text);
  }
}

/** Without the mark that some programs begin a file with. */
function textOf({ at, bytes }: Row & { bytes: Buffer }): string {
  const text = bytes.toString('utf8');
  return at === 1 ? text.replace(/^\ufeff/, '') : text;
}

/** A line of plain text is a message of nobody in particular, at no time in particular. */
function readLine(at: number, text: string): Found {
  const nothing = { id: undefined, channel: undefined, thread: undefined, author: undefined };
  return { at, message: { ...nothing, text, createdAt: undefined, editedAt: 0, replyTo: undefined } };
}
