import type { Store } from '../../store/open.js';

/**
 * Until when, at the latest, a model of these guilds may know something that has left the corpus; undefined where none
 * does.
 */
export async function rememberedUntil(
  store: Pick<Store, 'debts'>,
  guildIds: readonly string[],
  deadlineMs: number,
): Promise<number | undefined> {
  let last: number | undefined;
  for (const guildId of guildIds) {
    const debt = (await store.debts.list(guildId)).at(-1);
    if (debt !== undefined) last = Math.max(last ?? 0, debt.erased_at);
  }
  return last === undefined ? undefined : last + deadlineMs;
}
