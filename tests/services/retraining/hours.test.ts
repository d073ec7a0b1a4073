import { describe, expect, it } from 'vitest';
import { isZone, nextTraining, quietUntil, timeOfDay } from '../../../src/services/retraining/hours.js';

const at = (time: string) => Date.parse(`2026-03-10T${time}Z`);

describe('a time of day', () => {
  it('has hours and minutes', () => {
    expect(['4:30', '04:30', ' 23:59 ', '0:00'].map(timeOfDay)).toEqual(['04:30', '04:30', '23:59', '00:00']);
    expect(['24:00', '12:60', '12', 'noon', '12:5', ''].map(timeOfDay)).toEqual(Array(6).fill(undefined));
  });

  it('belongs to a zone that the machine knows', () => {
    expect(['Asia/Seoul', 'UTC', 'Europe/Berlin', 'Mars/Olympus', ''].map(isZone)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('quiet hours', () => {
  const day = { quiet_from: '09:00', quiet_until: '18:00', zone: 'UTC' };
  const night = { quiet_from: '22:00', quiet_until: '07:00', zone: 'UTC' };

  it('end at their end, on the same day or the next', () => {
    expect(quietUntil(day, at('12:00'))).toBe(at('18:00'));
    expect(quietUntil(night, at('23:00'))).toBe(at('07:00') + 24 * 3_600_000);
    expect(quietUntil(night, at('06:59:59'))).toBe(at('07:00'));
  });

  it('begin with their first minute and are over with their last', () => {
    expect(quietUntil(day, at('08:59:59'))).toBeUndefined();
    expect(quietUntil(day, at('09:00'))).toBe(at('18:00'));
    expect(quietUntil(day, at('18:00'))).toBeUndefined();
    expect(quietUntil(night, at('07:00'))).toBeUndefined();
  });

  it("are those of the guild's clock", () => {
    // 12:00 UTC is 21:00 in Seoul, 22:30 there is 13:30 UTC, and 07:00 there is 22:00 UTC.
    const seoul = { ...night, zone: 'Asia/Seoul' };
    expect(quietUntil(seoul, at('12:00'))).toBeUndefined();
    expect(quietUntil(seoul, at('13:30'))).toBe(at('22:00'));
  });

  it('are none when they are not set, or empty', () => {
    expect(quietUntil({ quiet_from: null, quiet_until: null, zone: null }, at('12:00'))).toBeUndefined();
    expect(
      quietUntil({ quiet_from: '12:00', quiet_until: '12:00', zone: 'UTC' }, at('12:00')),
    ).toBeUndefined();
  });
});

describe('the next training', () => {
  it("comes at the guild's time in its zone", () => {
    expect(nextTraining({ at: '04:30', zone: 'UTC' }, undefined, at('04:29'))).toBe(at('04:30'));
    expect(nextTraining({ at: '04:30', zone: 'UTC' }, undefined, at('04:30'))).toBe(
      at('04:30') + 24 * 3_600_000,
    );
    expect(nextTraining({ at: '04:30', zone: 'Asia/Seoul' }, undefined, at('00:00'))).toBe(at('19:30'));
  });

  it("is the bot's own schedule where the guild has none, and none where it is off", () => {
    expect(nextTraining({ at: null, zone: 'UTC' }, '0 4 * * *', at('03:00'))).toBe(at('04:00'));
    expect(nextTraining({ at: null, zone: 'UTC' }, undefined, at('03:00'))).toBeUndefined();
    expect(nextTraining({ at: 'off', zone: 'UTC' }, '0 4 * * *', at('03:00'))).toBeUndefined();
  });

  it('is never past, not even in the hour that the end of summer time repeats', () => {
    // Berlin sets its clocks back from 03:00 to 02:00 at 01:00 UTC on 25 October 2026.
    for (let minute = 0; minute < 180; minute += 5) {
      const from = Date.parse('2026-10-25T00:00Z') + minute * 60_000;
      for (const time of ['02:00', '02:30', '04:00']) {
        expect(nextTraining({ at: time, zone: 'Europe/Berlin' }, undefined, from)).toBeGreaterThan(from);
      }
    }
  });

  it('happens once on a day whose clock is set back or forward', () => {
    // Berlin leaves out 02:00 to 03:00 on 29 March 2026.
    const sunday = Date.parse('2026-03-29T00:00Z');
    const next = nextTraining({ at: '02:30', zone: 'Europe/Berlin' }, undefined, sunday) ?? 0;
    expect(new Date(next).toISOString().slice(0, 10)).toBe('2026-03-29');
  });
});
