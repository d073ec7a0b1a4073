import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/classifier/tasks.js';
import { UserError } from '../../../src/errors.js';
import { createStarting } from '../../../src/services/moderation/starting.js';
import type { StartClassifierTraining } from '../../../src/training/classifier-training-client.js';
import type { ClassifierTrained } from '../../../src/training/protocol.js';
import { report } from '../../helpers/moderation.js';
import { temporaryStore } from '../../helpers/store.js';

const trained: ClassifierTrained = { model: new Uint8Array([7]), report: report(0.9) };

/** Starting over a real store; how each training ends is the test's. */
async function set(end: (task: Task) => Promise<ClassifierTrained> = async () => trained) {
  const store = await temporaryStore();
  const jobs: Parameters<StartClassifierTraining>[0][] = [];
  const stopped: Task[] = [];
  const lines: string[] = [];
  const starting = createStarting({
    store,
    startClassifierTraining: (job) => {
      jobs.push(job);
      let die = () => {};
      const death = new Promise<never>((_, reject) => {
        die = () => reject(new UserError('training_died', { reason: 'stopped' }));
      });
      const finished = Promise.race([end(job.task), death]);
      return {
        finished,
        stop() {
          stopped.push(job.task);
          die();
        },
      };
    },
    now: () => 5,
    log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
  });
  const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { store, starting, jobs, stopped, logged };
}

describe('starting', () => {
  it('learns both starters of an empty database, one after the other, from nothing but invention', async () => {
    const { store, starting, jobs, logged } = await set();
    await starting.learnMissing();
    expect(jobs.map(({ guildId, task }) => [guildId, task])).toEqual([
      ['', 'spam'],
      ['', 'sentiment'],
    ]);
    for (const task of ['spam', 'sentiment'] as const) {
      expect(await store.classifiers.live('1', task)).toMatchObject({
        guildId: '',
        version: 0,
        createdAt: 5,
      });
    }
    expect(logged().map(({ task }) => task)).toEqual(['spam', 'sentiment']);
  });

  it('learns only what is missing', async () => {
    const { store, starting, jobs } = await set();
    await store.classifiers.putStarter('spam', new Uint8Array([1]), report(0.5), 1);
    await starting.learnMissing();
    expect(jobs.map(({ task }) => task)).toEqual(['sentiment']);
    await starting.learnMissing();
    expect(jobs).toHaveLength(1);
    const spam = await store.classifiers.model({ guildId: '', task: 'spam', version: 0 });
    expect([...(spam ?? [])]).toEqual([1]);
  });

  it("takes a guild's own classifier for no starter", async () => {
    const { store, starting, jobs } = await set();
    const own = { guildId: '1', task: 'spam' as const, model: new Uint8Array([1]), report: report(0.5) };
    await store.classifiers.promote({ ...own, createdAt: 1 });
    await starting.learnMissing();
    expect(jobs.map(({ task }) => task)).toEqual(['spam', 'sentiment']);
  });

  it('logs what fails and why, learns the other one, and tries again the next time', async () => {
    let fails = true;
    const { store, starting, jobs, logged } = await set(async (task) => {
      if (fails && task === 'spam') throw new UserError('training_died', { reason: 'no memory' });
      return trained;
    });
    await starting.learnMissing();
    expect(await store.classifiers.live('', 'spam')).toBeUndefined();
    expect(await store.classifiers.live('', 'sentiment')).toBeDefined();
    expect(logged()[0]).toMatchObject({
      level: 50,
      task: 'spam',
      err: { key: 'training_died', params: { reason: 'no memory' } },
    });
    fails = false;
    await starting.learnMissing();
    expect(jobs.map(({ task }) => task)).toEqual(['spam', 'sentiment', 'spam']);
    expect(await store.classifiers.live('', 'spam')).toBeDefined();
  });

  it('logs an error that nobody foresaw with its stack', async () => {
    const { starting, logged } = await set(async () => Promise.reject(new Error('disk full')));
    await starting.learnMissing();
    expect(logged()).toHaveLength(2);
    expect(logged()[0].err).toMatchObject({ message: 'disk full', stack: expect.any(String) as string });
  });

  it('stops what is being learned, says nothing of it and begins nothing else', async () => {
    const { store, starting, jobs, stopped, logged } = await set(() => new Promise(() => {}));
    const learning = starting.learnMissing();
    while (jobs.length === 0) await new Promise(setImmediate);
    starting.stop();
    await learning;
    expect(stopped).toEqual(['spam']);
    expect(jobs).toHaveLength(1);
    expect(logged()).toEqual([]);
    expect(await store.classifiers.live('', 'spam')).toBeUndefined();
    await starting.learnMissing();
    expect(jobs).toHaveLength(1);
  });

  it('that is stopped before it has looked what is missing begins nothing', async () => {
    const { starting, jobs } = await set();
    const learning = starting.learnMissing();
    starting.stop();
    await learning;
    expect(jobs).toEqual([]);
  });
});
