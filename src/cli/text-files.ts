import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { CliError } from './failure.js';
import { unreadable } from './files.js';

/** A file that an option names. */
export interface TextFile {
  readonly path: string;
  readonly option: string;
}

const CHUNK_BYTES = 1 << 20;
/** A line of an archive is one message; what is longer is no archive. */
const MAX_LINE = 1 << 24;

/**
 * The file's text from one byte to before another, in pieces of whole code points; ill-formed UTF-8 becomes U+FFFD.
 * @throws CliError when it cannot be read
 */
export async function* readText(
  { path, option }: TextFile,
  start = 0,
  end = Infinity,
): AsyncGenerator<string> {
  if (start >= end) return;
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: start > 0 });
  try {
    // A pipe can be read, but not from a given byte on.
    const range = { ...(start > 0 && { start }), end: end - 1 };
    const chunks = createReadStream(path, { ...range, highWaterMark: CHUNK_BYTES });
    for await (const chunk of chunks) yield utf8.decode(chunk as Buffer, { stream: true });
  } catch (error) {
    throw unreadable(path, option, error);
  }
  yield utf8.decode();
}

/** The file's lines that are not blank, each with its number, counted from 1. */
export async function* readLines(file: TextFile): AsyncGenerator<[line: string, number: number]> {
  let number = 0;
  for await (const lines of blocksOfLines(readText(file), file.path)) {
    for (const line of lines) {
      number += 1;
      if (line.trim() !== '') yield [line, number];
    }
  }
}

/** The lines of a text in pieces, as many at once as have come. @throws CliError where one is too long for a message */
export async function* blocksOfLines(pieces: AsyncIterable<string>, name: string): AsyncGenerator<string[]> {
  let number = 0;
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    number += lines.length;
    yield lines;
    if (rest.length > MAX_LINE) {
      throw new CliError(
        `${name}:${number + 1}: the line is too long for a message: give one message a line`,
      );
    }
  }
  if (rest !== '') yield [rest];
}

/**
 * The byte where a share of a file ends, between two code points; at least one comes before it.
 * @throws CliError when the file cannot be read, or only once, as a pipe
 */
export async function cutAt({ path, option }: TextFile, share: number): Promise<number> {
  try {
    const stats = await stat(path);
    if (!stats.isFile() && !stats.isDirectory()) {
      throw new CliError(
        `${path} can be read only once, and ${option} is read twice: give it a file on disk`,
      );
    }
    const file = await open(path);
    try {
      const cut = Math.max(1, Math.floor(stats.size * share));
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(3), position: cut });
      const following = buffer.subarray(0, bytesRead).findIndex((byte) => byte >> 6 !== 0b10);
      return cut + (following < 0 ? bytesRead : following);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof CliError ? error : unreadable(path, option, error);
  }
}
