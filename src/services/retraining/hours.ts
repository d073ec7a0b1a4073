import { Cron } from 'croner';
import type { TrainingSettingsRow } from '../../store/schema.js';

const HOUR_MS = 3_600_000;
/** A time of day, from 00:00 to 23:59. */
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** A time of day as we write it, such as 04:30; undefined for what is none. */
export function timeOfDay(text: string): string | undefined {
  const [, hours, minutes] = TIME.exec(text.trim()) ?? [];
  return hours === undefined ? undefined : `${hours.padStart(2, '0')}:${minutes}`;
}

/** Whether the machine knows a time zone of this name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** When a pattern's next moment after `from` is; undefined when there is none. @param zone the machine's if null */
export function nextMoment(pattern: string, zone: string | null, from: number): number | undefined {
  const cron = new Cron(pattern, { paused: true, ...(zone !== null && { timezone: zone }) });
  let next = cron.nextRun(new Date(from))?.getTime();
  // In the hour that the end of summer time repeats, croner may name a moment of the first time round.
  for (let later = from + HOUR_MS; next !== undefined && next <= from; later += HOUR_MS) {
    next = cron.nextRun(new Date(later))?.getTime();
  }
  cron.stop();
  return next;
}

/** When training hours end that must stay quiet, if they are such now; quiet from a time until the same one is never. */
export function quietUntil(
  { quiet_from, quiet_until, zone }: Pick<TrainingSettingsRow, 'quiet_from' | 'quiet_until' | 'zone'>,
  now: number,
): number | undefined {
  if (quiet_from === null || quiet_until === null) return undefined;
  const time = clockTime(now, zone);
  const isQuiet =
    quiet_from < quiet_until
      ? time >= quiet_from && time < quiet_until
      : quiet_from > quiet_until && (time >= quiet_from || time < quiet_until);
  return isQuiet ? nextMoment(daily(quiet_until), zone, now) : undefined;
}

/** When a guild trains next by itself after a moment; undefined when it does not. */
export function nextTraining(
  { at, zone }: Pick<TrainingSettingsRow, 'at' | 'zone'>,
  defaultPattern: string | undefined,
  from: number,
): number | undefined {
  if (at === 'off') return undefined;
  const pattern = at === null ? defaultPattern : daily(at);
  return pattern === undefined ? undefined : nextMoment(pattern, zone, from);
}

function daily(time: string): string {
  const [hours, minutes] = time.split(':').map(Number);
  return `${minutes} ${hours} * * *`;
}

function clockTime(now: number, zone: string | null): string {
  return new Date(now).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(zone !== null && { timeZone: zone }),
  });
}
