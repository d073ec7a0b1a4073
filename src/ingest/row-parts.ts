import { MAX_ROW_BYTES, type Row } from './found.js';

/** Puts together a row that comes in parts; of one that is too long nothing is kept. */
export function rowParts() {
  let parts: Buffer[] = [];
  let length = 0;
  return {
    get isEmpty() {
      return length === 0;
    },

    add(part: Buffer): void {
      length += part.length;
      if (length <= MAX_ROW_BYTES) parts.push(part);
      else parts = [];
    },

    /** The row, and begins the next one. */
    take(at: number): Row {
      const row: Row =
        length > MAX_ROW_BYTES
          ? { at, flaw: 'too_long' }
          : { at, bytes: parts.length === 1 ? parts[0] : Buffer.concat(parts) };
      parts = [];
      length = 0;
      return row;
    },
  };
}
