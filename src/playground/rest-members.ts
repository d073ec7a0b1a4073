import { PermissionFlagsBits } from 'discord.js';
import type { Context, Hono } from 'hono';
import type { BlankSchema } from 'hono/types';
import type { Guild } from './guild.js';
import type { Member } from './objects.js';
import { invalidForm, missingPermissions, unknownMember, unknownUser } from './problems.js';
import { type Env, jsonOf } from './rest-body.js';

const LONGEST_TIME_OUT_MS = 28 * 24 * 3_600_000;

/** The routes about people: the guild's members and roles, time-outs, direct channels. */
export function memberRoutes(api: Hono<Env, BlankSchema, '/api/v10'>, guild: Guild, now: () => number): void {
  const memberOf = (context: Context<Env>): Member => {
    const member = guild.members.get(context.req.param('user') ?? '');
    if (member === undefined) throw unknownMember();
    return member;
  };

  api.get('/guilds/:guild/members', (context) => {
    const { limit = '1', after = '0' } = context.req.query();
    const later = [...guild.members.values()].filter(({ user }) => BigInt(user.id) > BigInt(after));
    return context.json(later.slice(0, Number(limit)));
  });
  api.get('/guilds/:guild/members/:user', (context) => context.json(memberOf(context)));
  api.patch('/guilds/:guild/members/:user', (context) => {
    const { user } = memberOf(context);
    const { communication_disabled_until: until } = jsonOf(context) as {
      communication_disabled_until?: string | null;
    };
    if (until === undefined) return context.json(memberOf(context));
    if (!mayTimeOut(guild, user.id)) throw missingPermissions();
    if (until !== null && Date.parse(until) > now() + LONGEST_TIME_OUT_MS) {
      throw invalidForm('communication_disabled_until', 'INVALID_TIMEOUT', 'Must be within 28 days.');
    }
    return context.json(guild.timeOut(user.id, until));
  });
  api.get('/guilds/:guild/roles', (context) => context.json(guild.roles.all));

  api.get('/users/:user', (context) => {
    const member = guild.members.get(context.req.param('user'));
    if (member === undefined) throw unknownUser();
    return context.json(member.user);
  });
  api.post('/users/@me/channels', (context) => {
    const { recipient_id: id } = jsonOf(context) as { recipient_id: string };
    if (!guild.members.has(id)) throw unknownUser();
    return context.json(guild.directWith(id));
  });
}

/** Whether the bot's permission and the order of the roles allow it. */
function mayTimeOut({ bot, ownerId, members, permissionsOf, roles }: Guild, userId: string): boolean {
  const highest = (id: string) => roles.highest(members.get(id)?.roles ?? []);
  return (
    permissionsOf(bot.id).has(PermissionFlagsBits.ModerateMembers) &&
    !permissionsOf(userId).has(PermissionFlagsBits.Administrator) &&
    userId !== ownerId &&
    highest(bot.id) > highest(userId)
  );
}
