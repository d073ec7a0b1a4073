import type { Store } from '../../store/open.js';
import { EVERYWHERE } from '../../store/privacy.js';
import type { GuildRow } from '../../store/schema.js';
import { rememberedUntil } from './remembering.js';

/** Of whom something is asked, and whether for all guilds of the bot, those to come too. */
export interface Who {
  guildId: string;
  memberId: string;
  everywhere: boolean;
}

/** Whether a member's messages may be collected in a guild, and what decides that: their own word, or the guild's rule. */
export interface Standing {
  allowed: boolean;
  by: 'here' | 'everywhere' | GuildRow['consent'];
}

export type Choices = ReturnType<typeof createChoices>;

/** What members allow, and what holds for those who said nothing. */
export function createChoices(parts: { store: Store; deadlineMs: number; now: () => number }) {
  const { store, deadlineMs, now } = parts;

  async function consent(guildId: string): Promise<GuildRow['consent']> {
    return (await store.guilds.find(guildId))?.consent ?? 'opt-out';
  }

  async function standing(guildId: string, memberId: string): Promise<Standing> {
    const here = (await store.privacy.find(guildId, memberId))?.collecting ?? undefined;
    const everywhere = (await store.privacy.find(EVERYWHERE, memberId))?.collecting ?? undefined;
    const own = here ?? everywhere;
    if (own !== undefined) return { allowed: own === 'in', by: here === undefined ? 'everywhere' : 'here' };
    const by = await consent(guildId);
    return { allowed: by === 'opt-out', by };
  }

  async function change(
    { guildId, memberId, everywhere }: Who,
    wishes: Parameters<Store['privacy']['changeEverywhere']>[1],
  ): Promise<void> {
    if (everywhere) await store.privacy.changeEverywhere(memberId, wishes, now());
    else {
      await store.privacy.change({ guild_id: guildId, member_id: memberId, changed_at: now(), ...wishes });
    }
  }

  return {
    consent,
    standing,

    /** Whether anybody may have the bot write as this member. */
    async allowsImitation(guildId: string, memberId: string): Promise<boolean> {
      return (await store.privacy.find(guildId, memberId))?.imitation === 1;
    },

    async setImitation(guildId: string, memberId: string, allowed: boolean): Promise<void> {
      await change({ guildId, memberId, everywhere: false }, { imitation: allowed ? 1 : 0 });
    },

    async optIn(who: Who): Promise<void> {
      await change(who, { collecting: 'in' });
    },

    /**
     * Ends the collecting of a member's messages, and imitations; what is stored stays, but is no longer learned.
     * Resolves with when models have forgotten it at the latest; undefined where none has learned it.
     */
    async optOut(who: Who): Promise<{ until: number | undefined }> {
      const { memberId, everywhere, guildId } = who;
      await store.withdrawals.optOut({ memberId, ...(!everywhere && { guildId }) }, now());
      return { until: await rememberedUntil(store, everywhere ? undefined : guildId, deadlineMs) };
    },

    /** Who has messages in a guild without having said whether they may be collected. */
    undecided: store.members.undecided,

    /** Decides what holds for members who say nothing; resolves as `optOut`. */
    async setConsent(guildId: string, mode: GuildRow['consent']): Promise<{ until: number | undefined }> {
      if (mode === 'opt-in') await store.withdrawals.requireOptIn(guildId, now());
      else await store.guilds.change({ id: guildId, consent: mode, changed_at: now() });
      return { until: await rememberedUntil(store, guildId, deadlineMs) };
    },
  };
}

/** The guilds that are meant: the one, or all that have stored messages of the member. */
export async function guildsOf(
  store: Pick<Store, 'members'>,
  { guildId, memberId, everywhere }: Who,
): Promise<string[]> {
  return everywhere ? (await store.members.kept(memberId)).map((kept) => kept.guildId) : [guildId];
}
