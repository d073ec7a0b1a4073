import type { Client } from 'discord.js';
import type { IncomingMessage, ReadHistory } from '../services/collecting.js';
import { toIncoming } from './events.js';

/** The most that Discord gives in one answer. */
const PAGE = 100;

/** Reads channels' histories over the API; discord.js waits out the rate limits. */
export function historyReader(client: Client): ReadHistory {
  return async function* (channelId, limit): AsyncGenerator<IncomingMessage[]> {
    const channel = await client.channels.fetch(channelId);
    if (channel === null || !channel.isTextBased()) return;
    let before: string | undefined;
    for (let left = limit; left > 0;) {
      const size = Math.min(PAGE, left);
      const page = await channel.messages.fetch({
        limit: size,
        cache: false,
        ...(before !== undefined && { before }),
      });
      yield [...page.values()].flatMap((message) => toIncoming(message) ?? []);
      left -= page.size;
      before = page.lastKey();
      if (page.size < size) return;
    }
  };
}
