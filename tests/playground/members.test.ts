import { Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { PersonError } from '../../src/playground/index.js';
import { connected, event, textChannel } from '../helpers/discord-client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { smallWorld } from '../helpers/world.js';

describe("the playground's people, for a discord.js client", () => {
  it('knows members, roles and who may act on whom', async () => {
    const { client, playground, clock, exchanges } = await connected();
    const [guild] = client.guilds.cache.values();
    const fetched = (name: string) => guild.members.fetch({ user: playground.person(name).id, force: true });
    const [ada, max, mia] = [await fetched('Ada'), await fetched('Max'), await fetched('Mia')];
    expect(mia.roles.cache.map(({ name }) => name)).toEqual(['@everyone', 'Moderator']);
    expect(mia.permissions.has('ManageMessages')).toBe(true);
    expect([ada, max, mia].map(({ moderatable }) => moderatable)).toEqual([false, true, true]);
    expect((await guild.roles.fetch()).map(({ name }) => name).sort()).toEqual([
      '@everyone',
      'Admin',
      'Charlatan',
      'Moderator',
    ]);
    expect((await client.users.fetch(max.id, { force: true })).displayName).toBe('Max');

    const until = clock.now + 60_000;
    expect((await max.disableCommunicationUntil(until)).communicationDisabledUntilTimestamp).toBe(until);
    expect(() => playground.person('Max').send('lounge', 'but')).toThrow('You are timed out.');
    expect(() => playground.person('Max').command('lounge', 'echo')).toThrow(PersonError);
    clock.now = until;
    expect(playground.person('Max').send('lounge', 'back').content).toBe('back');
    await expect(ada.disableCommunicationUntil(until + 1)).rejects.toMatchObject({ code: 50_013 });
    const tooLong = clock.now + 29 * 24 * 3_600_000;
    await expect(max.disableCommunicationUntil(tooLong)).rejects.toMatchObject({ code: 50_035 });
    await expect(guild.members.fetch('1')).rejects.toMatchObject({ code: 10_007 });
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('keeps a channel between the moderators and the bot', async () => {
    const { client, playground } = await connected();
    const channel = await textChannel(client, playground.guild.channelNamed('moderators').id);
    expect((await channel.send('among us')).content).toBe('among us');
    const { send } = playground.person('Max');
    expect(() => send('moderators', 'hello')).toThrow(new PersonError('You do not see this channel.'));
    expect(playground.person('Mia').send('moderators', 'hello').content).toBe('hello');
  });

  it('lets a bot without the permission delete only what it wrote', async () => {
    const { client, playground } = await connected({ world: { ...smallWorld(), botPermissions: [] } });
    const channel = await textChannel(client, playground.guild.channelNamed('lounge').id);
    const { id } = playground.person('Max').send('lounge', 'mine');
    await expect(channel.messages.delete(id)).rejects.toMatchObject({ code: 50_013 });
    await channel.messages.delete(await channel.send('ours'));
    expect(playground.guild.messagesIn(channel.id).map(({ content }) => content)).toEqual(['mine']);
  });

  it('carries direct messages, which nobody else sees', async () => {
    const { client, playground, exchanges } = await connected({
      intents: [GatewayIntentBits.DirectMessages],
    });
    const max = playground.person('Max');
    const heard = event(client, Events.MessageCreate);
    const sent = await client.users.send(max.id, 'psst');
    expect(sent.inGuild()).toBe(false);
    expect(max.directMessages().map(({ content }) => content)).toEqual(['psst']);
    expect((await heard)[0].content).toBe('psst');

    const answered = event(client, Events.MessageCreate);
    max.send(sent.channelId, 'yes?');
    expect((await answered)[0]).toMatchObject({ content: 'yes?', guildId: null });
    expect(() => playground.person('Eve').send(sent.channelId, 'me too')).toThrow('do not see');
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('says whom a message mentions, and which files it brings', async () => {
    const { client, playground } = await connected();
    const [ada, max] = [playground.person('Ada'), playground.person('Max')];
    const next = async (who: typeof ada, text: string, files: string[] = []) => {
      const heard = event(client, Events.MessageCreate);
      who.send('lounge', text, files);
      const [{ mentions, attachments }] = await heard;
      return {
        people: mentions.users.size,
        everyone: mentions.everyone,
        files: attachments.map(({ name }) => name),
      };
    };
    expect(await next(max, `<@${ada.id}> and <@${ada.id}> @everyone`, ['a.exe'])).toEqual({
      people: 1,
      everyone: false,
      files: ['a.exe'],
    });
    expect(await next(ada, '@everyone hello')).toEqual({ people: 0, everyone: true, files: [] });
  });
});
