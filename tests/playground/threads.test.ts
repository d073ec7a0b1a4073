import { Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { connected, event, textChannel } from '../helpers/discord-client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';

describe('threads in the playground, for a discord.js client', () => {
  it('are opened, written in, archived, opened again by a message, and deleted', async () => {
    const { client, playground, exchanges } = await connected();
    const max = playground.person('Max');
    const opened = event(client, Events.ThreadCreate);
    const { id, parent_id } = max.startThread('lounge', 'plans', 'first');
    expect((await opened)[0]).toMatchObject({ id, name: 'plans', parentId: parent_id });

    const channel = await textChannel(client, id);
    const { id: answerId } = await channel.send('second');
    const messages = await channel.messages.fetch({ limit: 100 });
    expect(messages.map(({ content }) => content)).toEqual(['second', 'first']);

    const archived = event(client, Events.ThreadUpdate);
    playground.guild.threads.archive(id);
    expect((await archived)[1]).toMatchObject({ archived: true, lastMessageId: answerId });
    const revived = event(client, Events.ThreadUpdate);
    const heard = event(client, Events.MessageCreate);
    max.send('plans', 'third');
    expect((await revived)[1]).toMatchObject({ archived: false });
    expect((await heard)[0]).toMatchObject({ content: 'third', channelId: id });

    const deleted = event(client, Events.ThreadDelete);
    playground.guild.threads.remove(id);
    expect((await deleted)[0]).toMatchObject({ id });
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('are told to whoever connects, as long as they are active', async () => {
    const { client, playground } = await connected();
    const max = playground.person('Max');
    const gone = max.startThread('lounge', 'gone', 'x');
    const there = max.startThread('lounge', 'there', 'x');
    playground.guild.threads.archive(gone.id);
    const { id } = playground.guild;
    const { threads } = (await client.rest.get(`/guilds/${id}/threads/active`)) as {
      threads: { id: string }[];
    };
    expect(threads.map((thread) => thread.id)).toEqual([there.id]);
  });

  it('are private where they are opened so', async () => {
    const { playground } = await connected();
    const { id } = playground.person('Max').startThread('lounge', 'secret', 'x', { isPrivate: true });
    expect(() => playground.person('Eve').send(id, 'let me in')).toThrow('You do not see this channel.');
  });
});
