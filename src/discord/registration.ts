import { isDeepStrictEqual } from 'node:util';
import type {
  APIApplicationCommand,
  Client,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { Routes } from 'discord.js';
import type { Logger } from 'pino';

/** Tells Discord the bot's commands, if they differ from those it knows. */
export async function registerCommands(
  client: Client<true>,
  commands: RESTPostAPIChatInputApplicationCommandsJSONBody[],
  log: Logger,
): Promise<void> {
  const route = Routes.applicationCommands(client.application.id);
  const registered = (await client.rest.get(route)) as APIApplicationCommand[];
  if (isDeepStrictEqual(declared(registered), declared(commands))) return;
  await client.rest.put(route, { body: commands });
  log.info({ commands: commands.map(({ name }) => name) }, 'slash commands registered');
}

/** What a declaration says, without what Discord adds to it (ids, versions, defaults that nobody set). */
function declared(
  commands: (RESTPostAPIChatInputApplicationCommandsJSONBody | APIApplicationCommand)[],
): unknown {
  return commands
    .map(({ name, description, contexts, default_member_permissions, options }) => ({
      name,
      description,
      contexts: contexts ?? null,
      default_member_permissions: default_member_permissions ?? null,
      options: (options ?? []).map(withoutDefaults),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
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
