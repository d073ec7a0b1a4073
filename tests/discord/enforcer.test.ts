import { describe, expect, it } from 'vitest';
import { createEnforcer } from '../../src/discord/enforcer.js';
import { ApiProblem, type World } from '../../src/playground/index.js';
import { connectedClient, silent } from '../helpers/client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { smallWorld } from '../helpers/world.js';

const DAY_MS = 24 * 3_600_000;

describe('the enforcer', () => {
  it('deletes a message and says why; a message already gone is no failure', async () => {
    const { enforcer, playground, exchanges, target } = await enforcing();
    const { id } = playground.person('Max').send('lounge', 'spam');
    const message = { ...target('Max'), messageId: id };
    expect(await enforcer.obstacle('delete', target('Max'))).toBeUndefined();
    expect(await enforcer.deleteMessage(message, 'spam, 99 % 한국어')).toBeUndefined();
    expect(playground.guild.messagesIn(message.channelId)).toEqual([]);
    expect(exchanges.at(-1)).toMatchObject({ method: 'DELETE', reason: 'spam, 99 % 한국어' });
    expect(await enforcer.deleteMessage(message, 'spam')).toBe('gone');
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('times a member out, for 28 days at most, and lifts it again', async () => {
    const { enforcer, playground, clock, exchanges, target } = await enforcing();
    const max = playground.person('Max');
    const until = clock.now + DAY_MS;
    expect(await enforcer.timeOut(target('Max'), until, 'x'.repeat(1_000))).toBeUndefined();
    expect(exchanges.at(-1)?.reason).toHaveLength(512);
    expect(playground.guild.members.get(max.id)?.communication_disabled_until).toBe(
      new Date(until).toISOString(),
    );
    expect(() => max.send('lounge', 'but')).toThrow('You are timed out.');

    expect(await enforcer.timeOut(target('Max'), undefined, 'mistake')).toBeUndefined();
    expect(max.send('lounge', 'thanks').content).toBe('thanks');

    expect(await enforcer.timeOut(target('Max'), clock.now + 90 * DAY_MS, 'spam')).toBeUndefined();
    clock.now += 28 * DAY_MS;
    expect(max.send('lounge', 'back').content).toBe('back');
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('names what stands in the way of a time-out before trying', async () => {
    const { enforcer, playground, exchanges, target } = await enforcing({
      roles: [
        { name: 'Regular', position: 5 },
        { name: 'Elder', position: 25 },
        { name: 'Lead', position: 6, permissions: ['Administrator'] },
      ],
      people: [
        { name: 'Ada', admin: true },
        { name: 'Rex', roles: ['Regular'] },
        { name: 'Eli', roles: ['Elder'] },
        { name: 'Lea', roles: ['Lead'] },
        { name: 'Mia', moderator: true },
      ],
      messages: [],
    });
    const obstacle = (name: string) => enforcer.obstacle('timeout', target(name));
    expect(await obstacle('Rex')).toBeUndefined();
    expect(await obstacle('Mia')).toBeUndefined(); // position 10, the bot's is 20
    expect(await obstacle('Ada')).toBe('owner');
    expect(await obstacle('Eli')).toBe('role_too_high'); // position 25
    expect(await obstacle('Lea')).toBe('role_too_high'); // an admin, though far below
    expect(await obstacle(playground.guild.bot.id)).toBe('role_too_high');

    const gone = target('Rex');
    playground.guild.members.delete(gone.authorId);
    expect(await enforcer.obstacle('timeout', gone)).toBe('not_a_member');
    const end = Date.UTC(2026, 0, 2);
    expect(await enforcer.timeOut(target('Eli'), end, 'spam')).toBe('role_too_high');
    expect(exchanges.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('needs a permission for each', async () => {
    const without = await enforcing({ botPermissions: [] });
    expect(await without.enforcer.obstacle('timeout', without.target('Max'))).toBe('missing_permission');
    expect(await without.enforcer.obstacle('delete', without.target('Max'))).toBe('missing_permission');
    const { id } = without.playground.person('Max').send('lounge', 'spam');
    const message = { ...without.target('Max'), messageId: id };
    expect(await without.enforcer.deleteMessage(message, 'spam')).toBe('missing_permission');
    expect(without.exchanges.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it('posts flags with their buttons, and replaces them, also when somebody deleted one', async () => {
    const { enforcer, playground, target } = await enforcing();
    const { channelId } = target('Max');
    const danger = { action: 'delete', argument: '7', label: 'Delete', style: 'danger' } as const;
    const first = await enforcer.post(channelId, { content: 'flag', buttons: [danger] });
    const [message] = playground.guild.messagesIn(channelId);
    expect(message).toMatchObject({
      id: first,
      components: [{ components: [{ custom_id: 'spam:delete:7', label: 'Delete', style: 4 }] }],
    });

    expect(await enforcer.post(channelId, { content: 'done' }, first)).toBe(first);
    expect(message).toMatchObject({ content: 'done', components: [] });

    playground.person('Ada').remove('lounge', [message.id]);
    const second = await enforcer.post(channelId, { content: 'done' }, first);
    expect(playground.guild.messagesIn(channelId)).toMatchObject([{ id: second, content: 'done' }]);
    expect(await enforcer.post('1', { content: 'nowhere' })).toBeUndefined();
  });

  it('tells a member directly, unless their messages are closed', async () => {
    const people = [
      { name: 'Ada', admin: true as const },
      { name: 'Max' },
      { name: 'Kim', closed: true as const },
    ];
    const { enforcer, playground, exchanges } = await enforcing({ people, messages: [] });
    const buttons = [{ action: 'dispute', argument: '7', label: 'Dispute' }];
    const [max, kim] = [playground.person('Max'), playground.person('Kim')];
    expect(await enforcer.tell(max.id, { content: 'you were flagged', buttons })).toBe(true);
    expect(max.directMessages()).toMatchObject([
      { content: 'you were flagged', components: [{ components: [{ custom_id: 'spam:dispute:7' }] }] },
    ]);
    expect(await enforcer.tell(kim.id, { content: 'you were flagged' })).toBe(false);
    expect(kim.directMessages()).toEqual([]);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('lets outages be outages', async () => {
    const { enforcer, playground, target } = await enforcing();
    const outage = new ApiProblem(400, 50_068, 'Invalid message type');
    playground.failNext('/members/', outage);
    await expect(enforcer.obstacle('timeout', target('Max'))).rejects.toThrow('Invalid message type');
    playground.failNext('/messages', outage);
    await expect(enforcer.post(target('Max').channelId, { content: 'x' })).rejects.toThrow('Invalid message');
  });
});

async function enforcing(changed: Partial<World> = {}) {
  const set = await connectedClient({ ...smallWorld(), ...changed });
  const { guild } = set.playground;
  const target = (name: string) => {
    const { id } = guild.named(name).user;
    return { guildId: guild.id, channelId: guild.channelNamed('lounge').id, authorId: id, userId: id };
  };
  return { ...set, target, enforcer: createEnforcer(set.client, () => set.clock.now, silent) };
}
