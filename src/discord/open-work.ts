import { setTimeout as sleep } from 'node:timers/promises';

/** Keeps answers and announcements that are under way, so that the bot does not stop in the middle of one. */
export function createOpenWork() {
  const open = new Set<Promise<void>>();
  return {
    /** @param work never fails */
    keep(work: Promise<void>): void {
      open.add(work);
      void work.finally(() => open.delete(work));
    },

    /** Resolves when all of it is done, or when it has taken too long. */
    async settled(patienceMs: number): Promise<void> {
      const waiting = new AbortController();
      const tooLong = sleep(patienceMs, undefined, { signal: waiting.signal }).catch(() => {});
      await Promise.race([Promise.all(open), tooLong]);
      waiting.abort();
    },
  };
}
