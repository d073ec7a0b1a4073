import { ApplicationCommandType } from 'discord.js';
import type { Hono } from 'hono';
import type { BlankSchema } from 'hono/types';
import type { RegisteredCommand } from './command-data.js';
import type { Guild } from './guild.js';
import { type Env, jsonOf } from './rest-body.js';

/** A command as the bot declares it. */
type Declared = Pick<RegisteredCommand, 'name'> & Partial<RegisteredCommand>;

/** The routes about the bot's commands; returns what tells those that are registered now. */
export function commandRoutes(
  api: Hono<Env, BlankSchema, '/api/v10'>,
  guild: Guild,
  onCommands: () => void,
): () => RegisteredCommand[] {
  let commands: (RegisteredCommand & { version: string; application_id: string })[] = [];

  const registered = ({ name, type = ApplicationCommandType.ChatInput }: Declared) =>
    commands.find((each) => each.name === name && each.type === type);

  api.get('/applications/:application/commands', (context) =>
    context.json(
      context.req.query('with_localizations') === 'true' ? commands : commands.map(withoutLocalizations),
    ),
  );
  api.put('/applications/:application/commands', (context) => {
    commands = (jsonOf(context) as Declared[]).map((command) => ({
      ...command,
      type: command.type ?? ApplicationCommandType.ChatInput,
      description: command.description ?? '',
      default_member_permissions: command.default_member_permissions ?? null,
      id: registered(command)?.id ?? guild.nextId(),
      application_id: guild.bot.id,
      version: guild.nextId(),
    }));
    onCommands();
    return context.json(commands);
  });

  return () => commands;
}

/** Unless asked, Discord leaves out what commands, options and choices are called in other languages. */
function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'name_localizations' && key !== 'description_localizations')
      .map(([key, inner]) => [key, withoutLocalizations(inner)]),
  );
}
