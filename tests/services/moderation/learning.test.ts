import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/open.js';
import { moderation, report } from '../../helpers/moderation.js';
import { message } from '../../helpers/store.js';

describe('learning from verdicts', () => {
  it('needs the right to train, and verdicts', async () => {
    const without = await moderation({ permitted: false });
    await expect(without.moderating.retrain('1')).rejects.toMatchObject({ key: 'training_not_permitted' });
    const { moderating, training } = await moderation();
    await expect(moderating.retrain('1')).rejects.toMatchObject({ key: 'no_verdicts' });
    expect(training.jobs).toEqual([]);
  });

  it('lets the first classifier of a server go live when there is nothing to compare it with', async () => {
    const { store, moderating, training } = await moderation();
    await addVerdicts(store, 1);
    training.ends(0.4);
    expect(await moderating.retrain('1', 2)).toMatchObject({
      kind: 'promoted',
      version: 1,
      liveMacroF1: undefined,
    });
    expect(training.jobs).toMatchObject([{ guildId: '1', task: 'spam', budgetMs: 120_000 }]);
    expect(await store.classifiers.model({ guildId: '1', task: 'spam', version: 1 })).toEqual(
      Buffer.from([7]),
    );
  });

  it('compares with the live one on the held-out verdicts of today', async () => {
    const { store, moderating, training } = await moderation();
    await store.classifiers.putStarter('spam', new Uint8Array([0]), report(0.99), 0);
    // Held out (the digest is below a fifth): one spam found, one spam missed, two ham right.
    await heldOut(store, 'a', 'p=0.95', 'spam');
    await heldOut(store, 'b', 'p=0.10', 'spam');
    await heldOut(store, 'c', 'hello', 'ham');
    await heldOut(store, 'd', 'world', 'ham');
    // spam: 2 · 1 / (2 + 1) = 2/3; ham: 2 · 2 / (2 + 3) = 4/5; their mean 11/15.
    training.ends(0.7);
    expect(await moderating.retrain('1')).toMatchObject({
      kind: 'rejected',
      liveMacroF1: expect.closeTo(11 / 15) as number,
    });
    expect((await store.classifiers.live('1', 'spam'))?.version).toBe(0);
    training.ends(0.74);
    expect(await moderating.retrain('1')).toMatchObject({ kind: 'promoted', version: 1 });
  });

  it('runs one training at a time', async () => {
    const { store, moderating, training } = await moderation();
    await addVerdicts(store, 1);
    training.ends(0.9);
    const finish = training.waits();
    const first = moderating.retrain('1');
    const second = moderating.retrain('1');
    await expect(second).rejects.toMatchObject({ key: 'classifier_training' });
    finish();
    await first;
    await moderating.retrain('1');
    expect(training.jobs).toHaveLength(2);
  });

  it('happens by itself from twenty new verdicts on', async () => {
    const { store, moderating, training, clock } = await moderation();
    training.ends(0.9);
    await addVerdicts(store, 19, clock.now);
    await moderating.retrainStale();
    expect(training.jobs).toHaveLength(0);
    await addVerdicts(store, 20, clock.now);
    await moderating.retrainStale();
    await moderating.retrainStale(); // none are new
    expect(training.jobs).toHaveLength(1);
    clock.now += 1;
    await addVerdicts(store, 20, clock.now);
    await moderating.retrainStale();
    expect(training.jobs).toHaveLength(2);
  });

  it('does not begin any more when the bot shuts down', async () => {
    const { store, moderating, training } = await moderation();
    await addVerdicts(store, 1);
    await moderating.stop();
    await expect(moderating.retrain('1')).rejects.toMatchObject({ key: 'shutting_down' });
    expect(training.jobs).toEqual([]);
  });
});

describe("a server's own chat", () => {
  it('is learned once there is some, without a verdict, when watching begins and from time to time', async () => {
    const { store, moderating, training } = await moderation({ watched: false });
    training.ends(1, { heldOut: 0 });
    await moderating.watch('1', '99');
    await moderating.retrainStale();
    expect(training.jobs).toEqual([]);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take(
      Array.from({ length: 200 }, (_, index) => message(String(index), index)),
      0,
    );
    await moderating.retrainStale();
    await moderating.retrainStale();
    expect(training.jobs).toMatchObject([{ guildId: '1', task: 'spam' }]);
    expect(await store.classifiers.live('1', 'spam')).toMatchObject({ guildId: '1', version: 1 });
  });
});

async function addVerdicts(store: Store, count: number, at = 0): Promise<void> {
  for (let index = 0; index < count; index++) await put(store, `v${index}`, 'f', 'text', 'spam', at);
}

async function heldOut(store: Store, id: string, content: string, label: string): Promise<void> {
  await put(store, id, '0', content, label, 0);
}

/** A digest of one repeated digit: 0 is held out, f (the highest) is learned. */
async function put(store: Store, id: string, digit: string, content: string, label: string, at: number) {
  const content_key = digit.repeat(64);
  const about = { guild_id: '1', task: 'spam', message_id: id, author_id: '7', signals: '[]' } as const;
  await store.labels.put({ ...about, member_id: null, content, content_key, label, created_at: at });
}
