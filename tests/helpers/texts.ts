import Database from 'better-sqlite3';
import type { Store } from '../../src/store/open.js';
import { message, recentTexts } from './store.js';

export const KEY = new Uint8Array(32).fill(1);
export const OTHER_KEY = new Uint8Array(32).fill(2);

/** Stores one text of every kind that people write, each with this word in it. */
export async function writeTexts(
  { channels, intake, flags, labels, actions, generations }: Store,
  word: string,
) {
  await channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await intake.take([message(word, 1, { content: `${word} message` })], 0);
  const common = { guild_id: '1', channel_id: '10', author_id: '100', created_at: 1 };
  const [content_key, signals] = ['00000000', '[]'];
  await flags.add({
    ...common,
    id: word,
    origin: 'model',
    content: `${word} flag`,
    content_key,
    signals,
    weights: '[]',
    score: 0.9,
    version: 0,
    times: 1,
    copies: '[]',
    state: 'open',
    action: 'none',
    gone: 0,
    disputed: 0,
    resolved_by: null,
    resolved_at: null,
    notice_channel_id: null,
    notice_id: null,
  });
  const verdict = {
    guild_id: '1',
    task: 'spam',
    message_id: word,
    label: 'spam',
    author_id: '7',
    member_id: '100',
  } as const;
  await labels.put({ ...verdict, content: `${word} label`, content_key, signals, created_at: 1 });
  await actions.add({
    id: word,
    guild_id: '1',
    flag_id: word,
    kind: 'delete',
    channel_id: '10',
    message_id: word,
    member_id: '100',
    actor_id: null,
    score: null,
    content: `${word} action`,
    until: null,
    undone_by: null,
    created_at: 1,
  });
  await generations.add({
    id: word,
    guild_id: '1',
    kind: 'continue',
    model_version: 1,
    version_given: 0,
    prompt: `${word} prompt`,
    text: `${word} text`,
    length: 4,
    temperature: 1,
    top_p: 1,
    seed: 1,
    member_id: '100',
    channel_id: '10',
    message_id: word,
    source_id: null,
    author_id: null,
    created_at: 1,
  });
}

/** Every text that `writeTexts` stored, by every way that reads one. */
export async function readTexts(store: Store, word: string) {
  const { messages, flags, labels, actions, generations } = store;
  const start = { created_at: -1, id: '' };
  const rows = [
    ...(await messages.page('1', 'any', start, 10)),
    ...(await messages.pageOfAll('1', start, 10)),
    await flags.find(word),
    await flags.openLike('1', '100', '00000000'),
    await flags.openAt('1', 0),
    ...(await labels.list('1', 'spam', 'held-out')),
    await actions.find(word, '1'),
    ...(await actions.newest('1', 10)),
  ];
  for await (const row of messages.inOrder('1', 'any', Number.MAX_SAFE_INTEGER)) rows.push(row);
  const drafts = [await generations.find(word, '1'), ...(await generations.inMessages([word]))];
  return [
    ...(await recentTexts(store, '1', 'any', 10)),
    ...rows.map((row) => row?.content),
    ...drafts.flatMap((draft) => [draft?.prompt, draft?.text]),
    ...(await generations.prompts('1', '100', 10)),
  ].toSorted();
}

/** What `readTexts` reads of a store with these words. */
export function textsWith(word: string): string[] {
  const times = { message: 4, flag: 3, label: 1, action: 2, prompt: 3, text: 2 };
  return Object.entries(times)
    .flatMap(([what, count]) => Array.from({ length: count }, () => `${word} ${what}`))
    .toSorted();
}

/** Every text as it stands in the database. */
export function rawTexts(path: string): string[] {
  const sqlite = new Database(path, { readonly: true });
  const texts = sqlite
    .prepare<[], string>(
      `select content from messages union all select content from flags union all select content from labels
      union all select content from actions union all select prompt from generations
      union all select text from generations`,
    )
    .pluck()
    .all();
  sqlite.close();
  return texts;
}
