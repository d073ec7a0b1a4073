import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../errors.js';
import type { Download } from '../services/importing.js';

const PATIENCE_MS = 5 * 60_000;

/**
 * Downloads a file that came with a command, from where Discord says it lies and from nowhere else.
 * @throws UserError import_too_large, import_download_failed
 */
export const download: Download = async ({ url, path, maxBytes }) => {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    () => {
      throw new UserError('import_download_failed', {});
    },
  );
  if (!response.ok || response.body === null) throw new UserError('import_download_failed', {});
  try {
    await pipeline(
      upTo(maxBytes, response.body.getReader()),
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
    );
  } catch (error) {
    const isOurs = error instanceof UserError || (error instanceof Error && 'syscall' in error);
    throw isOurs ? error : new UserError('import_download_failed', {});
  }
};

interface Body {
  read(): Promise<{ value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** Whatever size was said before: this is how much comes. */
async function* upTo(maxBytes: number, body: Body): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for (let { value } = await body.read(); value !== undefined; { value } = await body.read()) {
      bytes += value.length;
      if (bytes > maxBytes) {
        throw new UserError('import_too_large', { megabytes: Math.floor(maxBytes / 1e6) });
      }
      yield value;
    }
  } finally {
    await body.cancel();
  }
}
