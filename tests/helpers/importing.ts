import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ingest } from '../../src/ingest/ingest.js';
import type { Counts, Terms } from '../../src/ingest/protocol.js';
import type { Store } from '../../src/store/open.js';
import type { MessageRow } from '../../src/store/schema.js';

export const GUILD = '900000000000000001';
export const CHANNEL = '900000000000000002';
export const NOW = Date.UTC(2026, 0, 1);

/** An id that Discord could have given at this minute of 2024. */
export function idAt(minute: number): string {
  return ((BigInt(Date.UTC(2024, 0, 1) + minute * 60_000) - 1_420_070_400_000n) << 22n).toString();
}

export function timeAt(minute: number): number {
  return Date.UTC(2024, 0, 1) + minute * 60_000;
}

/** A folder with these files, gone after the test. */
export function folderWith(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'charlatan-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export function fileWith(content: string | Buffer, name = 'upload'): string {
  return join(folderWith({ [name]: content }), name);
}

/** Imports what lies at a path into the test's guild, and says what became of it. */
export async function imported(
  store: Store,
  path: string,
  {
    isRehearsal = false,
    name = 'upload',
    ...terms
  }: Partial<Terms> & { isRehearsal?: boolean; name?: string } = {},
): Promise<Counts> {
  const unknown = { channelId: undefined, authorId: undefined, places: undefined };
  const { counts } = await ingest(
    { path, name, terms: { guildId: GUILD, ...unknown, ...terms }, isRehearsal },
    { store, now: () => NOW, onProgress: () => {}, signal: new AbortController().signal },
  );
  return counts;
}

/** All that is stored of a guild, without when it came. */
export async function stored(store: Store, guildId = GUILD): Promise<Omit<MessageRow, 'stored_at'>[]> {
  const rows = [];
  const which = { guildId, channelId: undefined, authorId: undefined };
  for await (const { stored_at, ...row } of store.messages.all(which)) rows.push({ row, stored_at });
  return rows.map(({ row }) => row);
}

/** A file as DiscordChatExporter writes it. */
export function exported(
  messages: readonly object[],
  about: { guild?: object; channel?: object } = {},
): string {
  return JSON.stringify(
    {
      guild: { id: GUILD, name: 'Guild', iconUrl: 'x', ...about.guild },
      channel: {
        id: CHANNEL,
        type: 'GuildTextChat',
        categoryId: '5',
        name: 'general',
        topic: null,
        ...about.channel,
      },
      dateRange: { after: null, before: null },
      messages: messages.map((message, index) => ({
        id: idAt(index),
        type: 'Default',
        timestamp: new Date(timeAt(index)).toISOString().replace('Z', '+00:00'),
        timestampEdited: null,
        isPinned: false,
        content: `message ${index}`,
        author: { id: '800000000000000001', name: 'ann', isBot: false },
        attachments: [],
        ...message,
      })),
      messageCount: messages.length,
    },
    undefined,
    2,
  );
}
