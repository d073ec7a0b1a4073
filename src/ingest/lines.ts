import type { Row } from './found.js';
import { rowParts } from './row-parts.js';

const NEWLINE = 10;

/** The lines of a text, without the marks that end them. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  const parts = rowParts();
  let at = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      parts.add(chunk.subarray(start, end));
      yield parts.take(++at);
      start = end + 1;
    }
    parts.add(chunk.subarray(start));
  }
  if (!parts.isEmpty) yield parts.take(++at);
}
