import { describe, expect, it } from 'vitest';
import { createTalkSettings } from '../../../src/services/talking/settings.js';
import type { Store } from '../../../src/store/open.js';
import { temporaryStore } from '../../helpers/store.js';

const MINUTE = 60_000;
const LOUNGE = { channelId: '10' };
const THREAD = { channelId: '10', threadId: '11' };

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
    expect(settings.chance(THREAD)).toBe(5);
    await settings.setChance('1', '11', 0);
    expect(settings.chance(THREAD)).toBe(0);
    await settings.quiet('1', LOUNGE, 5, false);
    expect(settings.quietUntil(THREAD)).toBe(5 * MINUTE);
    await settings.quiet('1', THREAD, 9, false);
    expect(settings.quietUntil(THREAD)).toBe(9 * MINUTE);
    expect(settings.quietUntil({ channelId: '10' })).toBe(5 * MINUTE);
  });

  it('of a channel stay those of its thread after quiet there, also after a restart', async () => {
    const { settings, restarted } = await set();
    await settings.quiet('1', THREAD, 5, false);
    await settings.setChance('1', '10', 5);
    for (const each of [settings, await restarted()]) expect(each.chance(THREAD)).toBe(5);
  });

  it('are told of one place, as they hold there, or of all, the last changed first', async () => {
    const { settings, clock } = await set();
    await settings.setChance('1', '10', 5);
    clock.now = 1;
    await settings.quiet('1', { channelId: '20' }, 5, false);
    expect(settings.status('1', THREAD).places).toEqual([{ id: '11', chance: 5, quietUntil: 0 }]);
    expect(settings.status('1', { channelId: '30' }).places).toEqual([]);
    expect(settings.status('1').places.map(({ id }) => id)).toEqual(['20', '10']);
  });

  it('are as before when they could not be stored', async () => {
    const { settings, store } = await set();
    await settings.block('1', 'bad', '8');
    const full = await createTalkSettings({ store: { ...store, talk: broken(store) }, now: () => 0 });
    for (const change of [
      full.block('1', 'worse', '8'),
      full.unblock('1', 'bad'),
      full.setChance('1', '10', 5),
      full.quiet('1', LOUNGE, 5, false),
      full.setMaxVerbatim('1', 60),
    ]) {
      await expect(change).rejects.toThrow('disk full');
    }
    expect(full.blocked('1')).toEqual(['bad']);
    expect(full.status('1')).toMatchObject({ places: [], maxVerbatim: 40 });
  });
});

describe('quiet', () => {
  it('ends by itself', async () => {
    const { settings, clock } = await set();
    await settings.quiet('1', LOUNGE, 1, false);
    clock.now = MINUTE - 1;
    expect(settings.quietUntil({ channelId: '10' })).toBe(MINUTE);
    clock.now = MINUTE;
    expect(settings.quietUntil({ channelId: '10' })).toBeUndefined();
    expect(settings.status('1').places).toEqual([]);
  });

  it('can be asked for by everyone, up to an hour, and only made longer', async () => {
    const { settings } = await set();
    await settings.quiet('1', LOUNGE, 200, true);
    expect(await settings.quiet('1', LOUNGE, 60, false)).toBe(200 * MINUTE);
    for (const minutes of [0, 61]) {
      await expect(settings.quiet('1', LOUNGE, minutes, false)).rejects.toMatchObject({
        key: 'quiet_too_long',
        params: { minutes: 60 },
      });
    }
  });

  it('can be of any length, or ended, by moderators', async () => {
    const { settings } = await set();
    await settings.quiet('1', LOUNGE, 60, false);
    await settings.quiet('1', LOUNGE, 5, true);
    expect(settings.quietUntil({ channelId: '10' })).toBe(5 * MINUTE);
    expect(await settings.quiet('1', LOUNGE, 0, true)).toBeUndefined();
    expect(settings.quietUntil({ channelId: '10' })).toBeUndefined();
  });

  it('of a channel goes on in its thread, whatever is asked for there', async () => {
    const { settings } = await set();
    await settings.quiet('1', LOUNGE, 60, true);
    expect(await settings.quiet('1', THREAD, 0, true)).toBe(60 * MINUTE);
    expect(await settings.quiet('1', THREAD, 5, true)).toBe(60 * MINUTE);
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
    await Promise.all([settings.setChance('1', '10', 5), settings.quiet('1', LOUNGE, 5, false)]);
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

/** The settings' tables, of which nothing can be changed. */
function broken({ talk }: Store): Store['talk'] {
  const fail = async () => Promise.reject(new Error('disk full'));
  return { ...talk, block: fail, unblock: fail, changePlace: fail, save: fail };
}

async function set() {
  const store = await temporaryStore();
  const clock = { now: 0 };
  const restarted = () => createTalkSettings({ store, now: () => clock.now });
  return { settings: await restarted(), restarted, clock, store };
}
