import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type CorpusKeys, createCipher } from '../../src/store/cipher.js';
import { openStore, type Store } from '../../src/store/open.js';
import { message, temporaryDatabase, recentTexts } from '../helpers/store.js';
import { KEY, OTHER_KEY, rawTexts, readTexts, textsWith, writeTexts } from '../helpers/texts.js';

/** A word that no other byte of a database spells. */
const WORD = 'zanzibar';
const nameOf = (key: Uint8Array) => createCipher({ current: key }).current;

describe('a database with a key', () => {
  it('has no text in its file that a person wrote, and gives every one back', async () => {
    const path = temporaryDatabase();
    await withStore(path, { current: KEY }, async (store) => {
      await writeTexts(store, WORD);
      expect(await readTexts(store, WORD)).toEqual(textsWith(WORD));
      const onDisk = [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
      expect(onDisk).toContain(WORD); // as an id
      for (const text of textsWith(WORD)) expect(onDisk).not.toContain(text);
    });
    expect(rawTexts(path)).toHaveLength(6);
    for (const text of rawTexts(path)) expect(text.slice(0, 10)).toBe(`\u00011${nameOf(KEY)}`);
  });

  it('gives no text back that was moved to another row', async () => {
    const path = temporaryDatabase();
    await withStore(path, { current: KEY }, async (store) => {
      await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
      await store.intake.take([message('a', 1), message('b', 2)], 0);
      alter(
        path,
        "update messages set content = (select content from messages where id = 'b') where id = 'a'",
      );
      await expect(recentTexts(store, '1', 'any', 10)).rejects.toThrow('messages.content a is damaged');
    });
  });

  it('tells an edit that changes nothing from one that does', async () => {
    await withStore(temporaryDatabase(), { current: KEY }, async (store) => {
      await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
      await store.models.promote({ ...model, audience: 'public', checkpoint: new Uint8Array([1]) });
      await store.intake.take([message('a', 1)], 0);
      await store.intake.edit({ id: 'a', content: 'message a', characters: 9, edited_at: 1 }, 1);
      expect(await store.debts.list('1')).toEqual([]);
      await store.intake.edit({ id: 'a', content: 'other', characters: 5, edited_at: 2 }, 2);
      expect(await store.debts.list('1')).toMatchObject([{ reason: 'edited', messages: 1 }]);
      expect(await recentTexts(store, '1', 'any', 1)).toEqual(['other']);
    });
  });

  it('opens with that key only', async () => {
    const path = temporaryDatabase();
    await withStore(path, { current: KEY }, (store) => writeTexts(store, WORD));
    for (const mode of ['read-write', 'read-only', 'alone'] as const) {
      const name = nameOf(KEY);
      await expect(openStore(path, mode)).rejects.toMatchObject({
        key: 'corpus_key_missing',
        params: { name },
      });
      await expect(openStore(path, mode, { current: OTHER_KEY })).rejects.toMatchObject({
        key: 'corpus_key_wrong',
        params: { path, name },
      });
    }
    await withStore(path, { current: KEY }, async (store) => {
      expect(await store.rekeying.isDue()).toBe(false);
    });
  });
});

describe('a database whose key changes', () => {
  it('from none keeps its plain texts readable, and seals new ones', async () => {
    const path = temporaryDatabase();
    await withStore(path, {}, async (store) => {
      await writeTexts(store, WORD);
      expect(await store.rekeying.isDue()).toBe(false);
    });
    await withStore(path, { current: KEY }, async (store) => {
      await store.intake.take([message('b', 2)], 0);
      expect(await recentTexts(store, '1', 'any', 10)).toEqual(['message b', `${WORD} message`]);
      expect(await store.rekeying.isDue()).toBe(true);
    });
    await expect(openStore(path, 'read-write')).rejects.toMatchObject({ key: 'corpus_key_missing' });
  });

  it('reads with both, and needs both until all is sealed with the new one', async () => {
    const path = temporaryDatabase();
    await withStore(path, { current: KEY }, (store) => writeTexts(store, WORD));
    await withStore(path, { current: OTHER_KEY, previous: KEY }, async (store) => {
      await store.intake.take([message('b', 2)], 0);
      expect(await recentTexts(store, '1', 'any', 10)).toEqual(['message b', `${WORD} message`]);
      expect(await store.rekeying.isDue()).toBe(true);
    });
    for (const key of [KEY, OTHER_KEY]) {
      await expect(openStore(path, 'read-only', { current: key })).rejects.toMatchObject({
        key: 'corpus_key_wrong',
      });
    }
    await withStore(path, { current: KEY, previous: OTHER_KEY }, async (store) => {
      expect(await recentTexts(store, '1', 'any', 10)).toEqual(['message b', `${WORD} message`]);
    });
  });

  it('is as new where nothing is stored yet', async () => {
    const path = temporaryDatabase();
    await withStore(path, {}, async () => {});
    await withStore(path, { current: KEY }, async (store) => {
      expect(await store.rekeying.isDue()).toBe(false);
    });
  });
});

const model = { guild_id: '1', bits_per_character: 2, corpus_until: 1, created_at: 1 };

async function withStore(
  path: string,
  keys: CorpusKeys,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const store = await openStore(path, 'read-write', keys);
  await work(store).finally(() => store.close());
}

function alter(path: string, statement: string): void {
  const sqlite = new Database(path);
  sqlite.exec(statement);
  sqlite.close();
}
