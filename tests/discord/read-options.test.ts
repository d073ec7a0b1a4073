import { type GuildMember, PermissionsBitField } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { channelsOf } from '../../src/discord/audience-in.js';
import { createConversations } from '../../src/discord/conversations.js';
import { defineCommand } from '../../src/discord/define-command.js';
import { answeringClient } from '../helpers/client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';

const isWritten = (content: string) => content !== '';

describe('options', () => {
  it('say of a channel whether the bot may speak there', async () => {
    const given: unknown[] = [];
    const command = defineCommand({
      name: 'where',
      description: 'Where',
      allow: 'everyone',
      reply: 'public',
      options: { channel: { type: 'channel', description: 'Where', required: true } },
      run: async (_services, { channel }) => {
        given.push(channel.writable);
        return { content: 'done' };
      },
    });
    const { playground, client } = await answeringClient([command]);
    const ada = playground.person('Ada');
    const lounge = playground.guild.channelNamed('lounge').id;
    const ask = () => ada.command('general', 'where', { channel: lounge }).until(isWritten);
    await ask();
    const me = client.guilds.cache.get(playground.guild.id)?.members.me;
    const denied = vi.spyOn(me as GuildMember, 'permissionsIn');
    denied.mockReturnValue(new PermissionsBitField(['ViewChannel', 'SendMessages', 'EmbedLinks']));
    await ask();
    expect(given).toEqual([true, false]);
  });

  it('say of a channel who can read it, and so does where one asks', async () => {
    const given: string[][] = [];
    const command = defineCommand({
      name: 'who',
      description: 'Who reads',
      allow: 'everyone',
      reply: 'public',
      options: { channel: { type: 'channel', description: 'Where', required: true } },
      run: async (_services, { channel }, { audience }) => {
        given.push([audience, channel.audience]);
        return { content: 'done' };
      },
    });
    const { playground, client } = await answeringClient([command]);
    const ids = ['lounge', 'moderators'].map((name) => playground.guild.channelNamed(name).id);
    for (const channel of ids) {
      await playground.person('Mia').command('lounge', 'who', { channel }).until(isWritten);
    }
    await playground.person('Mia').command('moderators', 'who', { channel: ids[1] }).until(isWritten);
    const [[here, open], [, closed], inside] = given;
    expect([here, open]).toEqual(['public', 'public']);
    expect(closed).not.toBe('public');
    expect(inside).toEqual([closed, closed]);

    const guildId = playground.guild.id;
    expect(channelsOf(client)({ guildId, audience: closed })).toEqual([ids[1]]);
    const conversations = createConversations(client);
    expect([...ids, 'unknown'].map(conversations.audienceOf)).toEqual(['public', closed, 'public']);
  });

  it('arrive with the types they were declared with', async () => {
    const given: unknown[] = [];
    const command = defineCommand({
      name: 'set',
      description: 'Sets it',
      allow: 'everyone',
      reply: 'public',
      options: {
        on: { type: 'boolean', description: 'Whether', required: true },
        role: { type: 'role', description: 'For whom' },
        how: { type: 'string', description: 'How', choices: ['soft', 'hard'] },
      },
      run: async (_services, options) => {
        const how: 'soft' | 'hard' | undefined = options.how;
        given.push({ ...options, how });
        return { content: 'done' };
      },
    });
    const { playground, exchanges } = await answeringClient([command]);
    const max = playground.person('Max');
    const moderator = playground.guild.roles.all.find(({ name }) => name === 'Moderator')?.id ?? '';
    await max.command('lounge', 'set', { on: false, role: moderator, how: 'hard' }).until(isWritten);
    await max.command('lounge', 'set', { on: true }).until(isWritten);
    expect(given).toEqual([{ on: false, role: { id: moderator }, how: 'hard' }, { on: true }]);
    expect(() => max.command('lounge', 'set', { on: true, how: 'maybe' })).toThrow('one of its choices');
    expect(() => max.command('lounge', 'set', { on: 'yes' })).toThrow('on must be true or false.');
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });
});
