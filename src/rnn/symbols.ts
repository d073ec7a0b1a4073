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
