import { describe, expect, it } from 'vitest';
import { createTurns, type Place } from '../../../src/services/retraining/turns.js';

const model = (guildId: string) => ({ guildId, what: 'model' as const });

describe('turns', () => {
  it('are taken one at a time, first come, first served', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      return name;
    };
    const all = [
      turns.take(model('1'), work('a')),
      turns.take({ guildId: '1', what: 'spam' }, work('b')),
      turns.take(model('2'), work('c')),
    ];
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(turns.line()).toEqual([]);
  });

  it('tell those who wait who is ahead, and how far the first one is', async () => {
    const turns = createTurns();
    const first = stoppable();
    const told: (readonly Place[])[] = [];
    const one = turns.take({ guildId: '1', what: 'spam' }, first.work);
    const two = turns.take(model('2'), async () => {});
    const three = turns.take(model('3'), async () => {}, { onWait: (ahead) => told.push(ahead) });
    await first.began;
    first.report(0.01); // not worth a word
    first.report(0.4);
    expect(turns.line().map(({ fraction }) => fraction)).toEqual([0.4, undefined, undefined]);
    first.end();
    await Promise.all([one, two, three]);
    expect(told).toEqual([
      [
        { guildId: '1', what: 'spam', fraction: undefined },
        { ...model('2'), fraction: undefined },
      ],
      [
        { guildId: '1', what: 'spam', fraction: 0.4 },
        { ...model('2'), fraction: undefined },
      ],
      [{ ...model('2'), fraction: undefined }],
    ]);
  });

  it('go on after one that failed, and after one that left the line', async () => {
    const turns = createTurns();
    const failing = turns.take(model('1'), async () => Promise.reject(new Error('no memory')));
    const leaving = new AbortController();
    const left = turns.take(model('2'), async () => 'never', { signal: leaving.signal });
    const last = turns.take(model('3'), async () => 'last');
    leaving.abort(new Error('changed my mind'));
    await expect(left).rejects.toThrow('changed my mind');
    await expect(failing).rejects.toThrow('no memory');
    expect(await last).toBe('last');
    await expect(turns.take(model('4'), async () => 'never', { signal: leaving.signal })).rejects.toThrow();
    expect(turns.line()).toEqual([]);
  });
});

/** Work that the test ends. */
function stoppable() {
  let begun = () => {};
  let end = () => {};
  let report: (fraction: number) => void = () => {};
  const began = new Promise<void>((resolve) => (begun = resolve));
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    began,
    end: () => end(),
    report: (fraction: number) => report(fraction),
    async work(onProgress: (fraction: number) => void) {
      report = onProgress;
      begun();
      await ended;
    },
  };
}
