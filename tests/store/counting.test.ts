import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/open.js';
import { message, migrateTo, temporaryDatabase, temporaryStore } from '../helpers/store.js';

const DAY_MINUTES = 24 * 60;

type Step = (store: Store) => Promise<unknown>;

const id = fc.integer({ min: 1, max: 12 }).map(String);
const place = { channel_id: fc.constantFrom('10', '20'), author_id: fc.constantFrom('100', '200') };
const steps = fc.oneof(
  fc.record({ id, ...place, day: fc.integer({ min: 1, max: 3 }) }).map(
    ({ id, day, ...where }): Step =>
      ({ intake }) =>
        intake.take([message(id, day * DAY_MINUTES, where)], 0),
  ),
  fc.record({ id, content: fc.constantFrom('', 'x', 'long'), at: fc.integer({ min: 1, max: 9 }) }).map(
    ({ id, content, at }): Step =>
      ({ intake }) =>
        intake.edit({ id, content, characters: content.length, edited_at: at }, 0),
  ),
  fc
    .oneof(
      id.map((one) => ({ guildId: '1', ids: [one] })),
      place.channel_id.map((channelId) => ({ guildId: '1', channelId })),
      place.author_id.map((authorId) => ({ guildId: '1', authorId })),
    )
    .map(
      (leaving): Step =>
        ({ erasure }) =>
          erasure.erase(leaving, 'deleted', 0),
    ),
);

describe('the counts that stand ready', () => {
  it('are those of the messages, whatever came, changed and went', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 40 }), async (some) => {
        const path = temporaryDatabase();
        const store = await temporaryStore(path);
        for (const channel of ['10', '20'])
          await store.channels.setCollecting({ id: channel, guildId: '1' }, true, 0);
        for (const step of some) await step(store);
        const { tallied, counted } = countsIn(path);
        expect(tallied).toEqual(counted);
      }),
      { numRuns: 25 },
    );
  });

  it('lose what goes with its channel', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take([message('a', 1), message('b', 2)], 0);
    const sqlite = new Database(path);
    sqlite.exec("pragma foreign_keys = on; delete from channels where id = '10'");
    sqlite.close();
    expect(countsIn(path)).toEqual({ tallied: [[], []], counted: [[], []] });
  });

  it('begin with the messages of a database from before there were any', async () => {
    const path = temporaryDatabase();
    await migrateTo('0005_consent', path);
    const sqlite = new Database(path);
    sqlite.exec(`insert into channels (id, guild_id, collecting, changed_at, learning) values ('10', '1', 1, 0, 1);
      insert into messages (id, guild_id, channel_id, author_id, content, characters, created_at)
      values ('a', '1', '10', '100', 'text', 4, 0), ('b', '1', '10', '100', '', 0, 0), ('c', '1', '10', '200', 'x', 1, 86400000)`);
    sqlite.close();
    const store = await temporaryStore(path);
    expect(await store.messages.totals('1', 'any')).toEqual({ messages: 2, characters: 5, speakers: 2 });
    expect(await store.tallies.byDay('1', 86_400_000)).toEqual([
      { channel_id: '10', day: 86_400_000, messages: 1 },
    ]);
    const { tallied, counted } = countsIn(path);
    expect(tallied).toEqual(counted);
  });
});

describe('totals up to a moment', () => {
  it('are without what came later, and without whoever came later', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take(
      [message('a', 1), message('b', 2), message('c', 3, { author_id: '200' }), message('d', 4)],
      0,
    );
    const upTo = (minute: number) => store.messages.totals('1', 'public', minute * 60_000);
    expect(await upTo(4)).toEqual({ messages: 4, characters: 36, speakers: 2 }); // 9 letters each
    expect(await upTo(2)).toEqual({ messages: 2, characters: 18, speakers: 1 });
    expect(await upTo(0)).toEqual({ messages: 0, characters: 0, speakers: 0 });
  });

  it('leave out who does not allow it', async () => {
    const store = await temporaryStore();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take([message('a', 1), message('b', 2, { author_id: '200' })], 0);
    await store.privacy.change({ guild_id: '1', member_id: '200', collecting: 'out', changed_at: 1 });
    expect(await store.messages.totals('1', 'public')).toEqual({ messages: 1, characters: 9, speakers: 1 });
    expect(await store.messages.countSince('1', 'public', -1)).toBe(1);
  });
});

/** The counts as they are kept, and as they are counted anew. */
function countsIn(path: string) {
  const sqlite = new Database(path, { readonly: true });
  const all = (sql: string) => sqlite.prepare(sql).raw().all();
  const tallied = [
    all('select channel_id, author_id, messages, characters from author_tallies order by 1, 2'),
    all('select channel_id, day, messages from day_tallies order by 1, 2'),
  ];
  const counted = [
    all(`select channel_id, author_id, count(*), sum(characters) from messages where characters > 0
      group by 1, 2 order by 1, 2`),
    all(`select channel_id, created_at / 86400000, count(*) from messages where characters > 0
      group by 1, 2 order by 1, 2`),
  ];
  sqlite.close();
  return { tallied, counted };
}
