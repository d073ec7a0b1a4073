import { PUBLIC } from '../store/messages.js';
import type { Store } from '../store/open.js';
import { EVERYWHERE } from '../store/privacy.js';
import type { Found } from './found.js';
import { EPOCH_MS } from '../corpus/snowflakes.js';
import type { Terms } from './protocol.js';
import type { Source } from './sources.js';
import { type Judged, toRow } from './to-row.js';

/** So much older is a text without times, and the next one again. */
const UNDATED_MS = 86_400_000;

/** Judges what is found: whether a message may be handed to the store, whose channels it thereby makes known. */
export function createJudge(parts: { store: Store; terms: Terms; isRehearsal: boolean; now: () => number }) {
  const { store, terms, isRehearsal, now } = parts;
  const { guildId } = terms;
  const isOurs = remembering(async (channelId: string, audience: string) => {
    if (!isRehearsal) await store.channels.imported({ id: channelId, guildId, audience }, now());
    const known = await store.channels.find(channelId);
    return known === undefined || known.guild_id === guildId;
  });
  const hasForgotten = remembering(async (authorId: string) => {
    const wishes = [
      await store.privacy.find(guildId, authorId),
      await store.privacy.find(EVERYWHERE, authorId),
    ];
    return wishes.some((wish) => (wish?.forgotten_at ?? null) !== null);
  });

  let undatedFromMs: number | undefined;

  /** Texts without times are older than all that has one, so that they are never what a model is examined in. */
  async function undatedFrom(): Promise<number> {
    const [oldest] = await store.messages.pageOfAll(guildId, { created_at: 0, id: '' }, 1);
    return Math.max(EPOCH_MS, (oldest?.created_at ?? now()) - UNDATED_MS);
  }

  return async (found: Found, source: Source): Promise<Judged> => {
    if ('flaw' in found) return found;
    if ('omitted' in found) return { leftOut: found.omitted };
    if (source.isPrivate) return { leftOut: 'private_channel' };
    undatedFromMs ??= await undatedFrom();
    const times = { now: now(), undatedFrom: undatedFromMs };
    const judged = toRow(found.message, found.at, source, terms, times);
    if (!('row' in judged)) return judged;
    const { row, audience } = judged;
    // Without a time it may well be from before its author wanted to be forgotten.
    const isUndated = found.message.createdAt === undefined;
    if (isUndated && (await hasForgotten(row.author_id))) return { leftOut: 'erased' };
    return (await isOurs(row.channel_id, audience ?? PUBLIC)) ? judged : { leftOut: 'other_guild' };
  };
}

/** Asks once for each key. */
function remembering<Rest extends unknown[]>(ask: (key: string, ...rest: Rest) => Promise<boolean>) {
  const known = new Map<string, Promise<boolean>>();
  return (key: string, ...rest: Rest): Promise<boolean> => {
    const answer = known.get(key) ?? ask(key, ...rest);
    known.set(key, answer);
    return answer;
  };
}
