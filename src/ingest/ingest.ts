import { UserError } from '../errors.js';
import type { NewMessage } from '../store/intake.js';
import type { Store } from '../store/open.js';
import { countBad, countLeftOut, countTaken, noCounts, omissionsIn } from './counting.js';
import { checkEncoding } from './encoding.js';
import { createJudge } from './judge.js';
import type { IngestJob, IngestProgress, IngestResult, IngestSettings, Terms } from './protocol.js';
import { readMessages } from './read.js';
import { openSources, type Source } from './sources.js';

const BATCH = 1_000;

/**
 * Takes the messages of a file, folder or archive in, as far as they may come in; a rehearsal only counts. What is no
 * message is counted, and never ends it. When the signal aborts, it ends after what it is at, and what came in stays.
 * @throws UserError import_encoding, import_needs_channel, import_needs_author, or what openSources throws, all before
 *   anything came in
 */
export async function ingest(
  { path, name, terms, isRehearsal }: Omit<IngestJob, keyof IngestSettings>,
  parts: {
    store: Store;
    now: () => number;
    onProgress: (progress: IngestProgress) => void;
    signal: AbortSignal;
  },
): Promise<IngestResult> {
  const { store, now, onProgress, signal } = parts;
  const sources = await openSources(path, name, terms.guildId);
  const counts = noCounts(sources.elsewhere);
  const judge = createJudge({ store, terms, isRehearsal, now });
  const totalBytes = sources.list.reduce((sum, { entry }) => sum + entry.bytes, 1);
  let readBytes = 0;
  let waiting: NewMessage[] = [];

  async function* measured(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      readBytes += chunk.length;
      yield chunk;
    }
  }

  async function takeWaiting(): Promise<void> {
    const batch = waiting;
    waiting = [];
    const taken = isRehearsal ? await store.intake.rehearse(batch) : await store.intake.take(batch, now());
    countTaken(counts, batch.length, taken);
    onProgress({ counts, fraction: Math.min(1, readBytes / totalBytes) });
  }

  async function takeFrom(source: Source): Promise<void> {
    for await (const found of readMessages(measured(await source.entry.open()), source.format)) {
      if (signal.aborted) return;
      counts.read += 1;
      const judged = await judge(found, source);
      if ('row' in judged) waiting.push(judged.row);
      else if ('leftOut' in judged) countLeftOut(counts, judged.leftOut);
      else countBad(counts, { file: source.name, at: found.at, flaw: judged.flaw });
      if (waiting.length >= BATCH) await takeWaiting();
    }
  }

  try {
    for (const source of sources.list) demandTerms(source, terms);
    for (const source of sources.list) await checkEncoding(await source.entry.open(), source.name);
    for (const source of sources.list) await takeFrom(source);
    await takeWaiting();
    if (!isRehearsal) await store.omissions.add(terms.guildId, omissionsIn(counts));
    return { counts, isCancelled: signal.aborted };
  } finally {
    sources.close();
  }
}

/** Some formats do not say where or by whom a message was written. */
function demandTerms({ format, name: file, channel, author }: Source, terms: Terms): void {
  const isPackage = format.kind === 'table' || (format.kind === 'list' && format.isPackage);
  const lacksChannel = (isPackage || format.kind === 'text') && (channel ?? terms.channelId) === undefined;
  if (lacksChannel) throw new UserError('import_needs_channel', { file });
  if (isPackage && (author ?? terms.authorId) === undefined) {
    throw new UserError('import_needs_author', { file });
  }
}
