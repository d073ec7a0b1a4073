import { describe, expect, it } from 'vitest';
import type { FlagRow } from '../../src/store/schema.js';
import { report } from '../helpers/moderation.js';
import { temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { openStore } from '../../src/store/open.js';

describe('settings of moderation', () => {
  it('are replaced as a whole, and exemptions are kept once', async () => {
    const store = await temporaryStore();
    const settings = {
      guild_id: '1',
      review_channel_id: '9',
      flag_threshold: 0.9,
      auto_action: 'none',
      auto_threshold: 1,
      auto_version: null,
      timeout_minutes: 60,
      changed_at: 1,
    } as const;
    await store.moderation.save(settings);
    await store.moderation.save({ ...settings, review_channel_id: null, changed_at: 2 });
    expect(await store.moderation.all()).toEqual([{ ...settings, review_channel_id: null, changed_at: 2 }]);
    const role = { guild_id: '1', kind: 'role', target_id: '7' } as const;
    await store.moderation.exempt(role);
    await store.moderation.exempt(role);
    await store.moderation.exempt({ ...role, kind: 'channel' });
    await store.moderation.include({ ...role, kind: 'channel' });
    expect(await store.moderation.exemptions()).toEqual([role]);
  });
});

describe('backtests', () => {
  it('cover a threshold from theirs on, the newest first', async () => {
    const store = await temporaryStore();
    const ran = { guild_id: '1', days: 30, messages: 10, flagged: 2, acted: 1, version: 0 };
    await store.backtests.add({ ...ran, ran_at: 10, threshold: 0.95 });
    await store.backtests.add({ ...ran, ran_at: 20, threshold: 0.97 });
    expect((await store.backtests.covering('1', { threshold: 0.97, version: 0, since: 0 }))?.ran_at).toBe(20);
    expect((await store.backtests.covering('1', { threshold: 0.96, version: 0, since: 0 }))?.ran_at).toBe(10);
    expect(await store.backtests.covering('1', { threshold: 0.94, version: 0, since: 0 })).toBeUndefined();
    expect(await store.backtests.covering('1', { threshold: 0.96, version: 0, since: 11 })).toBeUndefined();
    expect(await store.backtests.covering('1', { threshold: 0.97, version: 1, since: 0 })).toBeUndefined();
    expect(await store.backtests.covering('2', { threshold: 0.97, version: 0, since: 0 })).toBeUndefined();
  });
});

describe('flags', () => {
  it('are one a message, resolved once and claimed once', async () => {
    const { flags } = await temporaryStore();
    expect(await flags.add(flag('a'))).toBe(true);
    expect(await flags.add(flag('a', { score: 0.5 }))).toBe(false);
    expect(await flags.resolve('a', 'confirmed', '7', 5)).toBe(true);
    expect(await flags.resolve('a', 'false_alarm', '8', 6)).toBe(false);
    expect(await flags.claim('a', 'delete', '8', 6)).toBe(false); // somebody else confirmed it
    expect(await flags.claim('a', 'delete', '7', 6)).toBe(true);
    expect(await flags.claim('a', 'timeout', '7', 7)).toBe(false); // its action is taken
    expect(await flags.find('a')).toMatchObject({ score: 0.95, state: 'confirmed', action: 'delete' });
  });

  it('go back to what they were when a claim did not work', async () => {
    const { flags } = await temporaryStore();
    await flags.add(flag('a'));
    await flags.claim('a', 'delete', '7', 5);
    await flags.release(flag('a'));
    expect(await flags.find('a')).toEqual(flag('a'));
  });

  it('queue up: disputed ones first, then the surest, those without a score last', async () => {
    const { flags } = await temporaryStore();
    await flags.add(flag('unsure', { score: 0.91 }));
    await flags.add(flag('sure', { score: 0.99 }));
    await flags.add(flag('elsewhere', { guild_id: '2' }));
    await flags.add(flag('settled', { state: 'confirmed', resolved_by: '7', resolved_at: 1 }));
    await flags.add(flag('by hand', { score: null, state: 'confirmed', resolved_by: '7', resolved_at: 1 }));
    expect(await flags.dispute('by hand')).toBe(true);
    expect(await flags.dispute('by hand')).toBe(false);
    const order = await Promise.all([0, 1, 2, 3].map((place) => flags.openAt('1', place)));
    expect(order.map((each) => each?.id)).toEqual(['by hand', 'sure', 'unsure', undefined]);
    expect(await flags.countOpen('1')).toEqual({ open: 3, disputed: 1 });
    expect(await flags.countOpen('3')).toEqual({ open: 0, disputed: 0 });
  });

  it('are found by author and text while they are open, and count copies', async () => {
    const { flags } = await temporaryStore();
    await flags.add(flag('a'));
    await flags.addCopy('a', '[["11","b"]]');
    expect(await flags.openLike('1', '100', 'key of a')).toMatchObject({ times: 2, copies: '[["11","b"]]' });
    expect(await flags.openLike('1', '101', 'key of a')).toBeUndefined();
    await flags.resolve('a', 'confirmed', '7', 1);
    expect(await flags.openLike('1', '100', 'key of a')).toBeUndefined();
  });

  it('are marked when their message is gone, unless they are settled or it was deleted by the bot', async () => {
    const { flags } = await temporaryStore();
    await flags.add(flag('a'));
    await flags.add(flag('deleted', { action: 'delete' }));
    await flags.add(flag('settled', { state: 'confirmed' }));
    const unknown = Array.from({ length: 600 }, (_, index) => `unknown${index}`);
    expect(await flags.markGone([...unknown, 'a', 'deleted', 'settled'])).toEqual(['a']);
  });

  it('are counted by version, origin and state', async () => {
    const { flags } = await temporaryStore();
    await flags.add(flag('a'));
    await flags.add(flag('b'));
    await flags.add(flag('c', { version: 1, state: 'confirmed' }));
    await flags.add(flag('d', { guild_id: '2' }));
    expect(await flags.counts('1')).toEqual([
      { version: 0, origin: 'model', state: 'open', count: 2 },
      { version: 1, origin: 'model', state: 'confirmed', count: 1 },
    ]);
  });
});

describe('labels', () => {
  const verdict = {
    guild_id: '1',
    task: 'spam',
    member_id: null,
    content: 'text',
    content_key: 'ffff',
    signals: '["links:1"]',
    label: 'spam',
    author_id: '7',
  } as const;

  it('are one a message and task: the newest verdict counts', async () => {
    const { labels } = await temporaryStore();
    const key = 'f'.repeat(64);
    await labels.put({ ...verdict, message_id: 'a', content_key: key, created_at: 1 });
    await labels.put({ ...verdict, message_id: 'a', content_key: key, created_at: 2, label: 'ham' });
    await labels.put({ ...verdict, message_id: 'a', content_key: key, created_at: 3, task: 'sentiment' });
    expect(await labels.list('1', 'spam', 'learned')).toMatchObject([{ label: 'ham', created_at: 2 }]);
    expect(await labels.verdictOn('1', 'spam', key)).toBe('ham');
    expect(await labels.countSince('1', 'spam', 1)).toBe(1);
    expect(await labels.countSince('1', 'spam', 2)).toBe(0);
    expect(await labels.guilds('spam')).toEqual(['1']);
    await labels.forget(3);
    expect(await labels.guilds('spam')).toEqual([]);
  });

  it('hold out the fifth of the texts whose digests come first, copies together', async () => {
    const { labels } = await temporaryStore();
    const digests = ['00000000', '33333332', '33333334', 'ffffffff']; // a fifth of 2^32 is 33333333.3 in hexadecimal
    for (const [index, digest] of [...digests, ...digests].entries()) {
      await labels.put({ ...verdict, message_id: `${index}`, content_key: digest, created_at: index });
    }
    const keys = async (part: 'learned' | 'held-out') =>
      (await labels.list('1', 'spam', part)).map(({ content_key }) => content_key);
    expect(await keys('held-out')).toEqual(['00000000', '33333332', '00000000', '33333332']);
    expect(await keys('learned')).toEqual(['33333334', 'ffffffff', '33333334', 'ffffffff']);
  });
});

describe('classifiers', () => {
  it('are the starter until a guild has its own; then the newest is live, and the last five are kept', async () => {
    const { classifiers } = await temporaryStore();
    expect(await classifiers.live('1', 'spam')).toBeUndefined();
    await classifiers.putStarter('spam', new Uint8Array([8]), report(0.4), 1);
    await classifiers.putStarter('spam', new Uint8Array([9]), report(0.5), 2);
    expect(await classifiers.live('1', 'spam')).toEqual({
      guildId: '',
      task: 'spam',
      version: 0,
      report: report(0.5),
      createdAt: 2,
    });
    const own = { guildId: '1', task: 'spam', model: new Uint8Array([1]), report: report(0.6) } as const;
    for (let version = 1; version <= 7; version++) {
      expect(await classifiers.promote({ ...own, createdAt: version })).toBe(version);
    }
    expect(await classifiers.live('1', 'spam')).toMatchObject({ guildId: '1', version: 7 });
    expect(await classifiers.live('2', 'spam')).toMatchObject({ guildId: '', version: 0 });
    expect(await classifiers.live('1', 'sentiment')).toBeUndefined();
    expect((await classifiers.versions('1', 'spam')).map(({ version }) => version)).toEqual([
      0, 3, 4, 5, 6, 7,
    ]);
    expect(await classifiers.model({ guildId: '', task: 'spam', version: 0 })).toEqual(Buffer.from([9]));
    expect(await classifiers.model({ guildId: '1', task: 'spam', version: 2 })).toBeUndefined();
  });
});

describe('the log of actions', () => {
  it('knows the newest, and the time-outs that still run', async () => {
    const { actions } = await temporaryStore();
    const line = {
      guild_id: '1',
      flag_id: 'a',
      channel_id: '10',
      message_id: 'a',
      member_id: '100',
      actor_id: null,
      score: 0.99,
      content: 'text',
      undone_by: null,
    };
    await actions.add({ ...line, id: 'x', kind: 'delete', until: null, created_at: 1 });
    await actions.add({ ...line, id: 'y', kind: 'timeout', until: 100, created_at: 2 });
    expect((await actions.newest('1', 1)).map(({ id }) => id)).toEqual(['y']);
    expect(await actions.find('y', '2')).toBeUndefined();
    expect((await actions.runningTimeout('a', 99))?.id).toBe('y');
    expect(await actions.runningTimeout('a', 100)).toBeUndefined();
    expect(await actions.claimUndo('y', '7')).toBe(true);
    expect(await actions.claimUndo('y', '8')).toBe(false);
    expect(await actions.runningTimeout('a', 99)).toBeUndefined();
    await actions.erase(2);
    expect((await actions.newest('1', 2)).map(({ content }) => content)).toEqual(['text', null]);
  });
});

describe('moderation after a restart', () => {
  it('is as it was', async () => {
    const path = temporaryDatabase();
    const first = await openStore(path, 'read-write');
    await first.flags.add(flag('a'));
    await first.close();
    expect(await (await temporaryStore(path)).flags.find('a')).toEqual(flag('a'));
  });
});

function flag(id: string, more: Partial<FlagRow> = {}): FlagRow {
  return {
    id,
    guild_id: '1',
    channel_id: '10',
    author_id: '100',
    origin: 'model',
    content: 'buy',
    content_key: `key of ${id}`,
    signals: '[]',
    weights: '[]',
    score: 0.95,
    version: 0,
    times: 1,
    copies: '[]',
    state: 'open',
    action: 'none',
    gone: 0,
    disputed: 0,
    resolved_by: null,
    resolved_at: null,
    notice_channel_id: null,
    notice_id: null,
    created_at: 1,
    ...more,
  };
}
