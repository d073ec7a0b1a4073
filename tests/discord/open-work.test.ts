import { describe, expect, it } from 'vitest';
import { createOpenWork } from '../../src/discord/open-work.js';

describe('open work', () => {
  it('is waited for, whatever there is of it', async () => {
    const work = createOpenWork();
    await work.settled(60_000);
    const ends: (() => void)[] = [];
    for (let index = 0; index < 2; index++) work.keep(new Promise((resolve) => ends.push(resolve)));
    let isOver = false;
    const over = work.settled(60_000).then(() => (isOver = true));
    ends[0]();
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    ends[1]();
    await over;
  });

  it('that takes too long is not', async () => {
    const work = createOpenWork();
    work.keep(new Promise(() => {}));
    await work.settled(1);
  });
});
