import { describe, expect, it } from 'vitest';
import { readVerbatim } from '../../src/training/read-verbatim.js';
import { message, temporaryStore } from '../helpers/store.js';

/** Sixty characters that no other number's text shares more than a few of. */
const text = (number: number) =>
  Array.from({ length: 12 }, (_, index) =>
    String((number * 7919 + index * 104_729) % 9973).padStart(5, '.'),
  ).join('');

async function storeOf(count: number) {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.channels.setCollecting({ id: '20', guildId: '2' }, true, 0);
  await store.intake.take(
    Array.from({ length: count }, (_, number) => message(String(number), number, { content: text(number) })),
    0,
  );
  return store;
}

describe('readVerbatim', () => {
  it('reads all pages of a guild, channels that are switched off too, and no other guild', async () => {
    const store = await storeOf(2_500);
    await store.intake.take(
      [message('other', 0, { guild_id: '2', channel_id: '20', content: text(1_000_000) })],
      0,
    );
    await store.channels.setCollecting({ id: '10', guildId: '1' }, false, 1);
    const { index } = await readVerbatim(store, '1');
    expect(index.messages).toBe(2_500);
    expect(index.longestRun(text(0))).toBe(60);
    expect(index.longestRun(text(2_499))).toBe(60);
    expect(index.longestRun(text(1_000_000))).toBe(0);
  });

  it('adds what came since, also a little late, and keeps what was deleted', async () => {
    const store = await storeOf(100);
    const { index, update } = await readVerbatim(store, '1');
    await store.erasure.erase({ guildId: '1', ids: ['5'] }, 'deleted', 0);
    await store.intake.take(
      [
        message('a', 101, { content: text(101) }),
        message('b', 97, { content: text(102) }), // the newest was of minute 99
      ],
      0,
    );
    await update();
    await update();
    expect(index.messages).toBe(102);
    expect(index.longestRun(text(101))).toBe(60);
    expect(index.longestRun(text(102))).toBe(60);
    expect(index.longestRun(text(5))).toBe(60);
  });

  it('sees what was edited or filled in later once it reads again', async () => {
    const store = await storeOf(100);
    const { index, update, readAgain } = await readVerbatim(store, '1');
    await store.intake.edit({ id: '5', content: text(200), characters: 60, edited_at: 1 }, 0);
    await store.intake.take([message('old', 3, { content: text(201) })], 0);
    await update();
    expect(index.longestRun(text(200))).toBe(0);
    await readAgain();
    expect(index.longestRun(text(200))).toBe(60);
    expect(index.longestRun(text(201))).toBe(60);
    expect(index.messages).toBe(102);
  });

  it('knows messages as they are learned: without markup, and with one word for a link', async () => {
    const store = await storeOf(0);
    const content = 'they **really** said at https://example.com/x that it __never__ was so';
    await store.intake.take([message('1', 1, { content })], 0);
    const { index } = await readVerbatim(store, '1');
    expect(index.longestRun('they really said at [link] that it never was so')).toBe(47);
  });

  it('begins with nothing', async () => {
    const store = await storeOf(0);
    const { index, update } = await readVerbatim(store, '1');
    expect(index.messages).toBe(0);
    await store.intake.take([message('first', 1, { content: text(1) })], 0);
    await update();
    expect(index.messages).toBe(1);
  });

  it('lets other work go on meanwhile', async () => {
    const store = await storeOf(5_000);
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    await readVerbatim(store, '1');
    clearInterval(counting);
    expect(turns).toBeGreaterThan(1);
  });
});
