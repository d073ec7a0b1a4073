import { readFileSync, statSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';

const GUILD = { guildId: '1' };

describe('what is erased', () => {
  it('is erased to its end, though the store is closed meanwhile', async () => {
    const path = temporaryDatabase();
    const first = await openStore(path, 'read-write');
    await first.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    const many = Array.from({ length: 5_000 }, (_, index) => message(`${index}`, index));
    await first.intake.take(many, 0);
    const erasing = first.erasure.erase({ ...GUILD, channelId: '10' }, 'channel_deleted', 1);
    await breathe();
    await first.close();
    expect(await erasing).toBe(5_000);
    const second = await temporaryStore(path);
    expect((await second.messages.totals('1', 'any')).messages).toBe(0);
  });
});

describe('what was erased', () => {
  it('is in no file of the database any more, when there was much of it', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    const many = Array.from({ length: 3_000 }, (_, index) =>
      message(`${index}`, index, { content: `zanzibar ${index}` }),
    );
    await store.intake.take([...many, message('stays', 1, { author_id: '200' })], 0);
    expect(bytesOf(path)).toContain('zanzibar');
    expect(await store.erasure.erase({ ...GUILD, authorId: '100' }, 'forgotten', 1)).toBe(3_000);
    expect(bytesOf(path)).not.toContain('zanzibar');
    expect(bytesOf(path)).toContain('message stays');
  });

  it('is gone after the next sweep, when it was little or somebody was reading', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take([message('a', 1, { content: 'zanzibar' }), message('b', 2)], 0);
    const reader = await openStore(path, 'read-only');
    const reading = reader.messages.inOrder('1', 'any', Number.MAX_SAFE_INTEGER);
    await reading.next();
    await store.erasure.erase({ ...GUILD, ids: ['a'] }, 'deleted', 1);
    expect(store.upkeep.sweep()).toBe(false);
    await reading.return();
    await reader.close();
    expect(store.upkeep.sweep()).toBe(true);
    expect(bytesOf(path)).not.toContain('zanzibar');
    expect(statSync(`${path}-wal`).size).toBe(0);
  });

  it('keeps nobody else’s work waiting but the database’s own', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    const many = Array.from({ length: 5_000 }, (_, index) => message(`${index}`, index));
    await store.intake.take(many, 0);
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 0);
    const erasing = store.erasure.eraseGuild('1');
    await breathe();
    expect(store.upkeep.sweep()).toBe(false); // the erasure is under way
    await erasing;
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(0);
    expect(await store.messages.totals('1', 'any')).toEqual({ messages: 0, characters: 0, speakers: 0 });
  });
});

function bytesOf(path: string): string {
  return [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
}
