import { setImmediate as breathe } from 'node:timers/promises';
import { createVerbatimIndex, type VerbatimIndex } from '../corpus/verbatim.js';
import type { Store } from '../store/open.js';

const PAGE = 500;

/** What a guild's messages say, read page by page; `readOn` adds what is newer. */
export function createVerbatimReader(
  store: Store,
  guildId: string,
): { index: VerbatimIndex; readOn(): Promise<void> } {
  const index = createVerbatimIndex();
  let last = { created_at: -1, id: '' };
  return {
    index,
    async readOn() {
      for (;;) {
        const page = await store.messages.page(guildId, last, PAGE);
        for (const { content } of page) index.add(content);
        last = page.at(-1) ?? last;
        if (page.length < PAGE) return;
        await breathe();
      }
    },
  };
}
