import {
  getFileNameLowLevel,
  openPromise,
  validateFileName,
  type Entry as ZipEntry,
  type ZipFile,
} from 'yauzl';
import { UserError } from '../errors.js';
import type { Entries, Entry } from './entries.js';
import { printable } from './printable.js';

const MAX_ENTRIES = 100_000;

/**
 * The files in a zip file. Nothing is unpacked to the disk, and none may be longer than the archive says.
 * @throws UserError import_hostile_name for a name that would lead out of the archive, or that no honest program writes;
 *   import_bomb for too many files; import_unreadable for an archive that is damaged or locked by a password
 */
export async function openZip(path: string, name: string, packedBytes: number): Promise<Entries> {
  // Names as their bytes, so that it is for us to refuse them: yauzl would mend some.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
  const zip = await openPromise(path, options).catch((error: unknown) => {
    throw damaged(name, error);
  });
  try {
    if (zip.entryCount > MAX_ENTRIES) throw new UserError('import_bomb', { file: printable(name) });
    const all: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      const inside = checkedName(entry);
      if (!inside.endsWith('/')) all.push(toEntry(zip, entry, inside));
    }
    return { all, isBundle: true, packedBytes, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error instanceof UserError ? error : damaged(name, error);
  }
}

function checkedName(entry: ZipEntry): string {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  if (validateFileName(name) !== null || name === '' || /\p{Cc}/u.test(name)) {
    throw new UserError('import_hostile_name', { file: printable(name) });
  }
  return name;
}

function toEntry(zip: ZipFile, entry: ZipEntry, name: string): Entry {
  return {
    name,
    bytes: entry.uncompressedSize,
    async open() {
      if (entry.isEncrypted())
        throw new UserError('import_unreadable', { file: printable(name), reason: 'locked' });
      try {
        return explained(await zip.openReadStreamPromise(entry), name);
      } catch (error) {
        throw damaged(name, error);
      }
    },
  };
}

async function* explained(stream: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (error) {
    throw damaged(name, error);
  }
}

/** Whatever else yauzl and zlib find is wrong with the archive itself. */
function damaged(name: string, cause: unknown): UserError {
  return Object.assign(new UserError('import_unreadable', { file: printable(name), reason: 'damaged' }), {
    cause,
  });
}
