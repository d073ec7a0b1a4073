import type { FlagCounts } from '../../store/flags.js';
import type { Store } from '../../store/open.js';
import type { ModerationRow } from '../../store/schema.js';
import type { VersionStats, WatchCounts } from './types.js';
import type { Exemption, ModerationSettings } from './settings.js';
import type { Watching } from './watching.js';

export interface SpamStats {
  settings: ModerationRow;
  /** Whether automatic actions wait, for a version is live that nobody rehearsed. */
  isPaused: boolean;
  exemptions: Exemption[];
  sinceStart: WatchCounts;
  open: number;
  disputed: number;
  confirmed: number;
  falseAlarms: number;
  verdicts: number;
  /** Oldest first. */
  versions: VersionStats[];
}

/** Counts what moderation did in a guild, and how right it was. */
export function createSpamStats(parts: { store: Store; settings: ModerationSettings; watching: Watching }) {
  const { store, settings, watching } = parts;

  return async (guildId: string): Promise<SpamStats> => {
    const counts = await store.flags.counts(guildId);
    const versions = (await store.classifiers.versions(guildId, 'spam')).map(
      ({ version, createdAt, report }): VersionStats => {
        const { precision, recall } = report.labels['spam'] ?? { precision: 0, recall: 0 };
        const byModel = { version, origin: 'model' } as const;
        return {
          version,
          createdAt,
          precision,
          recall,
          verdicts: report.heldOut,
          confirmed: sum(counts, { ...byModel, state: 'confirmed' }),
          falseAlarms: sum(counts, { ...byModel, state: 'false_alarm' }),
          missed: sum(counts, { version, origin: 'moderator', state: 'confirmed' }),
        };
      },
    );
    const own = settings.of(guildId);
    return {
      settings: own,
      isPaused: own.auto_action !== 'none' && own.auto_version !== (versions.at(-1)?.version ?? 0),
      exemptions: settings.exemptions(guildId),
      sinceStart: watching.counts(guildId),
      ...(await store.flags.countOpen(guildId)),
      confirmed: sum(counts, { state: 'confirmed' }),
      falseAlarms: sum(counts, { state: 'false_alarm' }),
      verdicts: await store.labels.countSince(guildId, 'spam', -1),
      versions,
    };
  };
}

/** The flags that agree with all that is given. */
function sum(counts: FlagCounts[], wanted: Partial<FlagCounts>): number {
  return counts
    .filter(
      ({ version, origin, state }) =>
        (wanted.version ?? version) === version &&
        (wanted.origin ?? origin) === origin &&
        (wanted.state ?? state) === state,
    )
    .reduce((total, { count }) => total + count, 0);
}
