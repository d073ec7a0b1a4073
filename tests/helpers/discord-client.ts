import { Client, type ClientEvents, Events, GatewayIntentBits, Partials } from 'discord.js';
import { onTestFinished } from 'vitest';
import { type Exchange, startPlayground, type World } from '../../src/playground/index.js';
import { smallWorld } from './world.js';

/** A discord.js client and a playground, not yet connected. */
export async function prepared(
  options: {
    world?: World;
    intents?: GatewayIntentBits[];
    messageContentIntent?: boolean;
    limitsEdits?: boolean;
  } = {},
) {
  const { intents = [GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent] } = options;
  const clock = { now: Date.UTC(2026, 0, 1) };
  const exchanges: Exchange[] = [];
  const playground = await startPlayground({
    world: options.world ?? smallWorld(),
    now: () => clock.now,
    messageContentIntent: options.messageContentIntent ?? true,
    limitsEdits: options.limitsEdits ?? false,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, ...intents],
    partials: [Partials.Message, Partials.Channel],
    rest: { api: playground.apiUrl },
  });
  onTestFinished(async () => {
    client.removeAllListeners();
    await client.destroy();
    await playground.close();
  });
  return { playground, client, clock, exchanges };
}

export async function connected(options: Parameters<typeof prepared>[0] = {}) {
  const set = await prepared(options);
  const ready = event(set.client, Events.ClientReady);
  await set.client.login(set.playground.token);
  await ready;
  return set;
}

/** Resolves with the next event of this name. */
export function event<E extends keyof ClientEvents>(client: Client, name: E) {
  return new Promise<ClientEvents[E]>((resolve) => {
    client.once(name, (...values) => resolve(values));
  });
}

export async function textChannel(client: Client, id: string) {
  const channel = await client.channels.fetch(id);
  if (channel?.isSendable() !== true) throw new Error('expected a text channel');
  return channel;
}
