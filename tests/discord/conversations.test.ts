import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createConversations } from '../../src/discord/conversations.js';
import { toIncoming } from '../../src/discord/events.js';
import { connectedClient } from '../helpers/client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { smallWorld } from '../helpers/world.js';

describe('conversations', () => {
  it('are read up to a message, oldest first', async () => {
    const { conversations, playground, fetched } = await set();
    const { send } = playground.person('Max');
    const sent = ['one', 'two', 'three', 'four', 'after'].map((content) => send('lounge', content));
    const before = await conversations.before(await fetched(sent[3].id), 2);
    expect(before.map(({ content }) => content)).toEqual(['two', 'three']);
  });

  it('are joined by an answer to a message that pings nobody', async () => {
    const { conversations, playground, fetched, exchanges, lounge } = await set();
    const { id } = playground.person('Max').send('lounge', 'hello');
    const buttons = [{ action: 'up', argument: 'x', label: '👍' }];
    await conversations.showTyping(lounge);
    const answerId = await conversations.answer(await fetched(id), { content: 'hi <@1> @everyone', buttons });
    const answer = playground.guild.messagesIn(lounge).find((each) => each.id === answerId);
    expect(answer).toMatchObject({ message_reference: { message_id: id }, mentions: [] });
    expect(JSON.stringify(answer?.components)).toContain('Reply in character:up:x');
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('get no answer to what was deleted, and forgive that an answer is gone', async () => {
    const { conversations, playground, fetched } = await set();
    const { send, remove } = playground.person('Max');
    const { id, channel_id: channel } = send('lounge', 'hello');
    const message = await fetched(id);
    const answerId = await conversations.answer(message, { content: 'hi', buttons: [] });
    await conversations.remove(channel, answerId ?? '');
    await conversations.remove(channel, answerId ?? '');
    expect(playground.guild.messagesIn(channel).map((each) => each.id)).toEqual([id]);
    remove('lounge', [id]);
    expect(await conversations.answer(message, { content: 'hi', buttons: [] })).toBeUndefined();
  });

  it('tell how the bot is addressed, and where it may speak', async () => {
    const { conversations, playground } = await set();
    const { bot, id, channelNamed } = playground.guild;
    expect(conversations.addresses(id)).toEqual(
      expect.arrayContaining([`<@${bot.id}>`, `<@!${bot.id}>`, expect.stringMatching(/^<@&\d+>$/)]),
    );
    expect(conversations.maySpeak(channelNamed('lounge').id)).toBe(true);
    expect(conversations.maySpeak('12345')).toBe(false);
  });

  it('are not joined where the history may not be read, which an answer needs', async () => {
    const { conversations, client, lounge } = await set();
    const channel = client.channels.cache.get(lounge);
    if (channel === undefined || channel.isDMBased()) throw new Error('the lounge is of a guild');
    const everything = channel.permissionsFor(channel.guild.members.me ?? '')?.bitfield ?? 0n;
    const { ReadMessageHistory } = PermissionFlagsBits;
    channel.permissionsFor = () => new PermissionsBitField(everything & ~ReadMessageHistory).freeze();
    expect(conversations.maySpeak(lounge)).toBe(false);
  });

  it('tell when an answer is refused for what is in it', async () => {
    const { conversations, playground, fetched } = await set();
    const message = await fetched(playground.person('Max').send('lounge', 'hello').id);
    await expect(
      conversations.answer(message, { content: 'x'.repeat(2_001), buttons: [] }),
    ).rejects.toMatchObject({ code: 50_035 });
  });
});

async function set() {
  const all = await connectedClient({ ...smallWorld(), messages: [] });
  const lounge = all.playground.guild.channelNamed('lounge').id;
  const fetched = async (id: string) => {
    const channel = await all.client.channels.fetch(lounge);
    if (channel?.isTextBased() !== true) throw new Error('the lounge is no text channel');
    const message = toIncoming(await channel.messages.fetch(id));
    if (message === undefined) throw new Error('the message is of no guild');
    return message;
  };
  return { ...all, conversations: createConversations(all.client), fetched, lounge };
}
