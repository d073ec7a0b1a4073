import { Events } from 'discord.js';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { connect, createClient } from '../../src/discord/client.js';
import { toDiscord } from '../../src/discord/commands.js';
import type { Command } from '../../src/discord/define-command.js';
import { createDispatch } from '../../src/discord/dispatch.js';
import { registerCommands } from '../../src/discord/registration.js';
import { type Exchange, startPlayground, type World } from '../../src/playground/index.js';
import { createFairUse, type FairUseLimits } from '../../src/services/fair-use.js';
import type { Services } from '../../src/services/index.js';
import { silent } from './log.js';
import { smallWorld } from './world.js';

export { silent };

/** The bot's own client, connected to a playground for one test, without services behind it. */
export async function connectedClient(world: World = smallWorld()) {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const exchanges: Exchange[] = [];
  const playground = await startPlayground({
    world,
    now: () => clock.now,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const client = createClient(playground.apiUrl, silent);
  onTestFinished(async () => {
    client.removeAllListeners();
    await client.destroy();
    await playground.close();
  });
  const ready = await connect(client, playground.token);
  return { playground, client: ready, clock, exchanges };
}

/** Limits that a test does not reach. */
export const GENEROUS: FairUseLimits = { perUser: 100, perChannel: 100, windowSeconds: 1, maxOpen: 100 };

/** The same with these commands registered and answered; `problems` are what is logged as a warning or worse. */
export async function answeringClient(commands: Command[], services = {} as Services, limits = GENEROUS) {
  const set = await connectedClient();
  const { client, clock } = set;
  const problems: string[] = [];
  const dispatch = createDispatch({
    commands: new Map(commands.map((command) => [command.name, command])),
    services,
    fairUse: createFairUse(limits, () => clock.now),
    now: () => clock.now,
    random: () => 0,
    log: pino({ level: 'warn' }, { write: (line) => void problems.push(line) }),
  });
  client.on(Events.InteractionCreate, (interaction) => void dispatch(interaction));
  await registerCommands(client, commands.map(toDiscord), silent);
  return { ...set, problems };
}
