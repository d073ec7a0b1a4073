import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createExporting } from '../../../src/services/privacy/exporting.js';
import { message, temporaryStore } from '../../helpers/store.js';

const ME = '100';
const here = { guildId: '1', memberId: ME, everywhere: false };

describe('what is kept of a member', () => {
  it('is one JSON file with everything, and nothing of anybody else', async () => {
    const { store, exported } = await set();
    await store.intake.take(
      [
        message('a', 1, { thread_id: '77', reply_to_id: '5', content: 'mine "quoted"\n한국어' }),
        message('b', 2, { edited_at: 121_000 }),
        message('o', 3, { author_id: '200', content: 'of another' }),
        message('e', 4, { guild_id: '2', channel_id: '20', content: 'elsewhere' }),
      ],
      5,
    );
    await store.privacy.change({ guild_id: '1', member_id: ME, imitation: 1, changed_at: 6 });
    await store.privacy.change({ guild_id: '1', member_id: '200', imitation: 1, changed_at: 6 });
    await store.generations.add(generation('g1', { member_id: ME, author_id: ME, prompt: 'my words' }));
    await store.generations.add(generation('g2', { member_id: ME, author_id: '200', prompt: 'of another' }));
    await store.generations.add(generation('g3', { member_id: '200', author_id: '200', text: 'of another' }));
    const vote = { generation_id: 'g1', guild_id: '1', model_version: 1, vote: 1, created_at: 7 } as const;
    await store.feedback.put({ ...vote, member_id: ME });
    await store.feedback.put({ ...vote, member_id: '200' });
    const file = await exported(here);
    expect(file).toMatchObject({ name: 'privacy-export.json', messages: 2, stored: 2 });
    const text = Buffer.from(file.bytes).toString();
    expect(text).not.toContain('of another');
    expect(text).not.toContain('200');
    const told = JSON.parse(text) as Record<string, unknown[]>;
    expect(told).toMatchObject({
      member: ME,
      exported_at: '1970-01-01T00:00:09.000Z',
      scope: 'server 1',
      choices: [{ server: '1', imitation: true, collecting: null }],
      votes: [{ vote: 1 }],
      flags: [],
    });
    expect(told.texts).toEqual([
      expect.objectContaining({ asked_by_you: true, prompt: 'my words' }),
      expect.not.objectContaining({ prompt: expect.anything() as unknown }),
    ]);
    expect(told.messages).toEqual([
      expect.objectContaining({ id: 'b', edited_at: '1970-01-01T00:02:01.000Z' }),
      {
        id: 'a',
        server: '1',
        channel: '10',
        thread: '77',
        answers: '5',
        written_at: '1970-01-01T00:01:00.000Z',
        stored_at: '1970-01-01T00:00:00.005Z',
        text: 'mine "quoted"\n한국어',
      },
    ]);
    const everywhere = await exported({ ...here, everywhere: true });
    expect(everywhere).toMatchObject({ messages: 3, stored: 3 });
    expect(Buffer.from(everywhere.bytes).toString()).toContain('elsewhere');
  });

  it('is a file also where there is nothing', async () => {
    const { exported } = await set();
    const { bytes, stored } = await exported(here);
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({ messages: [], texts: [] });
    expect(stored).toBe(0);
  });

  it('is packed when it is large, and else has the newest messages that fit', async () => {
    const { store, exported } = await set({ fileBytes: 60_000, textLength: 2 ** 20 });
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => message(String(from + index), from + index));
    await store.intake.take(many(10_000, 1_200), 0);
    const packed = await exported(here);
    expect(packed).toMatchObject({ name: 'privacy-export.json.gz', messages: 1_200 });
    expect(messagesIn(packed.bytes)).toHaveLength(1_200);

    await store.intake.take(many(20_000, 6_000), 0);
    const cut = await exported(here);
    expect(cut.stored).toBe(7_200);
    expect(cut.messages).toBeLessThan(7_200);
    expect(cut.bytes.length).toBeLessThanOrEqual(60_000);
    const ids = messagesIn(cut.bytes).map(({ id }) => id);
    expect(ids).toHaveLength(cut.messages);
    expect(ids.slice(0, 3)).toEqual(['25999', '25998', '25997']);
  });

  it('is written once at a time for a member', async () => {
    const { exported } = await set();
    const first = exported(here);
    await expect(exported(here)).rejects.toMatchObject({ key: 'export_underway' });
    await first;
    await exported(here);
  });
});

async function set(limits?: { fileBytes: number; textLength: number }) {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.channels.setCollecting({ id: '20', guildId: '2' }, true, 0);
  const { exportMember } = createExporting({ store, now: () => 9_000, ...(limits && { limits }) });
  return { store, exported: exportMember };
}

function messagesIn(packed: Uint8Array): { id: string }[] {
  return (JSON.parse(gunzipSync(packed).toString()) as { messages: { id: string }[] }).messages;
}

function generation(id: string, more: object) {
  return {
    id,
    guild_id: '1',
    kind: 'continue',
    model_version: 1,
    version_given: 0,
    prompt: '',
    text: 'written',
    length: 4,
    temperature: 0.8,
    top_p: 0.95,
    seed: 1,
    member_id: null,
    channel_id: '10',
    message_id: null,
    source_id: null,
    author_id: null,
    created_at: 8,
    ...more,
  } as const;
}
