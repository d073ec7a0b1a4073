import { describe, expect, it } from 'vitest';
import { inTurn } from '../../../src/services/retraining/classifier-turns.js';
import { createTurns, type Place } from '../../../src/services/retraining/turns.js';
import type { ClassifierTrained } from '../../../src/training/protocol.js';
import { report } from '../../helpers/moderation.js';

const trained: ClassifierTrained = { model: new Uint8Array([7]), report: report(0.9) };
const job = { guildId: '1', task: 'spam', seed: 1, budgetMs: 60_000 } as const;

describe('a classifier', () => {
  it('learns in its turn, and whoever waits hears what for', async () => {
    const { turns, start, started } = set();
    let end = () => {};
    const model = turns.take(
      { guildId: '2', what: 'model' },
      () => new Promise<void>((done) => (end = done)),
    );
    const told: (readonly Place[])[] = [];
    const run = start(job, (ahead) => told.push(ahead));
    expect(told).toMatchObject([[{ guildId: '2', what: 'model' }]]);
    expect(turns.line()).toMatchObject([{ what: 'model' }, { guildId: '1', what: 'spam' }]);
    expect(started).toEqual([]);
    await Promise.resolve();
    end();
    await model;
    expect(await run.finished).toEqual(trained);
    expect(started).toEqual([job]);
  });

  it('that is stopped while it waits never starts', async () => {
    const { turns, start, started } = set();
    let end = () => {};
    const model = turns.take(
      { guildId: '1', what: 'model' },
      () => new Promise<void>((done) => (end = done)),
    );
    const run = start(job);
    run.stop();
    await expect(run.finished).rejects.toMatchObject({ key: 'shutting_down' });
    end();
    await model;
    expect(started).toEqual([]);
    expect(turns.line()).toEqual([]);
  });

  it('that is stopped while it learns ends as its worker ends', async () => {
    const { start, started } = set('until it is stopped');
    const run = start(job);
    await expect.poll(() => started).toHaveLength(1);
    run.stop();
    await expect(run.finished).rejects.toThrow('terminated');
  });
});

function set(learns?: 'until it is stopped') {
  const turns = createTurns();
  const started: object[] = [];
  const start = inTurn(
    (asked) => {
      started.push(asked);
      let stop = () => {};
      const stopped = new Promise<never>((_, fail) => (stop = () => fail(new Error('terminated'))));
      stopped.catch(() => {});
      const finished = learns === undefined ? Promise.resolve(trained) : stopped;
      return { finished, stop: () => stop() };
    },
    turns,
    () => 0,
  );
  return { turns, start, started };
}
