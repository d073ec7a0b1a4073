import { createWriteStream } from 'node:fs';
import { access, constants, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ClassifierModel, decodeClassifier } from '../classifier/model.js';
import { CheckpointError, decodeCheckpoint, type Checkpoint } from '../rnn/checkpoint.js';
import { CliError } from './failure.js';

export function readModel(path: string, option = '--model'): Promise<Checkpoint> {
  return readAs(decodeCheckpoint, 'train', path, option);
}

export function readClassifier(path: string): Promise<ClassifierModel> {
  return readAs(decodeClassifier, 'classify train', path, '--model');
}

async function readAs<T>(
  decode: (bytes: Uint8Array) => T,
  writer: string,
  path: string,
  option: string,
): Promise<T> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, option, error);
  });
  try {
    return decode(bytes);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new CliError(`${path}: ${error.message}; ${option} needs a file that ${writer} wrote`);
  }
}

/** Says why the file that an option names cannot be read. */
export function unreadable(path: string, option: string, error: unknown): CliError {
  return new CliError(
    `cannot read ${path} (${reasonOf(error)}): give ${option} a file that exists and is readable`,
  );
}

/** Fails before hours of training do: whether a file can be written at this path. */
export async function checkWritable(path: string): Promise<void> {
  try {
    await access(dirname(resolve(path)), constants.W_OK);
  } catch (error) {
    throw new CliError(`cannot write ${path} (${reasonOf(error)}): give --out a path in a writable folder`);
  }
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) throw new CliError(`${path} is a folder: give --out the path of a file`);
}

/** Writes beside the path and renames, so that nobody ever sees half a file. */
export function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  return writeBeside(path, (temporary) => writeFile(temporary, bytes));
}

/** The same with lines as they come, for its owner alone to read. */
export function writeLinesAtomically(path: string, lines: AsyncIterable<string>): Promise<void> {
  return writeBeside(path, (temporary) => pipeline(lines, createWriteStream(temporary, { mode: 0o600 })));
}

async function writeBeside(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    // What is wrong with the lines themselves is for others to tell.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new CliError(
      `cannot write ${path} (${reasonOf(error)}): free some space or give --out another path`,
    );
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    ENOENT: 'no such file or folder',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'part of the path is not a folder',
    ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB',
  };
  return reasons[code] ?? (code || String(error));
}
