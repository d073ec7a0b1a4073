import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFairUse } from '../../src/services/fair-use.js';

const limits = { perUser: 2, perChannel: 3, windowSeconds: 10, maxOpen: 100 };

describe('fair use', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('lets a person ask so often within the window, and says how long to wait', async () => {
    const fairUse = createFairUse(limits, Date.now);
    await fairUse.admit('ada', 'a');
    vi.advanceTimersByTime(4_000);
    await fairUse.admit('ada', 'b');
    await expect(fairUse.admit('ada', 'c')).rejects.toMatchObject({
      key: 'user_cooldown',
      params: { seconds: 6 },
    });
    await fairUse.admit('max', 'a');
    vi.advanceTimersByTime(6_000);
    await fairUse.admit('ada', 'a');
  });

  it('lets a channel ask so often, whoever it is', async () => {
    const fairUse = createFairUse(limits, Date.now);
    for (const user of ['ada', 'max', 'mia']) await fairUse.admit(user, 'a');
    await expect(fairUse.admit('zoe', 'a')).rejects.toMatchObject({
      key: 'channel_cooldown',
      params: { seconds: 10 },
    });
    await fairUse.admit('zoe', 'b');
  });

  it('does not count for a person what the channel refuses', async () => {
    const fairUse = createFairUse({ ...limits, perChannel: 1 }, Date.now);
    await fairUse.admit('max', 'a');
    for (let times = 0; times < 3; times++) {
      await expect(fairUse.admit('ada', 'a')).rejects.toMatchObject({ key: 'channel_cooldown' });
    }
    await fairUse.admit('ada', 'b');
    await fairUse.admit('ada', 'c');
    await expect(fairUse.admit('ada', 'd')).rejects.toMatchObject({ key: 'user_cooldown' });
  });

  it('keeps a bounded line, and refuses what comes on top', async () => {
    const fairUse = createFairUse({ ...limits, maxOpen: 2 }, Date.now);
    const first = await fairUse.admit('ada', 'a');
    await fairUse.admit('max', 'b');
    await expect(fairUse.admit('mia', 'c')).rejects.toMatchObject({ key: 'busy', params: { seconds: 1 } });
    first.release();
    await fairUse.admit('mia', 'c');
  });

  it('takes no place for what it refuses', async () => {
    const fairUse = createFairUse({ ...limits, perUser: 1, maxOpen: 2 }, Date.now);
    await fairUse.admit('ada', 'a');
    await expect(fairUse.admit('ada', 'a')).rejects.toMatchObject({ key: 'user_cooldown' });
    await fairUse.admit('max', 'a');
  });

  it('learns from how fast answers come how long those in line will wait', async () => {
    const fairUse = createFairUse({ perUser: 1, perChannel: 100, windowSeconds: 10, maxOpen: 5 }, Date.now);
    const places = [];
    for (const user of ['a', 'b', 'c', 'd']) places.push(await fairUse.admit(user, 'x'));
    expect(places.map(({ waitMs }) => waitMs)).toEqual([0, 0, 0, 0]);
    for (const { release } of places.slice(0, 2)) {
      vi.advanceTimersByTime(3_000);
      release();
    }
    // Two are still open, and an answer took 3 seconds.
    expect((await fairUse.admit('e', 'x')).waitMs).toBeCloseTo(2 * 3_000);
  });
});
