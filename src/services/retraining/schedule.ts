import type { Logger } from 'pino';
import type { Store } from '../../store/open.js';
import type { TrainingSettingsRow } from '../../store/schema.js';
import type { createEstimating } from './estimating.js';
import { nextTraining } from './hours.js';
import type { TrainingSettings } from './settings.js';

/** Less than this is not worth a training by itself. */
const MIN_MS = 60_000;

/** Knows when guilds train by themselves: at their hour, where enough is new, for as long as their budget allows. */
export function createTrainingSchedule(parts: {
  store: Store;
  settings: TrainingSettings;
  estimating: Pick<ReturnType<typeof createEstimating>, 'budgetOf'>;
  defaultSchedule: string | undefined;
  defaultMinutes: number;
  minNewMessages: number;
  now: () => number;
  log: Logger;
}) {
  const { store, settings, estimating, defaultSchedule, defaultMinutes, minNewMessages, now, log } = parts;
  const bornAt = now();
  /** When each guild's hour was last attended to. */
  const attended = new Map<string, number>();

  async function hasNews(guildId: string): Promise<boolean> {
    const live = await store.models.live(guildId);
    const fresh = await store.messages.countSince(guildId, live?.corpus_until ?? -1);
    if (fresh < minNewMessages) log.debug({ guild: guildId, fresh }, 'too few new messages for a retrain');
    return fresh >= minNewMessages;
  }

  /** How long a guild may train now; undefined when what is left is not worth it, so that it waits for more. */
  async function affordable(row: TrainingSettingsRow): Promise<number | undefined> {
    const wantedMs = (row.minutes ?? defaultMinutes) * 60_000;
    const budget = await estimating.budgetOf(row, wantedMs);
    const ms = Math.min(wantedMs, budget?.leftMs ?? Infinity);
    return ms < Math.min(wantedMs, MIN_MS) ? undefined : ms / 60_000;
  }

  return {
    /** When a guild trains next by itself; undefined when it does not. */
    next: (row: TrainingSettingsRow): number | undefined => nextTraining(row, defaultSchedule, now()),

    /** The guilds whose hour has come, each with the minutes it may take; each is named once. */
    async due(): Promise<{ guildId: string; minutes: number }[]> {
      const due: { guildId: string; minutes: number }[] = [];
      for (const guildId of await store.channels.guilds()) {
        const row = await settings.of(guildId);
        const next = nextTraining(row, defaultSchedule, attended.get(guildId) ?? bornAt);
        if (next === undefined || next > now()) continue;
        const minutes = (await hasNews(guildId)) ? await affordable(row) : 0;
        if (minutes === undefined) continue;
        attended.set(guildId, now());
        const isQueued = (await store.trainings.find(guildId)) !== undefined;
        if (minutes > 0 && !isQueued) due.push({ guildId, minutes });
      }
      return due;
    },

    /** What was due is no longer: after a change of its hour a guild waits for the next one. */
    attend: (guildId: string): void => void attended.set(guildId, now()),
  };
}
