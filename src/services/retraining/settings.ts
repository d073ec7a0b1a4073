import { UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { TrainingSettingsRow } from '../../store/schema.js';
import { isZone, timeOfDay } from './hours.js';

/** What an admin types; what is absent stays as it is. */
export interface ScheduleChange {
  /** A time of day, at which it trains each day. */
  at?: string | undefined;
  /** True: never by itself; false: by the bot's own schedule again. */
  off?: boolean | undefined;
  /** Two times of day, such as 09:00-18:00, or "none". */
  quiet?: string | undefined;
  zone?: string | undefined;
  minutes?: number | undefined;
  /** Minutes a day; 0 for no limit. */
  budget?: number | undefined;
  channelId?: string | undefined;
  /** True: all that is not given here is as if it had never been set. */
  reset?: boolean | undefined;
}

/** What people set, as long as they have not. */
const DEFAULTS = {
  at: null,
  quiet_from: null,
  quiet_until: null,
  zone: null,
  minutes: null,
  minutes_per_day: null,
  announce_channel_id: null,
};

export type TrainingSettings = ReturnType<typeof createTrainingSettings>;

/** How each guild wants its trainings. */
export function createTrainingSettings({ store, now }: { store: Store; now: () => number }) {
  async function of(guildId: string): Promise<TrainingSettingsRow> {
    return (await store.trainingSettings.find(guildId)) ?? unset(guildId);
  }

  return {
    of,

    /** @throws UserError bad_time, bad_quiet_hours, bad_zone */
    async change(guildId: string, change: ScheduleChange): Promise<void> {
      const { minutes, budget, channelId, zone, reset } = change;
      if (zone !== undefined && !isZone(zone)) throw new UserError('bad_zone', { text: zone });
      await store.trainingSettings.update({
        guild_id: guildId,
        ...(reset === true && DEFAULTS),
        ...readStart(change),
        ...(change.quiet !== undefined && readQuiet(change.quiet)),
        ...(zone !== undefined && { zone }),
        ...(minutes !== undefined && { minutes }),
        ...(budget !== undefined && { minutes_per_day: budget === 0 ? null : budget }),
        ...(channelId !== undefined && { announce_channel_id: channelId }),
        changed_at: now(),
      });
    },
  };
}

function unset(guild_id: string): TrainingSettingsRow {
  return { guild_id, ...DEFAULTS, asked_channel_id: null, attended_at: null, changed_at: 0 };
}

function readStart({ at, off }: ScheduleChange): Partial<TrainingSettingsRow> {
  if (off === true) return { at: 'off' };
  if (at === undefined) return off === false ? { at: null } : {};
  const time = timeOfDay(at);
  if (time === undefined) throw new UserError('bad_time', { text: at });
  return { at: time };
}

function readQuiet(text: string): Pick<TrainingSettingsRow, 'quiet_from' | 'quiet_until'> {
  if (text.trim().toLowerCase() === 'none') return { quiet_from: null, quiet_until: null };
  const [from, until, ...rest] = text.split(/[-–~]/).map(timeOfDay);
  if (from === undefined || until === undefined || rest.length > 0) {
    throw new UserError('bad_quiet_hours', { text });
  }
  return { quiet_from: from, quiet_until: until };
}
