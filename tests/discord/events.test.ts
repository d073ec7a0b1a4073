import { describe, expect, it } from 'vitest';
import { listen, toIncoming } from '../../src/discord/events.js';
import { historyReader } from '../../src/discord/history.js';
import type { Collecting, IncomingMessage } from '../../src/services/collecting.js';
import { connectedClient, silent } from '../helpers/client.js';
import { smallWorld } from '../helpers/world.js';

const BORN = Date.UTC(2025, 11, 31);

describe('listen', () => {
  it('hands new messages to collecting, and those of people to whoever watches', async () => {
    const { client, playground } = await connectedClient();
    const collected: string[] = [];
    const watched: string[] = [];
    const heard = new Promise<void>((resolve) => {
      const received = async ({ content }: IncomingMessage) => {
        collected.push(content);
        if (content === 'last') resolve();
      };
      listen(client, { received } as Collecting, silent, {
        received: ({ content }) => void watched.push(content),
      });
    });
    const { guild, person } = playground;
    person('Max').send('lounge', 'first');
    guild.add(guild.newMessage(guild.channelNamed('lounge').id, guild.bot, 'beep'));
    person('Max').send(guild.directWith(person('Max').id).id, 'nobody watches here');
    person('Max').send('lounge', 'last');
    await heard;
    expect(collected).toEqual(['first', 'beep', 'last']);
    expect(watched).toEqual(['first', 'last']);
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

  it('may also come from the history, where roles are not told', async () => {
    const { client, playground } = await connectedClient();
    const pages: IncomingMessage[][] = [];
    const general = playground.guild.channelNamed('general').id;
    for await (const page of historyReader(client)(general, 1)) pages.push(page);
    const born = Date.UTC(2024, 0, 1);
    expect(pages).toMatchObject([
      [{ attachments: [], mentions: 0, authorCreatedAt: born, authorRoleIds: [], fromPerson: true }],
    ]);
  });
});
