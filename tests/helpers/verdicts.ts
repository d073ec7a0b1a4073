import { message } from './store.js';
import type { Store } from '../../src/store/open.js';
import type { MessageRow } from '../../src/store/schema.js';

const DIGESTS: Record<string, string | undefined> = { learned: 'ffffffff', 'held out': '00000000' };
let nextId = 0;

/** Messages of guild 1 in a channel that is collected, one a minute, in this order. */
export async function chat(store: Store, texts: string[], more: Partial<MessageRow> = {}): Promise<void> {
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.intake.take(
    texts.map((content, index) => message(String(10_000 + index), index, { content, ...more })),
    0,
  );
}

/** A moderator's verdict, with a digest of its text that puts it among the learned or the held-out ones, or a real one. */
export async function verdict(
  store: Store,
  content: string,
  label: 'ham' | 'spam',
  digest: string,
  signals: string[] = [],
  guildId = '1',
  memberId: string | null = null,
): Promise<void> {
  nextId += 1;
  await store.labels.put({
    guild_id: guildId,
    task: 'spam',
    message_id: String(nextId),
    content,
    content_key: DIGESTS[digest] ?? digest,
    signals: JSON.stringify(signals),
    label,
    member_id: memberId,
    author_id: '1',
    created_at: nextId,
  });
}
