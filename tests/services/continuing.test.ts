import { describe, expect, it } from 'vitest';
import { createContinuing } from '../../src/services/continuing.js';
import type { WriteRequest } from '../../src/training/writing.js';
import { temporaryStore } from '../helpers/store.js';

describe('continuing', () => {
  it('needs a model', async () => {
    const { continuing } = await set();
    await expect(
      continuing.continueText({ guildId: '1', prompt: 'a', length: 5, temperature: 1 }),
    ).rejects.toMatchObject({ key: 'no_model' });
  });

  it('asks the live model, and draws a seed when none is given', async () => {
    const { continuing, promote, asked } = await set();
    await promote();
    await promote();
    const request = { guildId: '1', prompt: 'a', length: 5, temperature: 1 };
    const drawn = await continuing.continueText(request);
    expect(drawn).toMatchObject({ text: '[a]', version: 2, seed: 2 ** 30 }); // half of 2^31
    await continuing.continueText({ ...request, seed: 7 });
    expect(asked.map(({ seed }) => seed)).toEqual([2 ** 30, 7]);
  });

  it('again repeats the prompt, more goes on after the text', async () => {
    const { continuing, promote, asked } = await set();
    await promote();
    const first = await continuing.continueText({ guildId: '1', prompt: 'a', length: 5, temperature: 0.5 });
    const again = await continuing.again(first.id, '1');
    const more = await continuing.more(again.id, '1');
    expect(asked.map(({ prompt }) => prompt)).toEqual(['a', 'a', 'a[a]']);
    expect(asked.every(({ length, temperature }) => length === 5 && temperature === 0.5)).toBe(true);
    expect(more.text).toBe('[a[a]]');
  });

  it('gives a text to its own server only, and forgets it after thirty days', async () => {
    const { continuing, promote, clock } = await set();
    await promote();
    const request = { guildId: '1', prompt: 'a', length: 5, temperature: 1 };
    const first = await continuing.continueText(request);
    await expect(continuing.again(first.id, '2')).rejects.toMatchObject({ key: 'generation_gone' });
    clock.now += 30 * 24 * 3_600_000 + 1;
    await continuing.continueText(request);
    await expect(continuing.again(first.id, '1')).rejects.toMatchObject({ key: 'generation_gone' });
  });
});

async function set() {
  const store = await temporaryStore();
  const asked: (WriteRequest & { prompt: string; length: number })[] = [];
  const clock = { now: 1_000 };
  let dice = 0;
  const continuing = createContinuing({
    store,
    sampler: {
      write: async (request) => {
        if (request.wanted.kind !== 'continuation') throw new Error('continuing asks for continuations');
        const { prompt, length } = request.wanted;
        asked.push({ ...request, prompt, length });
        return { text: `[${prompt}]`, stopped: false, refused: 0 };
      },
      predict: () => Promise.reject(new Error('continuing predicts nothing')),
      speakers: async () => [],
      close: async () => {},
    },
    now: () => clock.now,
    random: () => 0.5 + dice++ * 1e-10,
  });
  const promote = () =>
    store.models.promote({
      guild_id: '1',
      checkpoint: new Uint8Array([1]),
      bits_per_character: 2,
      corpus_until: 0,
      created_at: 0,
    });
  return { continuing, promote, asked, clock };
}
