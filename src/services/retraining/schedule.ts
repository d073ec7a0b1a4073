import { PUBLIC } from '../../store/messages.js';
import type { Logger } from 'pino';
import type { Store } from '../../store/open.js';
import type { TrainingSettingsRow } from '../../store/schema.js';
import type { Readers } from '../readers.js';
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
  async function hasNews({ guildId, audience }: Readers): Promise<boolean> {
    const newest = (await store.models.versions(guildId)).find((each) => each.audience === audience);
    const fresh = await store.messages.countSince(guildId, audience, newest?.corpus_until ?? -1);
    if (fresh < minNewMessages)
      log.debug({ guild: guildId, audience, fresh }, 'too few new messages for a retrain');
    return fresh >= minNewMessages;
  }

  /** The readers for whom there is enough to learn anew, everyone first, unless a training waits already. */
  async function wanting(guildId: string): Promise<Readers[]> {
    const asked = await store.audiences.list(guildId);
    const found: Readers[] = [];
    for (const audience of [PUBLIC, ...asked.map(({ id }) => id)]) {
      const readers = { guildId, audience };
      const isQueued = (await store.trainings.find(guildId, audience)) !== undefined;
      if (!isQueued && (await hasNews(readers))) found.push(readers);
    }
    return found;
  }

  /** How long each of so many trainings may take now: of fewer where what is left is not worth more, so that they wait. */
  async function affordable(row: TrainingSettingsRow, trainings: number): Promise<number[]> {
    const wantedMs = (row.minutes ?? defaultMinutes) * 60_000;
    let leftMs = (await estimating.budgetOf(row, wantedMs))?.leftMs ?? Infinity;
    const minutes: number[] = [];
    while (minutes.length < trainings && leftMs >= Math.min(wantedMs, MIN_MS)) {
      const ms = Math.min(wantedMs, leftMs);
      minutes.push(ms / 60_000);
      leftMs -= ms;
    }
    return minutes;
  }

  async function attend(guildId: string): Promise<void> {
    await store.trainingSettings.update({ guild_id: guildId, attended_at: now() });
  }

  return {
    /** When a guild trains next by itself; undefined when it does not. */
    next: (row: TrainingSettingsRow): number | undefined => nextTraining(row, defaultSchedule, now()),

    /**
     * The models whose guild's hour has come, if only while the bot was off, each with the minutes its training may take;
     * each is named once.
     */
    async due(): Promise<{ readers: Readers; minutes: number }[]> {
      const due: { readers: Readers; minutes: number }[] = [];
      for (const guildId of await store.channels.guilds()) {
        const row = await settings.of(guildId);
        if (row.attended_at === null) {
          await attend(guildId);
          continue;
        }
        const next = nextTraining(row, defaultSchedule, row.attended_at);
        if (next === undefined || next > now()) continue;
        const all = await wanting(guildId);
        const minutes = await affordable(row, all.length);
        if (all.length > 0 && minutes.length === 0) continue;
        await attend(guildId);
        due.push(...minutes.map((each, index) => ({ readers: all[index], minutes: each })));
      }
      return due;
    },

    /** What was due is no longer: after a change of its hour a guild waits for the next one. */
    attend,
  };
}
