import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { UserError } from '../errors.js';
import type { IngestRun, StartIngest } from '../ingest/ingest-client.js';
import type { Counts, IngestResult, Places, Terms } from '../ingest/protocol.js';
import { PUBLIC } from '../store/messages.js';
import type { Store } from '../store/open.js';

export type { Counts } from '../ingest/protocol.js';

/** Saves what lies behind an address. @throws UserError import_too_large, import_download_failed */
export type Download = (what: { url: string; path: string; maxBytes: number }) => Promise<void>;

/** The channels and threads that a guild has now: of each, the channel that it is or is in, and who can read it. */
export type FindPlaces = (guildId: string) => { id: string; channelId: string; audience: string }[];

export interface AskedImport {
  guildId: string;
  file: { url: string; name: string; bytes: number };
  /** Where messages belong of which the file does not say it. */
  channelId: string;
  /** Whose messages they are, where the file does not say it. */
  authorId: string | undefined;
}

/** A file that was downloaded and counted. */
interface Held {
  token: string;
  path: string;
  asked: AskedImport;
  forget: NodeJS.Timeout;
}

export type Importing = Awaited<ReturnType<typeof createImporting>>;

const MAX_BYTES = 100_000_000;
/** How long a file is kept between its counts and the decision. */
const KEEP_MS = 10 * 60_000;

/**
 * Imports files that people upload, in two steps: first what would come in, then the import. Only messages of channels
 * come in that everyone can read or whose readers have a model of their own; an archived thread is taken for its channel,
 * unless the file says that it is private. The files lie in `folder`, which is emptied at the start: nothing stays.
 */
export async function createImporting(parts: {
  store: Store;
  startIngest: StartIngest;
  download: Download;
  findPlaces: FindPlaces;
  folder: string;
  now: () => number;
  log: Logger;
}) {
  const { store, startIngest, download, findPlaces, folder, now, log } = parts;
  await rm(folder, { recursive: true, force: true });
  const held = new Map<string, Held>();
  /** Of each guild, what is under way; nothing to cancel while it is only being prepared. */
  const running = new Map<string, IngestRun | undefined>();
  let files = 0;

  /** One at a time for each guild. */
  async function alone<T>(guildId: string, work: () => Promise<T>): Promise<T> {
    if (running.has(guildId)) throw new UserError('import_running', {});
    running.set(guildId, undefined);
    try {
      return await work();
    } finally {
      running.delete(guildId);
    }
  }

  async function run(
    path: string,
    { guildId, channelId, authorId, file: { name } }: AskedImport,
    isRehearsal: boolean,
    onProgress: Parameters<StartIngest>[1],
  ): Promise<IngestResult> {
    const terms: Terms = { guildId, channelId, authorId, places: await placesOf(guildId) };
    const started = startIngest({ path, name, terms, isRehearsal }, onProgress);
    running.set(guildId, started);
    return started.finished;
  }

  async function placesOf(guildId: string): Promise<Places> {
    const asked = (await store.audiences.list(guildId)).map(({ id }) => id);
    const open = new Set([PUBLIC, ...asked]);
    const places = findPlaces(guildId);
    return Object.fromEntries(
      places.map(({ id, channelId, audience }) => [id, { channelId, audience, isOpen: open.has(audience) }]),
    );
  }

  async function discard(guildId: string): Promise<void> {
    const file = held.get(guildId);
    if (file === undefined) return;
    held.delete(guildId);
    clearTimeout(file.forget);
    await rm(file.path, { force: true });
  }

  function hold(path: string, asked: AskedImport): string {
    const token = `${now()}-${files}`;
    const forget = setTimeout(() => {
      discard(asked.guildId).catch((error: unknown) => log.warn({ err: error }, 'an upload was not removed'));
    }, KEEP_MS);
    held.set(asked.guildId, { token, path, asked, forget: forget.unref() });
    return token;
  }

  return {
    /**
     * Downloads a file and counts what would come in; with `keeps`, the file waits for `start`, which takes its token.
     * @throws UserError import_running, what the download throws, and what ingest throws
     */
    async rehearse(
      asked: AskedImport,
      keeps: boolean,
      onProgress: (read: number) => void,
    ): Promise<{ counts: Counts; token: string | undefined }> {
      if (asked.file.bytes > MAX_BYTES) {
        throw new UserError('import_too_large', { megabytes: MAX_BYTES / 1e6 });
      }
      return alone(asked.guildId, async () => {
        await discard(asked.guildId);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const path = join(folder, String(++files));
        let token: string | undefined;
        try {
          await download({ url: asked.file.url, path, maxBytes: MAX_BYTES });
          const { counts } = await run(path, asked, true, ({ counts: { read } }) => onProgress(read));
          if (keeps && counts.added + counts.edited > 0) token = hold(path, asked);
          return { counts, token };
        } finally {
          if (token === undefined) await rm(path, { force: true });
        }
      });
    },

    /** Imports a file that was counted. @throws UserError import_gone, import_running, and what ingest throws */
    async start(
      guildId: string,
      token: string,
      onProgress: (added: number, fraction: number) => void,
    ): Promise<IngestResult> {
      return alone(guildId, async () => {
        const file = held.get(guildId);
        if (file?.token !== token) throw new UserError('import_gone', {});
        held.delete(guildId);
        clearTimeout(file.forget);
        try {
          const result = await run(file.path, file.asked, false, ({ counts: { added }, fraction }) =>
            onProgress(added, fraction),
          );
          const { read, added, edited, bad } = result.counts;
          log.info(
            { guild: guildId, read, added, edited, bad, ended: result.isCancelled },
            'a file was imported',
          );
          return result;
        } finally {
          await rm(file.path, { force: true });
        }
      });
    },

    /** Ends what is under way; what came in stays. */
    cancel: (guildId: string) => running.get(guildId)?.cancel(),

    discard,

    /** Ends all that is under way, and removes every file. */
    async stop(): Promise<void> {
      for (const started of running.values()) started?.cancel();
      await Promise.allSettled([...running.values()].flatMap((started) => started?.finished ?? []));
      for (const { forget } of held.values()) clearTimeout(forget);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
