import { describe, expect, it } from 'vitest';
import { DAY, moderation } from '../../helpers/moderation.js';
import { message } from '../../helpers/store.js';

describe('a backtest', () => {
  it('counts what would have been flagged and acted on, by channel, and keeps the counts', async () => {
    const { store, moderating, discord, clock } = await withHistory([
      row('old p=0.99', 11 * DAY),
      row('p=0.99', DAY),
      row('p=0.96', DAY, '20'),
      row('p=0.97', DAY),
      row('p=0.92', DAY),
      row('p=0.60', DAY),
    ]);
    const progress: number[] = [];
    const report = await moderating.backtest('1', { days: 10, threshold: 0.955 }, (done) =>
      progress.push(done),
    );
    expect(report).toMatchObject({
      days: 10,
      threshold: 0.955,
      messages: 5,
      flagged: 4,
      acted: 3,
      version: 0,
    });
    expect(report.channels).toEqual([
      { id: '10', messages: 4, acted: 2 },
      { id: '20', messages: 1, acted: 1 },
    ]);
    expect(report.above.map(({ content }) => content)).toEqual(['p=0.99', 'p=0.97', 'p=0.96']);
    expect(report.below.map(({ content }) => content)).toEqual(['p=0.92', 'p=0.60']);
    expect(progress).toEqual([5]);
    expect(
      await store.backtests.covering('1', { threshold: 0.955, version: 0, since: clock.now }),
    ).toMatchObject({ messages: 5, acted: 3 });
    expect(discord.posts).toHaveLength(1); // the words of welcome
  });

  it('shows of equal texts one', async () => {
    const { moderating } = await withHistory([row('p=0.99', DAY), row('p=0.99', DAY, '20')]);
    const report = await moderating.backtest('1', { days: 10, threshold: 0.9 }, () => {});
    expect(report).toMatchObject({ acted: 2, above: [{ content: 'p=0.99' }] });
    expect(report.above).toHaveLength(1);
  });

  it('shows at most five examples of a kind, and names nobody', async () => {
    const { moderating } = await withHistory([
      ...Array.from({ length: 8 }, (_, index) => row(`p=0.${98 - index} <@123> <@!4> <@&5> hi`, DAY)),
      ...Array.from({ length: 700 }, (_, index) => row(`hello ${index}`, DAY)),
    ]);
    const progress: number[] = [];
    const report = await moderating.backtest('1', { days: 10, threshold: 0.9 }, (done) =>
      progress.push(done),
    );
    expect(report.above.map(({ content }) => content)).toEqual(
      [98, 97, 96, 95, 94].map((percent) => `p=0.${percent} @… @… @… hi`),
    );
    expect(report.below).toHaveLength(5);
    expect(progress).toEqual([256, 512, 708]);
    expect(JSON.stringify(report)).not.toContain('123');
  });

  it('leaves out exempt channels, and what is no longer collected', async () => {
    const { store, moderating } = await withHistory([row('p=0.99', DAY, '20'), row('p=0.98', DAY, '30')]);
    await moderating.exempt('1', { kind: 'channel', target_id: '20' });
    await store.channels.setCollecting({ id: '30', guildId: '1' }, false, 0);
    await expect(moderating.backtest('1', { days: 10, threshold: 0.9 }, () => {})).rejects.toMatchObject({
      key: 'backtest_empty',
    });
    expect(await store.backtests.covering('1', { threshold: 1, version: 0, since: 0 })).toBeUndefined();
  });

  it('runs once at a time in a server', async () => {
    const { moderating } = await withHistory([row('p=0.99', DAY)]);
    const ask = () => moderating.backtest('1', { days: 10, threshold: 0.9 }, () => {});
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { key: 'backtest_running' } });
    await ask();
  });
});

const NOW = 100 * DAY;
let nextId = 0;

function row(content: string, agoMs: number, channel_id = '10') {
  nextId += 1;
  return message(`m${nextId}`, 0, { content, channel_id, created_at: NOW - agoMs });
}

async function withHistory(rows: ReturnType<typeof row>[]) {
  const set = await moderation();
  for (const id of ['10', '20', '30']) await set.store.channels.setCollecting({ id, guildId: '1' }, true, 0);
  await set.store.intake.take(rows, 0);
  return set;
}
