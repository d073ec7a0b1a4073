import type { Store } from '../../store/open.js';
import type { ExemptionRow, ModerationRow } from '../../store/schema.js';
import type { IncomingMessage } from '../collecting.js';

export type ModerationSettings = Awaited<ReturnType<typeof createModerationSettings>>;
export type Exemption = Pick<ExemptionRow, 'kind' | 'target_id'>;

const DEFAULTS = {
  review_channel_id: null,
  flag_threshold: 0.9,
  auto_action: 'none',
  auto_threshold: 1,
  auto_version: null,
  timeout_minutes: 60,
} as const;

/** Every guild's settings, held in memory because each message asks for them. */
export async function createModerationSettings(parts: { store: Store; now: () => number }) {
  const { store, now } = parts;
  const settings = new Map((await store.moderation.all()).map((row) => [row.guild_id, row]));
  const exemptions = new Map((await store.moderation.exemptions()).map((row) => [nameOf(row), row] as const));

  function of(guildId: string): ModerationRow {
    return settings.get(guildId) ?? { guild_id: guildId, ...DEFAULTS, changed_at: 0 };
  }

  function isExempt(guild_id: string, kind: ExemptionRow['kind'], target_id: string): boolean {
    return exemptions.has(nameOf({ guild_id, kind, target_id }));
  }

  return {
    of,
    isExempt,

    watchedGuilds: (): string[] =>
      [...settings.values()].filter((row) => row.review_channel_id !== null).map(({ guild_id }) => guild_id),

    /** Whether a message is to be looked at: by a person, in a watched guild, not exempt by place or role. */
    isWatched({ guildId, fromPerson, channelId, threadId, authorRoleIds }: IncomingMessage): boolean {
      const { review_channel_id: reviewChannel } = of(guildId);
      const places = threadId === undefined ? [channelId] : [channelId, threadId];
      return (
        fromPerson &&
        reviewChannel !== null &&
        !places.includes(reviewChannel) &&
        !places.some((id) => isExempt(guildId, 'channel', id)) &&
        !authorRoleIds.some((id) => isExempt(guildId, 'role', id))
      );
    },

    async change(
      guildId: string,
      changes: Partial<Omit<ModerationRow, 'guild_id' | 'changed_at'>>,
    ): Promise<void> {
      const row = { ...of(guildId), ...changes, changed_at: now() };
      await store.moderation.save(row);
      settings.set(guildId, row);
    },

    async exempt(guildId: string, exemption: Exemption): Promise<void> {
      const row = { guild_id: guildId, ...exemption };
      await store.moderation.exempt(row);
      exemptions.set(nameOf(row), row);
    },

    async include(guildId: string, exemption: Exemption): Promise<void> {
      const row = { guild_id: guildId, ...exemption };
      await store.moderation.include(row);
      exemptions.delete(nameOf(row));
    },

    /** Forgets a guild that was erased. */
    forget(guildId: string): void {
      settings.delete(guildId);
      for (const [name, row] of exemptions) if (row.guild_id === guildId) exemptions.delete(name);
    },

    exemptions(guildId: string): Exemption[] {
      return [...exemptions.values()].filter((row) => row.guild_id === guildId);
    },
  };
}

function nameOf({ guild_id, kind, target_id }: ExemptionRow): string {
  return `${guild_id}/${kind}/${target_id}`;
}
