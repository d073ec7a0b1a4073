import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import {
  adminsPermissions,
  everyonesPermissions,
  moderatorsPermissions,
  type Overwrite,
  role,
} from './objects.js';
import type { World, WorldPerson } from './world.js';

/** Who may act on whom follows from these: the world's own roles go between or above them. */
const POSITIONS = { everyone: 0, moderator: 10, bot: 20, admin: 30 };

export type Roles = ReturnType<typeof createRoles>;

/** The guild's roles and what they permit. */
export function createRoles(world: World, everyoneId: string, botUserId: string, newId: () => string) {
  const { everyone, moderator, bot, admin } = POSITIONS;
  const adminId = newId();
  const botId = newId();
  const moderatorId = newId();
  const botPermissions =
    world.botPermissions === undefined
      ? moderatorsPermissions
      : everyonesPermissions.add(world.botPermissions);
  const roles = [
    role(everyoneId, '@everyone', everyonesPermissions, everyone, false),
    role(adminId, 'Admin', adminsPermissions, admin, false),
    { ...role(botId, world.bot, botPermissions, bot, true), tags: { bot_id: botUserId } },
    role(moderatorId, 'Moderator', moderatorsPermissions, moderator, false),
    ...(world.roles ?? []).map(({ name, position, permissions = [] }) =>
      role(newId(), name, new PermissionsBitField(permissions), position, false),
    ),
  ];
  const named = (name: string) => {
    const found = roles.find((each) => each.name === name);
    if (found === undefined) throw new Error(`the playground has no role ${name}`);
    return found;
  };
  const held = (ids: string[]) => roles.filter(({ id }) => id === everyoneId || ids.includes(id));

  return {
    all: roles,
    botId,
    named,

    of: ({ admin: isAdmin, moderator: isModerator, roles: others = [] }: WorldPerson): string[] => [
      ...(isAdmin ? [adminId] : []),
      ...(isModerator ? [moderatorId] : []),
      ...others.map((name) => named(name).id),
    ],

    permissions(ids: string[]): PermissionsBitField {
      const sum = new PermissionsBitField(held(ids).map(({ permissions }) => BigInt(permissions)));
      return sum.has(PermissionFlagsBits.Administrator) ? adminsPermissions : sum;
    },

    /** What these overwrites leave to somebody who holds these roles: everyone's go first, a member's own last. */
    permissionsIn(overwrites: Overwrite[], userId: string, ids: string[]): PermissionsBitField {
      const permissions = this.permissions(ids);
      if (permissions.has(PermissionFlagsBits.Administrator)) return permissions;
      const left = new PermissionsBitField(permissions.bitfield);
      for (const targets of [[everyoneId], ids, [userId]]) {
        const own = overwrites.filter(({ id }) => targets.includes(id));
        left.remove(own.map(({ deny }) => BigInt(deny))).add(own.map(({ allow }) => BigInt(allow)));
      }
      return left;
    },

    /** The position of the highest of these roles. */
    highest: (ids: string[]): number => Math.max(...held(ids).map(({ position }) => position)),

    /** What keeps a channel between the moderators and the bot. */
    moderatorsOnly: () => [
      overwrite(everyoneId, 'deny'),
      overwrite(moderatorId, 'allow'),
      overwrite(botId, 'allow'),
    ],
  };
}

function overwrite(id: string, what: 'allow' | 'deny') {
  return { id, type: 0, allow: '0', deny: '0', [what]: PermissionFlagsBits.ViewChannel.toString() };
}
