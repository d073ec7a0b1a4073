import { setImmediate as breathe } from 'node:timers/promises';
import { learnedForm } from '../corpus/learned-form.js';
import { createVerbatimIndex, type VerbatimIndex } from '../corpus/verbatim.js';
import type { Store } from '../store/open.js';

/** The index of a guild's messages, and ways to keep it up. */
export interface GuildVerbatim {
  readonly index: VerbatimIndex;
  /** Adds the messages that came since: a look at the newest ones. */
  update(): Promise<void>;
  /**
   * Adds whatever is stored now, among it what was edited or filled in late. Due when another model goes live: until then
   * none has learned these. What was deleted stays: a model may still know it.
   */
  readAgain(): Promise<void>;
}

/** Messages between two breaths of the thread: a few milliseconds. */
const PAGE = 1_000;
/** Messages are stored in about the order of their times; an update looks so far back. */
const OVERLAP_MS = 10 * 60_000;
const BEGINNING = { created_at: -1, id: '' };

/**
 * Reads every stored message of a guild in its learned form, also those of channels that are no longer learned from, while
 * the thread goes on with other work. Not seen: what was deleted before, and, until it is read again, what was edited or is older than the
 * newest message by more than ten minutes when it is stored.
 */
export async function readVerbatim(store: Store, guildId: string): Promise<GuildVerbatim> {
  const index = createVerbatimIndex();
  let newest = BEGINNING.created_at;

  async function read(after: { created_at: number; id: string }): Promise<void> {
    for (let last = after; ;) {
      const page = await store.messages.pageOfAll(guildId, last, PAGE);
      for (const { content } of page) index.add(learnedForm(content) ?? '');
      newest = Math.max(newest, page.at(-1)?.created_at ?? newest);
      if (page.length < PAGE) return;
      last = page[page.length - 1];
      await breathe();
    }
  }

  await read(BEGINNING);
  return {
    index,
    update: () => read({ created_at: newest - OVERLAP_MS, id: '' }),
    readAgain: () => read(BEGINNING),
  };
}
