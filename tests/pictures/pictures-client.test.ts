import { describe, expect, it, onTestFinished } from 'vitest';
import { createPictures } from '../../src/pictures/pictures-client.js';
import type { Look } from '../../src/pictures/protocol.js';
import { recordedLog, silent } from '../helpers/log.js';

const empty = { unit: 'day', first: 0, last: 0, buckets: [] } as const;

describe('the picture worker', () => {
  it('as built draws in its own thread', async () => {
    const built = new URL('../../dist/src/pictures/pictures-worker.js', import.meta.url);
    const pictures = createPictures(silent, built);
    onTestFinished(() => pictures.close());
    const both = await Promise.all([
      pictures.mood(empty),
      pictures.spamVersions([], { theme: 'light', locale: 'ko' }),
    ]);
    for (const png of both) expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
  });

  it('draws in the dark and in English unless it is told otherwise', async () => {
    const pictures = createPictures(
      silent,
      worker(`parentPort.on('message', ({ id, theme, locale }) => {
        parentPort.postMessage({ type: 'drawn', id, png: new TextEncoder().encode(theme + ' ' + locale) });
      });`),
    );
    onTestFinished(() => pictures.close());
    const told = async (look?: Look) => new TextDecoder().decode(await pictures.mood(empty, look));
    expect(await told()).toBe('dark en');
    expect(await told({ locale: 'ko' })).toBe('dark ko');
    expect(await told({ theme: 'light' })).toBe('light en');
  });

  it('that dies fails what it was drawing; the next picture gets a new worker', async () => {
    const pictures = createPictures(
      silent,
      worker(`parentPort.on('message', ({ id, kind }) => {
        if (kind === 'mood') process.exit(1);
        parentPort.postMessage({ type: 'drawn', id, png: new Uint8Array([42]) });
      });`),
    );
    onTestFinished(() => pictures.close());
    await expect(pictures.mood(empty)).rejects.toMatchObject({ key: 'drawing_died' });
    expect(await pictures.spamVersions([])).toEqual(new Uint8Array([42]));
  });

  it('that fails at one picture says why in the log', async () => {
    const { log, lines } = recordedLog();
    const pictures = createPictures(
      log,
      worker(`parentPort.on('message', ({ id }) => {
        parentPort.postMessage({ type: 'failed', id, reason: 'no ink' });
      });`),
    );
    onTestFinished(() => pictures.close());
    await expect(pictures.spamVersions([])).rejects.toMatchObject({
      key: 'drawing_died',
      params: {},
    });
    expect(lines).toMatchObject([{ problem: 'drawing_died', reason: 'no ink' }]);
  });

  it('that is closed fails what it was drawing', async () => {
    const pictures = createPictures(silent, worker(`parentPort.on('message', () => {});`));
    const picture = pictures.spamVersions([]);
    const failed = expect(picture).rejects.toMatchObject({ key: 'shutting_down' });
    await pictures.close();
    await failed;
  });
});

/** A worker of a few lines, for the ways in which the real one does not fail on demand. */
function worker(source: string): URL {
  const prelude = `import { parentPort } from 'node:worker_threads';`;
  return new URL(`data:text/javascript,${encodeURIComponent(prelude + source)}`);
}
