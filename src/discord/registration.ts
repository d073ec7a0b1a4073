import { isDeepStrictEqual } from 'node:util';
import type { APIApplicationCommand, Client, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import { ApplicationCommandType, Routes } from 'discord.js';
import type { Logger } from 'pino';

/** Tells Discord the bot's commands, if they differ from those it knows. */
export async function registerCommands(
  client: Client<true>,
  commands: RESTPostAPIApplicationCommandsJSONBody[],
  log: Logger,
): Promise<void> {
  const route = Routes.applicationCommands(client.application.id);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const registered = (await client.rest.get(route, { query })) as APIApplicationCommand[];
  if (isDeepStrictEqual(declared(registered), declared(commands))) return;
  await client.rest.put(route, { body: commands });
  log.info({ commands: commands.map(({ name }) => name) }, 'slash commands registered');
}

/** What a declaration says, without what Discord adds to it (ids, versions, defaults that nobody set). */
function declared(commands: (RESTPostAPIApplicationCommandsJSONBody | APIApplicationCommand)[]): unknown {
  return commands
    .map((command) => ({
      type: command.type ?? ApplicationCommandType.ChatInput,
      name: command.name,
      name_localizations: command.name_localizations ?? null,
      description: 'description' in command ? command.description : '',
      description_localizations:
        'description_localizations' in command ? (command.description_localizations ?? null) : null,
      contexts: command.contexts ?? null,
      default_member_permissions: command.default_member_permissions ?? null,
      options: ('options' in command ? (command.options ?? []) : []).map(withoutDefaults),
    }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.type - b.type);
}

function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([, entry]) =>
      entry !== undefined &&
      entry !== null &&
      entry !== false &&
      !(Array.isArray(entry) && entry.length === 0),
  );
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutDefaults(entry)]));
}
