import { describe, expect, it } from 'vitest';
import { listen, toIncoming } from '../../src/discord/events.js';
import type { Collecting, IncomingMessage } from '../../src/services/collecting.js';
import { connectedClient, silent } from '../helpers/client.js';
import { smallWorld } from '../helpers/world.js';

const BORN = Date.UTC(2025, 11, 31);

describe('listen', () => {
  it('hands messages to collecting, and those of people to whoever watches; deletions to both', async () => {
    const { client, playground } = await connectedClient();
    const collected: string[] = [];
    const watched: string[] = [];
    const heard = new Promise<string[]>((resolve) => {
      const collecting = {
        received: async ({ content }: IncomingMessage) => void collected.push(content),
        removed: async (_guildId: string, ids: readonly string[]) => void collected.push(...ids),
      };
      listen(client, collecting as Partial<Collecting> as Collecting, silent, {
        received: ({ content }) => void watched.push(content),
        removed: async (ids) => resolve(ids),
      });
    });
    const { guild, person } = playground;
    const { id, send, remove } = person('Max');
    const first = send('lounge', 'first');
    guild.add(guild.newMessage(guild.channelNamed('lounge').id, guild.bot, 'beep'));
    send(guild.directWith(id).id, 'nobody watches here');
    remove('lounge', [first.id]);
    expect(await heard).toEqual([first.id]);
    expect(collected).toEqual(['first', 'beep', first.id]);
    expect(watched).toEqual(['first']);
  });
});

describe('what is being stored', () => {
  it('can be waited for, and does not fail', async () => {
    const { client, playground } = await connectedClient();
    const received = () => Promise.reject(new Error('the disk is full'));
    const kept: Promise<void>[] = [];
    const keep = (work: Promise<void>) => void kept.push(work);
    const collecting = { received } as Partial<Collecting> as Collecting;
    listen(client, collecting, silent, undefined, undefined, keep);
    playground.person('Max').send('lounge', 'hello');
    await expect.poll(() => kept).toHaveLength(1);
    await expect(kept[0]).resolves.toBeUndefined();
  });
});

describe('a private thread', () => {
  it('is never collected, though the bot may see it', async () => {
    const { client, playground } = await connectedClient();
    const collected: string[] = [];
    const received = async ({ content }: IncomingMessage) => void collected.push(content);
    listen(client, { received } as Partial<Collecting> as Collecting, silent);
    const max = playground.person('Max');
    const secret = max.startThread('lounge', 'secret', 'only for us', { isPrivate: true });
    const said = max.send(secret.id, 'a secret');
    max.edit(secret.id, said.id, 'a better kept secret');
    const open = max.startThread('lounge', 'open', 'for everyone');
    await expect.poll(() => collected).toEqual(['for everyone']);
    max.send(open.id, 'more');
    await expect.poll(() => collected).toEqual(['for everyone', 'more']);
  });
});

describe('a deletion', () => {
  it('is of one message, or a purge', async () => {
    const { client, playground } = await connectedClient();
    const collecting = { received: async () => {}, removed: async () => {} } as Partial<Collecting>;
    const heard: [string[], boolean][] = [];
    listen(client, collecting as Collecting, silent, undefined, {
      received: () => {},
      removed: async (...deletion) => void heard.push(deletion),
    });
    const { send, remove } = playground.person('Max');
    const [one, two, three] = ['one', 'two', 'three'].map((content) => send('lounge', content).id);
    remove('lounge', [one]);
    remove('lounge', [two, three]);
    await expect
      .poll(() => heard)
      .toEqual([
        [[one], false],
        [[two, three], true],
      ]);
  });
});

describe('a message to the bot', () => {
  it('mentions it, or its own role, or answers a message of it', async () => {
    const { client, playground } = await connectedClient();
    const heard: [string, boolean][] = [];
    const collecting = { received: async () => {}, removed: async () => {} } as Partial<Collecting>;
    const all = new Promise<void>((resolve) => {
      listen(client, collecting as Collecting, silent, undefined, {
        received: ({ content }, isToBot) => {
          heard.push([content, isToBot]);
          if (content === 'last') resolve();
        },
        removed: async () => {},
      });
    });
    const { guild, person } = playground;
    const role = client.guilds.cache.get(guild.id)?.roles.botRoleFor(guild.bot.id)?.id;
    const { send, reply } = person('Max');
    const beep = guild.add(guild.newMessage(guild.channelNamed('lounge').id, guild.bot, 'beep'));
    send('lounge', `hey <@${guild.bot.id}>`);
    send('lounge', `hey <@&${role}>`);
    reply('lounge', beep.id, 'with a ping');
    reply('lounge', beep.id, 'without one', { ping: false });
    const { id } = send('lounge', `hey <@${person('Eve').id}>`);
    reply('lounge', id, 'last');
    await all;
    expect(heard.map(([, isToBot]) => isToBot)).toEqual([true, true, true, true, false, false]);
  });
});

describe('an incoming message', () => {
  it('tells what a judge of it wants to know', async () => {
    const { client, playground } = await connectedClient({
      ...smallWorld(),
      roles: [{ name: 'Regular', position: 5 }],
      people: [
        { name: 'Ada', admin: true },
        { name: 'Max', roles: ['Regular'], since: BORN },
      ],
      messages: [],
    });
    const heard = new Promise<IncomingMessage | undefined>((resolve) => {
      client.once('messageCreate', (message) => resolve(toIncoming(message)));
    });
    const regular = playground.guild.roles.all.find(({ name }) => name === 'Regular')?.id;
    const ada = playground.person('Ada').id;
    playground.person('Max').send('lounge', `<@${ada}> <@&${regular}> @everyone`, ['a.exe']);
    expect(await heard).toMatchObject({
      attachments: ['a.exe'],
      mentions: 2, // Ada and the role; Max may not mention everyone
      authorCreatedAt: BORN,
      authorRoleIds: [regular],
      fromPerson: true,
    });
  });
});
