import { PermissionFlagsBits } from 'discord.js';
import type { Hono } from 'hono';
import type { BlankSchema } from 'hono/types';
import type { Guild } from './guild.js';
import { missingAccess, unknownChannel } from './problems.js';
import type { Env } from './rest-body.js';
import { archivedAt } from './threads.js';

/** The routes that list threads. */
export function threadRoutes(api: Hono<Env, BlankSchema, '/api/v10'>, guild: Guild): void {
  api.get('/guilds/:guild/threads/active', (context) => {
    const threads = guild.threads.active().filter(({ id }) => guild.sees(guild.bot.id, id));
    return context.json({ threads, members: [], has_more: false });
  });
  api.get('/channels/:channel/threads/archived/public', (context) => {
    const { channel } = context.req.param();
    if (!guild.channels.has(channel)) throw unknownChannel();
    const mayRead = guild
      .permissionsOf(guild.bot.id, channel)
      .has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory]);
    if (!mayRead) throw missingAccess();
    const { before, limit = '50' } = context.req.query() as { before?: string; limit?: string };
    const older = guild.threads
      .archivedIn(channel)
      .filter((thread) => before === undefined || archivedAt(thread) < Date.parse(before));
    const threads = older.slice(0, Number(limit));
    return context.json({ threads, members: [], has_more: older.length > threads.length });
  });
}
