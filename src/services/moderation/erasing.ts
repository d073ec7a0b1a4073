import type { Store } from '../../store/open.js';

/** Texts of what is settled are of no more use after this. */
const KEPT_MS = 30 * 24 * 3_600_000;
const LOOK_EVERY_MS = 3_600_000;

/** Erases what need not be kept: texts of settled flags and of the log; without the right to train, old verdicts too. */
export function createErasing(parts: { store: Store; permitted: boolean; now: () => number }) {
  const { store, permitted, now } = parts;
  let lookedAt = -Infinity;

  /** Looks at most once an hour, so that it may be asked at any occasion. */
  return async (): Promise<void> => {
    if (now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = now();
    const before = now() - KEPT_MS;
    await store.flags.erase(before);
    await store.actions.erase(before);
    if (!permitted) await store.labels.forget(before);
  };
}
