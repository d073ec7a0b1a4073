import { type Client, Events, PermissionFlagsBits } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceOf } from '../../src/discord/audiences.js';
import { connectedClient } from '../helpers/client.js';
import { event } from '../helpers/discord-client.js';
import { smallWorld } from '../helpers/world.js';

type Ruling = 'allow' | 'deny' | 'neither';

const TARGETS = ['@everyone', 'Red', 'Blue', 'Boss', 'Eve'];
const rulings = fc.tuple(...TARGETS.map(() => fc.constantFrom<Ruling>('allow', 'deny', 'neither')));

describe("the class of a channel's readers", () => {
  it('is public where everyone may read, and its own where there is an age limit', async () => {
    const { guild, audience, change, overwrite } = await set();
    expect(audience('general')).toBe('public');
    expect(audience('moderators')).toMatch(/^readers-/);
    await change('lounge', { overwrites: [overwrite('@everyone', 'allow'), overwrite('Red', 'allow')] });
    expect(audience('lounge')).toBe('public');
    await change('lounge', { overwrites: [overwrite('Red', 'deny')] });
    expect(audience('lounge')).toMatch(/^readers-/);
    await change('lounge', { overwrites: [{ ...overwrite('Red', 'deny'), id: guild.nextId() }] });
    expect(audience('lounge')).toBe('public'); // Nobody holds a role that is gone.
    await change('general', { nsfw: true });
    expect(audience('general')).toBe('adults');
    await change('moderators', { nsfw: true });
    expect(audience('moderators')).toMatch(/^adults-/);
  });

  it('does not depend on the order of the overwrites, nor on what they say of anything but reading', async () => {
    const { audience, change, overwritesOf } = await set();
    const shuffled = rulings.chain((chosen) =>
      fc.record({ chosen: fc.constant(chosen), order: fc.shuffledSubarray(TARGETS, { minLength: 5 }) }),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ chosen, order }) => {
        const overwrites = overwritesOf(chosen);
        await change('general', { overwrites });
        const more = order.map((target) => ({
          ...overwrites[TARGETS.indexOf(target)],
          ...(chosen[TARGETS.indexOf(target)] === 'neither' && {
            deny: String(PermissionFlagsBits.SendMessages),
          }),
        }));
        await change('lounge', { overwrites: more });
        expect(audience('lounge')).toBe(audience('general'));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same only where the same people may read, whatever roles and overwrites there are', async () => {
    const { client, audience, change, changeRole, overwritesOf, readers } = await set();
    /** By class, who may read: of all channels that there ever were. */
    const known = new Map<string, string>();
    const views = fc.record({ '@everyone': fc.boolean(), Red: fc.boolean(), Blue: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(views, fc.array(rulings, { minLength: 8, maxLength: 8 }), async (may, channels) => {
        for (const [name, sees] of Object.entries(may)) await changeRole(name, sees ? ['ViewChannel'] : []);
        for (const chosen of channels) {
          await change('general', { overwrites: overwritesOf(chosen) });
          const name = audience('general');
          expect(readers('general')).toBe(known.get(name) ?? readers('general'));
          if (name === 'public') expect(readers('general')).toBe('Max Eve Mia Rob Bea Zoe');
          known.set(name, readers('general'));
        }
      }),
      { numRuns: 60 },
    );
    expect(client.isReady()).toBe(true);
    expect(known.size).toBeGreaterThan(50);
  });
});

/** A guild whose roles and people cover every side that overwrites have. */
async function set() {
  const { client, playground } = await connectedClient({
    ...smallWorld(),
    roles: [
      { name: 'Red', position: 1 },
      { name: 'Blue', position: 2 },
      { name: 'Boss', position: 3, permissions: ['Administrator'] },
    ],
    people: [
      { name: 'Ada', admin: true },
      { name: 'Max' },
      { name: 'Eve' },
      { name: 'Mia', moderator: true },
      { name: 'Rob', roles: ['Red'] },
      { name: 'Bea', roles: ['Blue'] },
      { name: 'Zoe', roles: ['Red', 'Blue'] },
      { name: 'Bob', roles: ['Boss'] },
    ],
    messages: [],
  });
  const { guild } = playground;
  const cached = client.guilds.cache.get(guild.id);
  const channel = (name: string) => {
    const found = cached?.channels.cache.find((each) => each.name === name);
    if (found === undefined || found.isThread()) throw new Error('expected a channel');
    return found;
  };
  const overwrite = (target: string, ruling: Ruling) => ({
    id: target === 'Eve' ? guild.named(target).user.id : guild.roles.named(target).id,
    type: target === 'Eve' ? 1 : 0,
    allow: ruling === 'allow' ? String(PermissionFlagsBits.ViewChannel) : '0',
    deny: ruling === 'deny' ? String(PermissionFlagsBits.ViewChannel) : '0',
  });
  return {
    client,
    guild,
    overwrite,
    overwritesOf: (chosen: Ruling[]) => chosen.map((ruling, index) => overwrite(TARGETS[index], ruling)),
    audience: (name: string) => audienceOf(channel(name)),
    /** Who may read it, of those who may not read everything. */
    readers: (name: string) =>
      [...(cached?.members.cache.values() ?? [])]
        .filter(({ user, permissions }) => !user.bot && !permissions.has(PermissionFlagsBits.Administrator))
        .filter((member) => channel(name).permissionsFor(member).has(PermissionFlagsBits.ViewChannel))
        .map(({ displayName }) => displayName)
        .join(' '),
    change: told(client, Events.ChannelUpdate, guild.changeChannel),
    changeRole: told(client, Events.GuildRoleUpdate, guild.changeRole),
  };
}

/** Does something to the guild, and waits until the client knows. */
function told<A extends unknown[]>(
  client: Client,
  name: Events.ChannelUpdate | Events.GuildRoleUpdate,
  change: (...args: A) => unknown,
) {
  return async (...args: A): Promise<void> => {
    const known = event(client, name);
    change(...args);
    await known;
  };
}
