import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { UserError } from '../errors.js';
import { printable } from './printable.js';
import { isZip } from './recognise.js';
import { openZip } from './zip.js';

/** One file of what is imported. */
export interface Entry {
  /** With its folders, by slashes. */
  name: string;
  bytes: number;
  open(): Promise<AsyncIterable<Buffer>>;
}

export interface Entries {
  all: Entry[];
  /** Whether they lie together in a folder or archive, rather than one file that somebody chose. */
  isBundle: boolean;
  /** How large the archive is that they are packed in. */
  packedBytes: number | undefined;
  close(): void;
}

/** Read in pieces of this size. */
const CHUNK_BYTES = 262_144;

/**
 * The files behind a path: a folder's, a zip file's, or the one file.
 * @throws UserError import_unreadable, import_hostile_name, import_bomb
 */
export async function openEntries(path: string, name: string): Promise<Entries> {
  try {
    const about = await stat(path);
    if (about.isDirectory()) return bundle(await inFolder(path));
    if (!about.isFile())
      throw new UserError('import_unreadable', { file: printable(name), reason: 'special' });
    if (await beginsLikeZip(path)) return await openZip(path, name, about.size);
    const chosen = file(path, name, about.size);
    return { ...bundle([...(await aboutBeside(path, name)), chosen]), isBundle: false };
  } catch (error) {
    throw explain(error, name);
  }
}

function bundle(all: Entry[]): Entries {
  return { all, isBundle: true, packedBytes: undefined, close: () => {} };
}

async function inFolder(folder: string, recursive = true): Promise<Entry[]> {
  const found = await readdir(folder, { recursive, withFileTypes: true });
  const paths = found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return Promise.all(
    paths.sort().map(async (path) => {
      const name = relative(folder, path).replaceAll('\\', '/');
      return file(path, name, (await stat(path)).size);
    }),
  );
}

/** The file that says which channel a file of a data package is from, if it lies beside it. */
async function aboutBeside(path: string, name: string): Promise<Entry[]> {
  if (!/^messages\.(json|csv)$/i.test(basename(path))) return [];
  const beside = await inFolder(dirname(path), false);
  const folder = name.slice(0, name.length - basename(path).length);
  return beside
    .filter((entry) => entry.name === 'channel.json')
    .map((entry) => ({ ...entry, name: folder + entry.name }));
}

function file(path: string, name: string, bytes: number): Entry {
  const open = async () => createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
  return { name, bytes, open };
}

async function beginsLikeZip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return isZip(buffer);
  } finally {
    await handle.close();
  }
}

function explain(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = code === 'ENOENT' ? 'missing' : code === 'EACCES' ? 'forbidden' : undefined;
  return reason === undefined ? error : new UserError('import_unreadable', { file: printable(name), reason });
}
