import type { Store } from '../store/open.js';

export type Privacy = ReturnType<typeof createPrivacy>;

/** What members allow. Nothing is allowed before they say so. */
export function createPrivacy(parts: { store: Store; now: () => number }) {
  const { store, now } = parts;
  return {
    /** Whether anybody may have the bot write as this member. */
    async allowsImitation(guildId: string, memberId: string): Promise<boolean> {
      return (await store.privacy.find(guildId, memberId))?.imitation === 1;
    },

    async setImitation(guildId: string, memberId: string, allowed: boolean): Promise<void> {
      const imitation = allowed ? 1 : 0;
      await store.privacy.change({ guild_id: guildId, member_id: memberId, imitation, changed_at: now() });
    },
  };
}
