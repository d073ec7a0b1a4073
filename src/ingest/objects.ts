import { MAX_DEPTH, type Row } from './found.js';
import { rowParts } from './row-parts.js';

const [QUOTE, BACKSLASH] = [34, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * The objects of a JSON list, each as its bytes, never more than one of them in memory. Only brackets and quotes are
 * looked at: whether an object is well-formed is for whoever parses it, so that one bad one costs no other.
 * @param start where the list's bracket stands
 */
export async function* objectsIn(chunks: AsyncIterable<Buffer>, start: number): AsyncGenerator<Row> {
  let at = 0;
  let skip = start;
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let deepest = 0;
  const parts = rowParts();

  function finished(): Row {
    const row = parts.take(++at);
    const isTooDeep = deepest > MAX_DEPTH;
    deepest = 0;
    return isTooDeep ? { at, flaw: 'too_deep' } : row;
  }

  for await (const chunk of chunks) {
    // Where the object that is being read begins in this chunk.
    let from = depth > 1 ? 0 : -1;
    for (let index = Math.min(skip, chunk.length); index < chunk.length; index++) {
      const byte = chunk[index];
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (depth === 1) from = index;
        depth += 1;
        deepest = Math.max(deepest, depth);
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        depth -= 1;
        if (depth === 1) {
          parts.add(chunk.subarray(from, index + 1));
          from = -1;
          yield finished();
        }
        if (depth > 0) continue;
        // Another bracket than the list's own: an object before it was broken, and what follows cannot be told apart.
        if (byte !== CLOSE_LIST) yield { at: at + 1, flaw: 'cut_off' };
        return;
      }
    }
    skip = Math.max(0, skip - chunk.length);
    if (from >= 0) parts.add(chunk.subarray(from));
  }
  yield { at: at + 1, flaw: 'cut_off' };
}
