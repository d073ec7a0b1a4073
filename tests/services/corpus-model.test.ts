import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCollecting, toRow } from '../../src/services/collecting.js';
import { openStore, type Store } from '../../src/store/open.js';
import { silent } from '../helpers/log.js';
import { temporaryFolder } from '../helpers/store.js';
import {
  CHANNELS,
  createModel,
  type Event,
  events,
  GUILD,
  incoming,
  type Model,
  type Version,
  versions,
} from '../helpers/corpus-model.js';

// A simple model says what the database must hold, whatever happens, in whatever order, and however often it is told.
describe('the corpus', () => {
  it('holds exactly what a simple model says, through restarts and crashes', async () => {
    const fresh = await databases();
    await fc.assert(
      fc.asyncProperty(fc.array(events, { maxLength: 25 }), async (sequence) => {
        const corpus = await opened(fresh());
        const model = createModel();
        for (const event of sequence) {
          await corpus.happens(event, model);
          expect(await corpus.contents(), JSON.stringify(event)).toEqual(model.contents());
        }
        await corpus.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is the same in whatever order the news of its messages come, and however often', async () => {
    const fresh = await databases();
    const news = events.filter(({ kind }) => ['version', 'delete', 'thread', 'channel'].includes(kind));
    const twice = fc
      .array(news, { maxLength: 12 })
      .chain((told) => fc.tuple(fc.constant(told), shuffled([...told, ...told])));
    await fc.assert(
      fc.asyncProperty(twice, async ([told, again]) => {
        const [corpus, other] = [await opened(fresh()), await opened(fresh())];
        for (const event of told) await corpus.happens(event, createModel());
        for (const event of again) await other.happens(event, createModel());
        expect(await other.contents()).toEqual(await corpus.contents());
        await corpus.close();
        await other.close();
      }),
      { numRuns: 40 },
    );
  });

  it('loses at most what was not acknowledged when it crashes', async () => {
    const fresh = await databases();
    const pages = fc.array(fc.array(versions, { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(pages, fc.nat({ max: 80 }), async (all, moments) => {
        const corpus = await opened(fresh());
        const { acknowledged, after } = await corpus.crash(all, moments, fresh());
        /** What there is when the first pages are stored, by how many. */
        const possible = Array.from({ length: all.length + 1 }, (_, stored) => {
          const model = createModel();
          for (const page of all.slice(0, stored)) model.take(page);
          return model.contents();
        });
        expect(possible.slice(acknowledged)).toContainEqual(await after.contents());
        for (const page of all) await after.page(page);
        expect(await after.contents()).toEqual(possible.at(-1));
        await after.close();
      }),
      { numRuns: 60 },
    );
  });
});

function shuffled<T>(all: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(all, { minLength: all.length });
}

/** Databases with two collected channels, each a copy of one, until the test is over. */
async function databases(): Promise<() => string> {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  const template = join(path, 'template.sqlite');
  const store = await openStore(template, 'read-write');
  for (const id of CHANNELS) await store.channels.setCollecting({ id, guildId: GUILD }, true, 0);
  await store.close();
  let count = 0;
  return () => {
    const database = join(path, `${(count += 1)}.sqlite`);
    copyFileSync(template, database);
    return database;
  };
}

/** The corpus in a database of its own. */
async function opened(path: string) {
  let store = await openStore(path, 'read-write');
  let collecting = await collectingInto(store);
  let now = 0;

  async function restart(): Promise<void> {
    await store.close();
    store = await openStore(path, 'read-write');
    collecting = await collectingInto(store);
  }

  async function page(read: readonly Version[]): Promise<void> {
    await store.intake.take(
      read.flatMap((version) => toRow(incoming(version))),
      now,
    );
  }

  async function apply(event: Event): Promise<void> {
    now = event.at;
    switch (event.kind) {
      case 'version':
        return collecting.received(incoming(event.version));
      case 'edit': {
        const { id, content, editedAt } = incoming(event.version);
        return collecting.edited({ id, content, editedAt });
      }
      case 'page':
        return page(event.read);
      case 'delete':
        return collecting.removed(GUILD, event.ids);
      case 'thread':
        return void (await store.erasure.erase(
          { guildId: GUILD, threadId: event.id },
          'channel_deleted',
          now,
        ));
      case 'channel':
        collecting.release([event.id]);
        await store.erasure.erase({ guildId: GUILD, channelId: event.id }, 'channel_deleted', now);
        return store.channels.remove(event.id);
      case 'opt':
        return store.privacy.change({
          guild_id: GUILD,
          member_id: event.author,
          collecting: event.way,
          changed_at: now,
        });
      case 'forget':
        await store.privacy.change({
          guild_id: GUILD,
          member_id: event.author,
          forgotten_at: now,
          changed_at: now,
        });
        return void (await store.erasure.erase({ guildId: GUILD, authorId: event.author }, 'forgotten', now));
      case 'restart':
        return restart();
    }
  }

  return {
    page,
    async happens(event: Event, model: Model): Promise<void> {
      for (let time = 0; time < event.times; time++) {
        await apply(event);
        model.happens(event);
      }
    },

    /** What is stored, by id. */
    async contents(): Promise<[string, string][]> {
      const rows = await store.messages.pageOfAll(GUILD, { created_at: 0, id: '' }, 1_000);
      return rows.map(({ id, content }): [string, string] => [id, content]).sort(byId);
    },

    /** Stores pages one after the other; after some moments the process is gone, and only the files are left. */
    async crash(pages: readonly (readonly Version[])[], moments: number, copy: string) {
      let acknowledged = 0;
      const storing = (async () => {
        for (const read of pages) {
          await page(read);
          acknowledged += 1;
        }
      })();
      for (let moment = 0; moment < moments; moment++) await setImmediate();
      const atTheCrash = acknowledged;
      for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
      await storing;
      await store.close();
      return { acknowledged: atTheCrash, after: await opened(copy) };
    },

    async close(): Promise<void> {
      await store.close();
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    },
  };
}

function collectingInto(store: Store) {
  return createCollecting({
    store,
    permitted: true,
    now: () => 0,
    log: silent,
  });
}

function byId([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}
