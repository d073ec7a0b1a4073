import type { Client } from 'discord.js';
import type { EmojiOf } from '../services/talking/emoji.js';

/** The emoji of the client's guilds that everybody there may use. */
export function guildEmoji(client: Client): EmojiOf {
  return (guildId) => {
    const all = client.guilds.cache.get(guildId)?.emojis.cache.values() ?? [];
    const open = [...all].filter(({ available, roles }) => available !== false && roles.cache.size === 0);
    return new Map(open.map((emoji) => [emoji.name, emoji.toString()]));
  };
}
