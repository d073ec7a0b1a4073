import type { Store } from '../../store/open.js';

/**
 * Until when, at the latest, a model of a guild, or of any, may know something that has left the corpus, whoever wrote
 * it; undefined where none does.
 */
export async function rememberedUntil(
  store: Pick<Store, 'debts'>,
  guildId: string | undefined,
  deadlineMs: number,
): Promise<number | undefined> {
  let last: number | undefined;
  const guilds = new Set((await store.debts.owing(guildId)).map(({ guild_id }) => guild_id));
  for (const id of guilds) {
    const debt = (await store.debts.list(id)).at(-1);
    if (debt !== undefined) last = Math.max(last ?? 0, debt.erased_at);
  }
  return last === undefined ? undefined : last + deadlineMs;
}
