import { describe, expect, it } from 'vitest';
import { createTalkSettings } from '../../../src/services/talking/settings.js';
import { temporaryStore } from '../../helpers/store.js';

const MINUTE = 60_000;

describe('settings of talking', () => {
  it('are strict and silent at first', async () => {
    const { settings } = await set();
    expect(settings.chance({ channelId: '10' })).toBe(0);
    expect(settings.quietUntil({ channelId: '10' })).toBeUndefined();
    expect(await settings.rules('1')).toEqual({ blocked: [], takenBack: [], maxVerbatim: 40 });
    expect(settings.status('1')).toMatchObject({ places: [], maxVerbatim: 40 });
  });

  it('are there again after a restart, each in its own server', async () => {
    const { settings, restarted } = await set();
    await settings.setChance('1', '10', 5);
    await settings.block('1', 'bad', '8');
    await settings.block('1', 'worse', '8');
    await settings.unblock('1', 'bad');
    await settings.setMaxVerbatim('1', undefined);
    const again = await restarted();
    expect(again.chance({ channelId: '10' })).toBe(5);
    expect(await again.rules('1')).toMatchObject({ blocked: ['worse'], maxVerbatim: undefined });
    expect(await again.rules('2')).toMatchObject({ blocked: [], maxVerbatim: 40 });
    expect(again.status('2').places).toEqual([]);
    await again.setMaxVerbatim('1', 60);
    expect(again.maxVerbatim('1')).toBe(60);
  });

  it('of a thread go before those of its channel, but quiet is for both', async () => {
    const { settings } = await set();
    await settings.setChance('1', '10', 5);
    const thread = { channelId: '10', threadId: '11' };
    expect(settings.chance(thread)).toBe(5);
    await settings.setChance('1', '11', 0);
    expect(settings.chance(thread)).toBe(0);
    await settings.quiet('1', '10', 5, false);
    expect(settings.quietUntil(thread)).toBe(5 * MINUTE);
    await settings.quiet('1', '11', 9, false);
    expect(settings.quietUntil(thread)).toBe(9 * MINUTE);
    expect(settings.quietUntil({ channelId: '10' })).toBe(5 * MINUTE);
  });
});

describe('quiet', () => {
  it('ends by itself', async () => {
    const { settings, clock } = await set();
    await settings.quiet('1', '10', 1, false);
    clock.now = MINUTE - 1;
    expect(settings.quietUntil({ channelId: '10' })).toBe(MINUTE);
    clock.now = MINUTE;
    expect(settings.quietUntil({ channelId: '10' })).toBeUndefined();
    expect(settings.status('1').places).toEqual([]);
  });

  it('can be asked for by everyone, up to an hour, and only made longer', async () => {
    const { settings } = await set();
    await settings.quiet('1', '10', 200, true);
    expect(await settings.quiet('1', '10', 60, false)).toBe(200 * MINUTE);
    for (const minutes of [0, 61]) {
      await expect(settings.quiet('1', '10', minutes, false)).rejects.toMatchObject({
        key: 'quiet_too_long',
        params: { minutes: 60 },
      });
    }
  });

  it('can be of any length, or ended, by moderators', async () => {
    const { settings } = await set();
    await settings.quiet('1', '10', 60, false);
    await settings.quiet('1', '10', 5, true);
    expect(settings.quietUntil({ channelId: '10' })).toBe(5 * MINUTE);
    await settings.quiet('1', '10', 0, true);
    expect(settings.quietUntil({ channelId: '10' })).toBeUndefined();
  });
});

describe('blocked words', () => {
  it('are the same however they were typed, and are blocked once', async () => {
    const { settings } = await set();
    expect(await settings.block('1', '  Bad\n Word ', '8')).toBe('bad word');
    await settings.block('1', 'BAD WORD', '8');
    expect(settings.blocked('1')).toEqual(['bad word']);
    expect(await settings.unblock('1', 'Bad word')).toBe('bad word');
    await expect(settings.unblock('1', 'bad word')).rejects.toMatchObject({ key: 'word_not_blocked' });
  });

  it('are all kept when several are blocked at the same time, and so is what is set for a place', async () => {
    const { settings, restarted } = await set();
    await Promise.all(['one', 'two', 'three'].map((word) => settings.block('1', word, '8')));
    await Promise.all([settings.setChance('1', '10', 5), settings.quiet('1', '10', 5, false)]);
    for (const each of [settings, await restarted()]) {
      expect([...each.blocked('1')].sort()).toEqual(['one', 'three', 'two']);
      expect(each.status('1').places).toEqual([{ id: '10', chance: 5, quietUntil: 5 * MINUTE }]);
    }
  });

  it('have something in them, and are not without end', async () => {
    const { settings } = await set();
    for (const empty of ['  ', '\u200b']) {
      await expect(settings.block('1', empty, '8')).rejects.toMatchObject({ key: 'word_empty' });
    }
    for (let number = 0; number < 1_000; number++) await settings.block('1', `word ${number}`, '8');
    await expect(settings.block('1', 'one more', '8')).rejects.toMatchObject({ key: 'too_many_blocked' });
  });
});

async function set() {
  const store = await temporaryStore();
  const clock = { now: 0 };
  const restarted = () => createTalkSettings({ store, now: () => clock.now });
  return { settings: await restarted(), restarted, clock };
}
