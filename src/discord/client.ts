import { Client, DiscordAPIError, Events, GatewayIntentBits, Partials } from 'discord.js';
import type { Logger } from 'pino';
import { UserError } from '../errors.js';
import { AnsweringRest } from './answering-rest.js';

export function createClient(apiUrl: string, log: Logger): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.MessageContent,
      // A guild's emoji, as they change.
      GatewayIntentBits.GuildExpressions,
      // Bans, of which none of the above tells.
      GatewayIntentBits.GuildModeration,
    ],
    // Without partials, edits and deletes of messages from before the start would go unnoticed.
    partials: [Partials.Message, Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: apiUrl },
  });
  // The one that comes with the client is not used, so it need not look after itself.
  client.rest.clearHashSweeper();
  client.rest.clearHandlerSweeper();
  client.rest = new AnsweringRest(client.options.rest);
  client.on(Events.Error, (error) => log.error({ err: error }, 'the Discord client reports an error'));
  client.on(Events.ShardReconnecting, () => log.warn('the connection to Discord broke; reconnecting'));
  client.on(Events.ShardResume, () => log.info('the connection to Discord is back'));
  return client;
}

/**
 * Logs in and waits until the bot is ready.
 * @throws UserError discord_token_invalid, discord_intent_missing, discord_unreachable
 */
export async function connect(client: Client, token: string): Promise<Client<true>> {
  try {
    const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
    await client.login(token);
    return await ready;
  } catch (error) {
    await client.destroy();
    throw explain(error);
  }
}

function explain(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = 'code' in error ? String(error.code) : '';
  const isUnauthorized = error instanceof DiscordAPIError && error.status === 401;
  if (code === 'TokenInvalid' || isUnauthorized || /invalid token/i.test(error.message)) {
    return new UserError('discord_token_invalid', {});
  }
  if (code === 'DisallowedIntents' || /disallowed intents/i.test(error.message)) {
    return new UserError('discord_intent_missing', {});
  }
  return new UserError('discord_unreachable', { reason: code === '' ? error.message : code });
}
