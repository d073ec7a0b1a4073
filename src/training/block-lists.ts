import { type BlockList, createBlockList } from '../corpus/guard/block-list.js';

export type BlockLists = ReturnType<typeof createBlockLists>;

/** Of as many guilds, the last ones that were asked about. */
const MAX_GUILDS = 200;

/** The guilds' block lists, kept from one text to the next: to make one of a thousand words takes some 20 ms. */
export function createBlockLists(maxGuilds = MAX_GUILDS) {
  const lists = new Map<string, { words: readonly string[]; list: BlockList }>();

  return {
    of(guildId: string, words: readonly string[]): BlockList {
      const known = lists.get(guildId);
      const kept =
        known !== undefined && isSame(known.words, words) ? known : { words, list: createBlockList(words) };
      lists.delete(guildId);
      lists.set(guildId, kept);
      for (const oldest of [...lists.keys()].slice(0, -maxGuilds)) lists.delete(oldest);
      return kept.list;
    },
  };
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((word, index) => word === others[index]);
}
