import { isUtf8 } from 'node:buffer';
import { UserError } from '../errors.js';

/**
 * Reads all of a file to see whether it is UTF-8.
 * @throws UserError import_encoding, which says how it is written instead or where the first wrong byte stands
 */
export async function checkEncoding(chunks: AsyncIterable<Buffer>, file: string): Promise<void> {
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const read of chunks) {
    const chunk = rest.length === 0 ? read : Buffer.concat([rest, read]);
    if (offset === 0) refuseUtf16(chunk, file);
    const whole = wholeLength(chunk);
    if (!isUtf8(chunk.subarray(0, whole))) throw wrongAt(offset + validLength(chunk), file);
    rest = Buffer.from(chunk.subarray(whole));
    offset += whole;
  }
  if (rest.length > 0) throw wrongAt(offset, file);
}

/** How many bytes there are without the beginning of a character that goes on in the next chunk. */
function wholeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How many bytes from the start are right, by halves. */
function validLength(bytes: Buffer): number {
  let [right, wrong] = [0, bytes.length];
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, wholeLength(part)))) right = middle;
    else wrong = middle;
  }
  return wholeLength(bytes.subarray(0, right));
}

/** By the mark that such a file begins with. @throws UserError import_encoding */
export function refuseUtf16(head: Buffer, file: string): void {
  const isMarked = ['fffe', 'feff'].includes(head.toString('hex', 0, 2));
  if (isMarked) throw new UserError('import_encoding', { file, byte: undefined });
}

function wrongAt(byte: number, file: string): UserError {
  return new UserError('import_encoding', { file, byte });
}
