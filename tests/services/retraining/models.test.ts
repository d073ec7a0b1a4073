import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { createModels } from '../../../src/services/retraining/models.js';
import type { WriteRequest } from '../../../src/training/writing.js';
import { MINUTE, NOON, progress, retrainingOf, trained } from '../../helpers/retraining.js';
import { message } from '../../helpers/store.js';
import { everyone, PUBLIC } from '../../helpers/readers.js';

const ask = { ...everyone('1'), channelId: '10' };
const RULES = { blocked: ['rude'], takenBack: [], maxVerbatim: 60 };

describe('the versions of a model', () => {
  it('have figures, states and votes, newest first', async () => {
    const { models } = await threeVersions();
    const history = await models.history('1');
    expect(history.map(({ version, state, votes }) => [version, state, votes])).toEqual([
      [3, 'rejected', undefined],
      [2, 'live', { version: 2, up: 3, down: 1 }],
      [1, 'past', undefined],
    ]);
    expect(history[1].report).toMatchObject({ bitsPerCharacter: 2.3, ngramBitsPerCharacter: 2.8 });
  });

  it('say how they stand: the live one, what is new, what is trained, and how', async () => {
    const { models, store, retraining, worker } = await threeVersions();
    await store.intake.take([message('new', 100)], 0);
    expect(await models.status('1', () => true)).toMatchObject({
      live: { version: 2, votes: { up: 3 } },
      newest: { version: 3, report: { gate: 'not_better' } },
      newMessages: 1,
      training: undefined,
      plan: { minutes: 1, next: undefined, budget: undefined },
    });
    const fourth = retraining.retrain(ask);
    const run = await worker.run(4);
    run.handlers.onProgress(progress);
    expect((await models.status('1', () => true)).training).toMatchObject({
      ahead: [],
      progress: { fraction: 0.25 },
    });
    run.ends(trained(2, 2.3, { liveVersion: 2 }));
    await fourth;
  });

  it('roll back to the one that was live before, or to any', async () => {
    const { models } = await threeVersions();
    const first = await models.rollBack(everyone('1'));
    expect([first.from?.version, first.to.version]).toEqual([2, 1]);
    await expect(models.rollBack(everyone('1'))).rejects.toMatchObject({ key: 'nothing_to_roll_back' });
    expect((await models.rollBack(everyone('1'), 3)).to.version).toBe(3); // one that was rejected
    expect((await models.rollBack(everyone('1'))).to.version).toBe(1); // live before 3; people went back behind 2
    await expect(models.rollBack(everyone('1'), 1)).rejects.toMatchObject({ key: 'already_live' });
    await expect(models.rollBack(everyone('1'), 9)).rejects.toMatchObject({ key: 'no_such_version' });
    await expect(models.rollBack(everyone('2'))).rejects.toMatchObject({ key: 'nothing_to_roll_back' });
  });

  it('roll back once more to what was live still before, and never to one that was left', async () => {
    const { models, retraining, worker, clock } = await threeVersions();
    worker.ends(trained(2.2, 2.3, { liveVersion: 2 }));
    await retraining.retrain(ask); // 4, after 1 and 2
    clock.now += MINUTE;
    expect((await models.rollBack(everyone('1'), 2)).to.version).toBe(2);
    clock.now += MINUTE;
    worker.ends(trained(2.1, 2.3, { liveVersion: 2 }));
    await retraining.retrain(ask); // 5, after 1 and 2
    clock.now += MINUTE;
    expect((await models.rollBack(everyone('1'))).to.version).toBe(2);
    clock.now += MINUTE;
    expect((await models.rollBack(everyone('1'))).to.version).toBe(1);
    await expect(models.rollBack(everyone('1'))).rejects.toMatchObject({ key: 'nothing_to_roll_back' });
  });

  it('are of no use once they are pruned', async () => {
    const { models, store } = await threeVersions();
    await store.models.promote({
      guild_id: '1',
      audience: PUBLIC,
      bits_per_character: 2,
      corpus_until: 1,
      created_at: NOON + 9 * MINUTE,
      checkpoint: new Uint8Array([1]),
    });
    await store.models.prune('1', 1); // 4 is live, 2 was before it, and 3 was never
    const pruned = { key: 'version_pruned', params: { version: 1 } };
    await expect(models.rollBack(everyone('1'), 1)).rejects.toMatchObject(pruned);
    await expect(models.exportModel(everyone('1'), 1)).rejects.toMatchObject(pruned);
    await expect(models.compare(everyone('1'), { a: 1 })).rejects.toMatchObject(pruned);
    expect((await models.history('1')).map(({ pruned }) => pruned)).toEqual([false, false, false, true]);
    expect((await models.rollBack(everyone('1'))).to.version).toBe(2);
  });

  it('write the same prompt with the same dice to be compared, under the guild’s rules', async () => {
    const { models, asked } = await threeVersions();
    const { sides, seed } = await models.compare(everyone('1'), { prompt: 'hello' });
    expect(sides.map(({ model, text }) => [model.version, text])).toEqual([
      [3, 'text of 3'],
      [2, 'text of 2'],
    ]);
    expect(asked).toEqual(
      [3, 2].map((version) => ({
        guildId: '1',
        version,
        wanted: { kind: 'continuation', prompt: 'hello', length: 200 },
        temperature: 0.8,
        topP: 1,
        seed,
        guard: RULES,
      })),
    );
    const chosen = await models.compare(everyone('1'), { a: 2, b: 1, seed: 7 });
    expect(chosen.sides.map(({ model }) => model.version)).toEqual([2, 1]);
    expect(asked.at(-1)?.seed).toBe(7);
    expect((await models.compare(everyone('1'), { a: 2 })).sides.map(({ model }) => model.version)).toEqual([
      2, 3,
    ]);
    await expect(models.compare(everyone('1'), { a: 2, b: 9 })).rejects.toMatchObject({
      key: 'no_such_version',
    });
    await expect(models.compare(everyone('2'), {})).rejects.toMatchObject({ key: 'nothing_to_compare' });
  });

  it('show nothing of a text that the guard refused', async () => {
    const { models, refuses } = await threeVersions();
    refuses.add(3);
    expect((await models.compare(everyone('1'), {})).sides.map(({ text }) => text)).toEqual([
      undefined,
      'text of 2',
    ]);
  });

  it('are exported as they are, unless they are too large to be sent', async () => {
    const { models, store } = await threeVersions();
    expect(await models.exportModel(everyone('1'))).toEqual({ version: 2, size: 1, bytes: Buffer.from([1]) });
    expect((await models.exportModel(everyone('1'), 3)).version).toBe(3);
    const large = { guild_id: '2', audience: PUBLIC, bits_per_character: 2, corpus_until: 1, created_at: 1 };
    await store.models.promote({ ...large, checkpoint: new Uint8Array(10 * 2 ** 20 + 1) });
    expect(await models.exportModel(everyone('2'))).toEqual({
      version: 1,
      size: 10 * 2 ** 20 + 1,
      bytes: undefined,
    });
    await expect(models.exportModel(everyone('3'))).rejects.toMatchObject({ key: 'no_model' });
    await expect(models.exportModel(everyone('3'), 1)).rejects.toMatchObject({ key: 'no_such_version' });
  });
});

/** Version 1 was live, 2 is, and 3 was rejected; what they write says which they are. */
async function threeVersions() {
  const set = await retrainingOf();
  const { retraining, worker, store, clock } = set;
  for (const end of [trained(2.5), trained(2.3, 2.5), trained(2.4, 2.3, { liveVersion: 2 })]) {
    worker.ends(end);
    await retraining.retrain(ask);
    clock.now += MINUTE;
  }
  const asked: WriteRequest[] = [];
  const refuses = new Set<number>();
  const models = createModels({
    store,
    sampler: {
      async write(request) {
        asked.push(request);
        if (refuses.has(request.version)) throw new UserError('guard_refused', { reason: 'blocked' });
        return { text: `text of ${request.version}`, stopped: false, refused: 0 };
      },
    },
    training: retraining,
    guardRules: async () => RULES,
    votes: async () => [{ version: 2, up: 3, down: 1 }],
    now: () => clock.now,
    random: () => 0.25,
  });
  return { ...set, models, asked, refuses };
}
