import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { migrateTo, temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { trainingReport } from '../helpers/training-report.js';
import { PUBLIC } from '../helpers/readers.js';

const HOUR = 3_600_000;
const model = { guild_id: '1', audience: PUBLIC, bits_per_character: 2, corpus_until: 5, created_at: 6 };
const training = {
  guild_id: '1',
  audience: PUBLIC,
  channel_id: '10',
  budget_ms: 60_000,
  seed: 7,
  corpus_until: 5,
};

describe('models', () => {
  it('are numbered per guild; a promoted one takes the place of the live one, and its training is over', async () => {
    const store = await temporaryStore();
    await store.trainings.add(training);
    expect(await store.models.live('1', PUBLIC)).toBeUndefined();
    expect(await store.models.promote({ ...model, checkpoint: Buffer.from([1]) })).toBe(1);
    expect(await store.models.promote({ ...model, checkpoint: Buffer.from([2]) })).toBe(2);
    expect(await store.models.promote({ ...model, guild_id: '2', checkpoint: Buffer.from([3]) })).toBe(1);
    expect(await store.models.live('1', PUBLIC)).toEqual({
      ...model,
      version: 2,
      state: 'live',
      report: undefined,
      live_since: 6,
      audience: 'public',
      learned_until: null,
      read_at: null,
      pruned: false,
    });
    expect(await store.models.checkpoint('1', 1)).toEqual(Buffer.from([1]));
    expect(await store.trainings.queue()).toEqual([]);
  });

  it('that are rejected are kept beside the live one, with their figures', async () => {
    const store = await temporaryStore();
    const report = {
      ...trainingReport({ from: 1, liveVersion: 1, liveBitsPerCharacter: 2 }),
      gate: 'not_better' as const,
    };
    await store.models.promote({ ...model, checkpoint: Buffer.from([1]) });
    await store.trainings.add(training);
    expect(await store.models.reject({ ...model, report, checkpoint: Buffer.from([2]) })).toBe(2);
    expect((await store.models.live('1', PUBLIC))?.version).toBe(1);
    expect(await store.models.find('1', 2)).toMatchObject({ state: 'rejected', report });
    expect(await store.trainings.queue()).toEqual([]);
  });

  it('go live again, one at a time, as long as they have weights', async () => {
    const store = await temporaryStore();
    await store.models.promote({ ...model, checkpoint: Buffer.from([1]) });
    await store.models.promote({ ...model, checkpoint: Buffer.from([2]) });
    await store.models.reject({ ...model, checkpoint: Buffer.from([3]) });
    expect(await store.models.goLive('1', 3, 7)).toBe(true);
    expect(await store.models.goLive('1', 4, 8)).toBe(false);
    await store.models.reject({ ...model, checkpoint: Buffer.from([4]) });
    await store.models.reject({ ...model, checkpoint: Buffer.from([5]) });
    await store.models.prune('1', 1); // 4 is gone
    expect(await store.models.goLive('1', 4, 8)).toBe(false);
    const states = (await store.models.versions('1')).map(({ version, state }) => [version, state]);
    expect(states).toEqual([
      [5, 'rejected'],
      [4, 'rejected'],
      [3, 'live'],
      [2, 'past'],
      [1, 'past'],
    ]);
  });

  it('remember the order in which they were live, without those that people went back behind', async () => {
    const store = await temporaryStore();
    for (let version = 1; version <= 4; version++) {
      await store.models.promote({ ...model, created_at: version, checkpoint: Buffer.from([version]) });
    }
    const since = async () => (await store.models.versions('1')).map(({ live_since }) => live_since);
    expect(await since()).toEqual([4, 3, 2, 1]);
    await store.models.goLive('1', 2, 5); // back behind 3 and 4
    expect(await since()).toEqual([null, null, 5, 1]);
    await store.models.goLive('1', 4, 6); // and on to 4 again, which leaves 2 its place
    expect(await since()).toEqual([6, null, 5, 1]);
  });

  it('are pruned to the live one, those that were live last, and the newest others; figures stay', async () => {
    const store = await temporaryStore();
    for (let version = 1; version <= 5; version++) {
      await store.models.promote({ ...model, created_at: version, checkpoint: Buffer.from([version]) });
    }
    for (let version = 6; version <= 9; version++) {
      await store.models.reject({ ...model, checkpoint: Buffer.from([version]) });
    }
    await store.models.goLive('1', 4, 10); // back behind 5, so that 3 and 2 were live last
    const whole = async () =>
      (await store.models.versions('1')).flatMap(({ version, pruned }) => (pruned ? [] : [version]));
    expect(await store.models.prune('1', 2)).toHaveLength(4);
    expect(await whole()).toEqual([9, 8, 4, 3, 2]);
    expect(await store.models.prune('1', 2)).toEqual([]);
    expect(await store.models.prune('2', 2)).toEqual([]);
    expect(await store.models.checkpoint('1', 5)).toBeUndefined();
    expect(await store.models.find('1', 5)).toMatchObject({ version: 5, bits_per_character: 2 });
  });

  it('show the first bytes of their weights', async () => {
    const store = await temporaryStore();
    await store.models.promote({ ...model, checkpoint: Buffer.from([1, 2, 3, 4]) });
    expect([...(await store.models.checkpointStart('1', 1, 3))]).toEqual([1, 2, 3]);
    expect([...(await store.models.checkpointStart('1', 1, 9))]).toEqual([1, 2, 3, 4]);
    expect([...(await store.models.checkpointStart('1', 2, 9))]).toEqual([]);
  });
});

describe('trainings', () => {
  it('are at most one a guild, and first come, first served, after those that were cut off', async () => {
    const store = await temporaryStore();
    expect(await store.trainings.add({ ...training, guild_id: '3', requested_at: 1 })).toBe(true);
    expect(await store.trainings.add({ ...training, guild_id: '2', requested_at: 2 })).toBe(true);
    expect(await store.trainings.add({ ...training, guild_id: '2', requested_at: 3 })).toBe(false);
    expect(await store.trainings.add({ ...training, guild_id: '1', requested_at: 4 })).toBe(true);
    await store.trainings.start('1', PUBLIC, 5, 6);
    expect((await store.trainings.queue()).map(({ guild_id }) => guild_id)).toEqual(['1', '3', '2']);
  });

  it('survive a restart with their state, counting the attempts until one ends in order', async () => {
    const path = temporaryDatabase();
    const first = await openStore(path, 'read-write');
    await first.trainings.add(training);
    await first.trainings.start('1', PUBLIC, 8, 9);
    const curve = [{ trainedMs: 10, loss: 2, bitsPerCharacter: 2.5 }];
    await first.trainings.saveState('1', PUBLIC, Buffer.from([1, 2, 3]), { trainedMs: 20, curve });
    await first.close();
    const second = await temporaryStore(path);
    const cutOff = { ...training, started_at: 8, corpus_until: 9, attempts: 1, trained_ms: 20, curve };
    expect(await second.trainings.queue()).toMatchObject([cutOff]);
    expect(await second.trainings.state('1', PUBLIC)).toEqual(Buffer.from([1, 2, 3]));
    await second.trainings.start('1', PUBLIC, 100, 101);
    // What it reads is settled by its first start.
    expect(await second.trainings.find('1', PUBLIC)).toMatchObject({
      started_at: 8,
      corpus_until: 9,
      attempts: 2,
    });
    await second.trainings.pause('1', PUBLIC);
    expect(await second.trainings.find('1', PUBLIC)).toMatchObject({ attempts: 0, trained_ms: 20 });
  });

  it('remember what was trained, for two days', async () => {
    const store = await temporaryStore();
    const time = { guild_id: '1', started_at: 0, ended_at: HOUR, trained_ms: 50 };
    await store.trainings.noteTime(time);
    await store.trainings.noteTime({ ...time, ended_at: 2 * HOUR, trained_ms: 60 });
    await store.trainings.noteTime({ ...time, guild_id: '2', ended_at: 3 * HOUR });
    expect(await store.trainings.times('1', HOUR)).toEqual([{ ...time, ended_at: 2 * HOUR, trained_ms: 60 }]);
    expect(await store.trainings.times('1', 2 * HOUR)).toEqual([]);
    await store.trainings.noteTime({ ...time, started_at: 51 * HOUR, ended_at: 51 * HOUR });
    expect(await store.trainings.times('1', 0)).toHaveLength(1);
    expect(await store.trainings.times('2', 0)).toHaveLength(1); // ended exactly 48 hours before
  });
});

describe('the settings of trainings', () => {
  it('are changed one by one', async () => {
    const { trainingSettings } = await temporaryStore();
    const settings = {
      guild_id: '1',
      at: '04:30',
      quiet_from: '09:00',
      quiet_until: '18:00',
      zone: 'Asia/Seoul',
      minutes: 20,
      minutes_per_day: 60,
      announce_channel_id: '7',
      asked_channel_id: '8',
      attended_at: 2,
      changed_at: 3,
    };
    expect(await trainingSettings.find('1')).toBeUndefined();
    await trainingSettings.update(settings);
    await trainingSettings.update({ guild_id: '1', at: 'off', zone: null });
    expect(await trainingSettings.find('1')).toEqual({ ...settings, at: 'off', zone: null });
    await trainingSettings.update({ guild_id: '2', attended_at: 5 });
    expect(await trainingSettings.find('2')).toMatchObject({ at: null, attended_at: 5, changed_at: 0 });
  });
});

describe('a database from before versions had states', () => {
  it('has its newest versions live, and its trainings go on', async () => {
    const path = temporaryDatabase();
    await migrateTo('0003_talking', path);
    const sqlite = new Database(path);
    sqlite.exec(
      "insert into models values ('1', 1, x'01', 2.5, 3, 4), ('1', 2, x'02', 2.4, 4, 5), ('2', 7, x'03', 2, 3, 4)",
    );
    sqlite.exec("insert into trainings values ('2', '10', 60000, 7, 5, 2, x'04')");
    sqlite.close();
    const store = await temporaryStore(path);
    expect(await store.models.live('1', PUBLIC)).toMatchObject({
      version: 2,
      report: undefined,
      live_since: 5,
    });
    expect(await store.models.find('1', 1)).toMatchObject({ state: 'past', pruned: false });
    expect(await store.models.live('2', PUBLIC)).toMatchObject({ version: 7 });
    expect(await store.trainings.queue()).toMatchObject([
      { guild_id: '2', started_at: 0, fresh: 0, curve: [] },
    ]);
    expect(await store.trainings.state('2', PUBLIC)).toEqual(Buffer.from([4]));
  });
});
