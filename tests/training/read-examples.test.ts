import { contentKey } from '../../src/corpus/content-key.js';
import { describe, expect, it } from 'vitest';
import type { LabelledExample } from '../../src/classifier/tasks.js';
import { readExamples } from '../../src/training/read-examples.js';
import type { Store } from '../../src/store/open.js';
import { chat, verdict } from '../helpers/verdicts.js';
import { temporaryStore } from '../helpers/store.js';

const spam = { guildId: '1', task: 'spam', seed: 1 } as const;

function read(store: Store, more: Partial<Parameters<typeof readExamples>[1]> = {}) {
  return readExamples(store, { ...spam, ...more });
}

function real({ learned }: { learned: LabelledExample[] }): LabelledExample[] {
  return learned.filter(({ invented }) => invented === undefined);
}

describe('readExamples', () => {
  it.each([
    ['spam', ['ham', 'spam']],
    ['sentiment', ['negative', 'neutral', 'positive']],
  ] as const)('invents all that the starter of %s learns', async (task, labels) => {
    const store = await temporaryStore();
    const { learned, verdicts, heldOut } = await read(store, { guildId: '', task });
    expect(learned).toHaveLength(8_000);
    expect(learned.every(({ invented }) => invented)).toBe(true);
    expect([...new Set(learned.map(({ label }) => label))].sort()).toEqual(labels);
    expect({ verdicts, heldOut }).toEqual({ verdicts: 0, heldOut: [] });
    expect((await read(store, { guildId: '', task })).learned).toEqual(learned);
    expect((await read(store, { guildId: '', task, seed: 2 })).learned).not.toEqual(learned);
  });

  it("takes a guild's own chat for ham, with what its text shows", async () => {
    const store = await temporaryStore();
    await chat(store, ['good morning', 'see https://example.com']);
    const own = real(await read(store));
    expect(own).toEqual([
      { text: 'good morning', signals: [], label: 'ham' },
      { text: 'see https://example.com', signals: ['links:1'], label: 'ham' },
    ]);
  });

  it('does not take chat for anything where it is about feelings, nor chat of channels that are off', async () => {
    const store = await temporaryStore();
    await chat(store, ['good morning']);
    expect(real(await read(store, { task: 'sentiment' }))).toEqual([]);
    expect(real(await read(store, { guildId: '2' }))).toEqual([]);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, false, 1);
    expect(real(await read(store))).toEqual([]);
  });

  it('reads the newest five hundred messages of a guild', async () => {
    const store = await temporaryStore();
    await chat(
      store,
      Array.from({ length: 2_500 }, (_, index) => `message ${index}`),
    );
    const texts = real(await read(store)).map(({ text }) => text);
    expect(texts).toHaveLength(500);
    expect(texts[0]).toBe('message 2000');
    expect(texts.at(-1)).toBe('message 2499');
  });

  it('reads no more than the newest five hundred of messages that came in the same moment', async () => {
    const store = await temporaryStore();
    const texts = Array.from({ length: 2_500 }, (_, index) => `message ${index}`);
    await chat(store, texts, { created_at: 60_000 });
    const own = real(await read(store)).map(({ text }) => text);
    expect(own).toEqual(texts.slice(-500));
  });

  it('lets a verdict count ten times, and never learns one that is held out', async () => {
    const store = await temporaryStore();
    await verdict(store, 'free gift', 'spam', 'learned', ['links:1']);
    await verdict(store, 'claim it', 'spam', 'held out');
    await verdict(store, 'of another guild', 'spam', 'learned', [], '2');
    const { learned, verdicts, heldOut } = await read(store);
    expect(real({ learned })).toEqual(
      Array.from({ length: 10 }, () => ({ text: 'free gift', signals: ['links:1'], label: 'spam' })),
    );
    expect(verdicts).toBe(1);
    expect(heldOut).toEqual([{ text: 'claim it', signals: [], label: 'spam' }]);
  });

  it('learns no verdict on who has opted out', async () => {
    const store = await temporaryStore();
    await verdict(store, 'free gift', 'spam', 'learned', [], '1', '100');
    await verdict(store, 'claim it', 'spam', 'held out', [], '1', '100');
    expect(await read(store)).toMatchObject({ verdicts: 1, heldOut: [{}] });
    await store.privacy.changeEverywhere('100', { collecting: 'out' }, 1);
    expect(await read(store)).toMatchObject({ verdicts: 0, heldOut: [] });
  });

  it('goes by the verdict, not by the chat, on what a moderator has seen', async () => {
    const store = await temporaryStore();
    await chat(store, ['free  gift', 'Cl\u0430im it', 'hello']); // the same but for blanks and disguise
    await verdict(store, 'free gift', 'spam', contentKey('free gift'));
    await verdict(store, 'claim it', 'spam', contentKey('claim it'));
    const ham = real(await read(store)).filter(({ label }) => label === 'ham');
    expect(ham.map(({ text }) => text)).toEqual(['hello']);
  });
});
