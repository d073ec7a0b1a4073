import { GuildEmoji } from 'discord.js';
import { expect, it } from 'vitest';
import { guildEmoji } from '../../src/discord/emoji.js';
import { connectedClient } from '../helpers/client.js';

it("knows a guild's emoji as they are written, but for those that not everybody may use", async () => {
  const { client, playground } = await connectedClient();
  const guild = await client.guilds.fetch(playground.guild.id);
  const add = (id: string, name: string, more: object = {}) => {
    const data = { id, name, animated: false, available: true, roles: [], ...more };
    guild.emojis.cache.set(id, Reflect.construct(GuildEmoji, [client, data, guild]) as GuildEmoji);
  };
  add('1', 'kek');
  add('2', 'party', { animated: true });
  add('3', 'gone', { available: false });
  guild.roles.cache.forEach(({ id }) => add('4', 'vip', { roles: [id] }));
  const emojiOf = guildEmoji(client);
  expect([...emojiOf(guild.id)]).toEqual([
    ['kek', '<:kek:1>'],
    ['party', '<a:party:2>'],
  ]);
  expect(emojiOf('5').size).toBe(0);
});
