import { PUBLIC } from '../../store/messages.js';
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

  /** Since the newest version, live or not: what was refused is not tried again on the same messages. */
  async function hasNews(guildId: string): Promise<boolean> {
    const [newest] = await store.models.versions(guildId);
    const fresh = await store.messages.countSince(guildId, PUBLIC, newest?.corpus_until ?? -1);
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

  async function attend(guildId: string): Promise<void> {
    await store.trainingSettings.update({ guild_id: guildId, attended_at: now() });
  }

  return {
    /** When a guild trains next by itself; undefined when it does not. */
    next: (row: TrainingSettingsRow): number | undefined => nextTraining(row, defaultSchedule, now()),

    /** The guilds whose hour has come, if only while the bot was off, each with the minutes it may take; each is named once. */
    async due(): Promise<{ guildId: string; minutes: number }[]> {
      const due: { guildId: string; minutes: number }[] = [];
      for (const guildId of await store.channels.guilds()) {
        const row = await settings.of(guildId);
        if (row.attended_at === null) {
          await attend(guildId);
          continue;
        }
        const next = nextTraining(row, defaultSchedule, row.attended_at);
        if (next === undefined || next > now()) continue;
        const minutes = (await hasNews(guildId)) ? await affordable(row) : 0;
        if (minutes === undefined) continue;
        await attend(guildId);
        const isQueued = (await store.trainings.find(guildId)) !== undefined;
        if (minutes > 0 && !isQueued) due.push({ guildId, minutes });
      }
      return due;
    },

    /** What was due is no longer: after a change of its hour a guild waits for the next one. */
    attend,
  };
}
