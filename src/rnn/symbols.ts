/** A text as the network reads it: two bytes a symbol, so that 100 million of them are 200 MB. */
export type Symbols = Uint16Array<ArrayBuffer>;

/** Most symbols that a vocabulary can have, for their ids to fit. */
export const MAX_SYMBOLS = 1 << 16;

// The ids that every vocabulary begins with; its characters and marks follow.

/**
 * How a character that the vocabulary lacks is written: byte by byte of its UTF-8, each byte as two symbols, its high
 * half (ids 0 to 15) and its low half (16 to 31). Halves, because 32 symbols cost the output layer far less than 256 do
 * (measured on English with a small network: 1.5 times the speed), and are seen often enough to be learned.
 */
export const HALVES = 16;

/** The symbol before the first one of a text. It is only ever read, never predicted. */
export const BEGIN = 2 * HALVES;

/** The id of the vocabulary's first character. */
export const FIRST_CHARACTER = BEGIN + 1;

/** Symbols of one block of a growing list. */
const BLOCK = 1 << 16;

/** A list of symbols that grows in blocks, and is never copied until it is whole. */
export function createSymbolList() {
  const full: Symbols[] = [];
  let block: Symbols = new Uint16Array(BLOCK);
  let used = 0;
  return {
    push(symbol: number): void {
      if (used === BLOCK) {
        full.push(block);
        block = new Uint16Array(BLOCK);
        used = 0;
      }
      block[used++] = symbol;
    },
    join(): Symbols {
      const whole = new Uint16Array(full.length * BLOCK + used);
      full.forEach((each, index) => whole.set(each, index * BLOCK));
      whole.set(block.subarray(0, used), full.length * BLOCK);
      return whole;
    },
  };
}
