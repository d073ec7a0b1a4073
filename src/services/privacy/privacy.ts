import type { Logger } from 'pino';
import type { Store } from '../../store/open.js';
import type { Moderating } from '../moderation/moderating.js';
import type { Composing } from '../talking/composing.js';
import type { Voting } from '../talking/voting.js';
import { createChoices, type Standing } from './choices.js';
import { createExporting, type ExportLimits } from './exporting.js';
import { createForgetting } from './forgetting.js';
import type { PolicyFacts } from './policy.js';
import { rememberedUntil } from './remembering.js';

export type Privacy = ReturnType<typeof createPrivacy>;

/** What is kept of a member and what they allow. */
export interface PrivacyStatus {
  here: { messages: number; since: number } | undefined;
  /** In the other guilds of the bot. */
  elsewhere: { guilds: number; messages: number };
  standing: Standing;
  imitation: boolean;
  /** Until when, at the latest, a model of the guild may know what has left the corpus; undefined where none does. */
  until: number | undefined;
  url: string | undefined;
}

const HOUR_MS = 3_600_000;

/** Lets members see, allow, forbid, take along and erase what is kept of them. */
export function createPrivacy(parts: {
  store: Store;
  composing: Pick<Composing, 'abandonOf'>;
  voting: Pick<Voting, 'removed'>;
  moderating: Pick<Moderating, 'refresh'>;
  policy: PolicyFacts;
  exportLimits?: ExportLimits;
  now: () => number;
  log: Logger;
}) {
  const { store, policy, exportLimits, now } = parts;
  const deadlineMs = policy.deadlineHours * HOUR_MS;
  const choices = createChoices({ store, deadlineMs, now });
  const { exportMember } = createExporting({ store, now, ...(exportLimits && { limits: exportLimits }) });

  return {
    ...choices,
    ...createForgetting({ ...parts, deadlineMs }),
    exportMember,
    policy,

    async status(guildId: string, memberId: string): Promise<PrivacyStatus> {
      const kept = await store.members.kept(memberId);
      const elsewhere = kept.filter((each) => each.guildId !== guildId);
      return {
        here: kept.find((each) => each.guildId === guildId),
        elsewhere: {
          guilds: elsewhere.length,
          messages: elsewhere.reduce((sum, { messages }) => sum + messages, 0),
        },
        standing: await choices.standing(guildId, memberId),
        imitation: await choices.allowsImitation(guildId, memberId),
        until: await rememberedUntil(store, guildId, deadlineMs),
        url: policy.url,
      };
    },

    /** How many messages of a member are stored, in a guild or in all. */
    async stored(memberId: string, guildId?: string): Promise<number> {
      const kept = await store.members.kept(memberId);
      return kept
        .filter((each) => guildId === undefined || each.guildId === guildId)
        .reduce((sum, { messages }) => sum + messages, 0);
    },
  };
}
