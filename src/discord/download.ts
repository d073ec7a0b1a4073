import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
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
      Readable.fromWeb(response.body),
      (chunks: AsyncIterable<Uint8Array>) => upTo(maxBytes, chunks),
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
    );
  } catch (error) {
    const isOurs = error instanceof UserError || (error instanceof Error && 'syscall' in error);
    throw isOurs ? error : new UserError('import_download_failed', {});
  }
};

/** Whatever size was said before: this is how much comes. */
async function* upTo(maxBytes: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new UserError('import_too_large', { megabytes: Math.floor(maxBytes / 1e6) });
    yield chunk;
  }
}
