import { isUserError, UserError } from '../errors.js';
import { type Entries, type Entry, openEntries } from './entries.js';
import { refuseUtf16 } from './encoding.js';
import { printable } from './printable.js';
import { type Format, HEAD_BYTES, isPrivateThread, recognise } from './recognise.js';

/** A file of messages. */
export interface Source {
  entry: Entry;
  /** As it may be shown. */
  name: string;
  format: Format;
  /** Where and by whom its messages were written, as far as the files beside it say it. */
  channel: string | undefined;
  author: string | undefined;
  /** Whether it is from a private thread. */
  isPrivate: boolean;
}

export interface Sources {
  list: Source[];
  /** How many files belong to other servers, or to none; they are left out. */
  elsewhere: number;
  close(): void;
}

/** What all the files of an archive may come to, unpacked. */
const MAX_UNPACKED_BYTES = 4 * 1_024 ** 3;
/** Text hardly ever packs better than this; small archives may. */
const MAX_RATIO = 200;
const SMALL_BYTES = 16 * 1_024 ** 2;
/** The files beside messages, which say whose and where they are. */
const MAX_ABOUT_BYTES = 16 * 1_024 ** 2;

/**
 * Finds the messages behind a path, by what is in the files, not by what they are called.
 * @throws UserError import_bomb, import_no_messages, import_other_guild, and what openEntries throws
 */
export async function openSources(path: string, called: string, guildId: string): Promise<Sources> {
  const entries = await openEntries(path, called);
  try {
    refuseBomb(entries, called);
    const folders = new Set(entries.all.filter(isAbout).map(folderOf));
    const found =
      folders.size > 0 ? await inPackage(entries, folders, guildId) : await inFiles(entries, guildId);
    if (found.list.length === 0) {
      const file = printable(called);
      throw new UserError(found.elsewhere > 0 ? 'import_other_guild' : 'import_no_messages', { file });
    }
    return { ...found, close: entries.close };
  } catch (error) {
    entries.close();
    throw error;
  }
}

type Found = Pick<Sources, 'list' | 'elsewhere'>;

/** Discord's data package: beside the messages of each channel a file says which channel it is. */
async function inPackage({ all }: Entries, folders: Set<string>, guildId: string): Promise<Found> {
  const found: Found = { list: [], elsewhere: 0 };
  const author = await idIn(all.find(({ name }) => /(^|\/)user\.json$/.test(name)));
  const abouts = new Map(all.filter(isAbout).map((entry) => [folderOf(entry), entry]));
  for (const entry of all) {
    if (isAbout(entry) || !folders.has(folderOf(entry))) continue;
    const format = recognise(await headOf(entry));
    if (format === undefined || format.kind === 'text') continue;
    const about = await jsonIn(abouts.get(folderOf(entry)));
    const guild = about['guild'] as { id?: unknown } | undefined;
    if (guild?.id !== guildId) found.elsewhere += 1;
    else {
      const channel = typeof about['id'] === 'string' ? about['id'] : undefined;
      const isPrivate = isPrivateThread(about['type']);
      found.list.push({ entry, name: printable(entry.name), format, channel, author, isPrivate });
    }
  }
  return found;
}

async function inFiles({ all, isBundle }: Entries, guildId: string): Promise<Found> {
  const found: Found = { list: [], elsewhere: 0 };
  for (const entry of all) {
    const head = await headOf(entry);
    if (!isBundle) refuseUtf16(head, printable(entry.name));
    const format = recognise(head);
    // Among other files a text is rather about them.
    if (format === undefined || (isBundle && format.kind === 'text')) continue;
    if (format.kind === 'exporter' && format.guild !== guildId) found.elsewhere += 1;
    else {
      const isPrivate = format.kind === 'exporter' && format.isPrivate;
      const source = { entry, name: printable(entry.name), format, isPrivate };
      found.list.push({ ...source, channel: undefined, author: undefined });
    }
  }
  return found;
}

/** Before anything is unpacked, by what the archive says; yauzl ends whatever becomes longer than that. */
function refuseBomb({ all, packedBytes }: Entries, called: string): void {
  if (packedBytes === undefined) return;
  const bytes = all.reduce((sum, entry) => sum + entry.bytes, 0);
  const isTooDense = bytes > SMALL_BYTES && bytes > packedBytes * MAX_RATIO;
  if (isTooDense || bytes > MAX_UNPACKED_BYTES)
    throw new UserError('import_bomb', { file: printable(called) });
}

function isAbout({ name }: Entry): boolean {
  return /(^|\/)channel\.json$/.test(name);
}

function folderOf({ name }: Entry): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

async function headOf(entry: Entry): Promise<Buffer> {
  return firstBytes(entry, HEAD_BYTES);
}

async function firstBytes(entry: Entry, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of await entry.open()) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return Buffer.concat(parts).subarray(0, limit);
}

async function idIn(entry: Entry | undefined): Promise<string | undefined> {
  const { id } = await jsonIn(entry);
  return typeof id === 'string' ? id : undefined;
}

/** Nothing where it is no JSON object. */
async function jsonIn(entry: Entry | undefined): Promise<Record<string, unknown>> {
  if (entry === undefined) return {};
  try {
    const value: unknown = JSON.parse((await firstBytes(entry, MAX_ABOUT_BYTES)).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (isUserError(error)) throw error;
    return {};
  }
}
