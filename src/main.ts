import { config as readDotenv } from 'dotenv';
import type { Logger } from 'pino';
import { type App, startApp } from './app.js';
import { type Config, readConfig } from './config.js';
import { isUserError, UserError } from './errors.js';
import { describeError } from './i18n/index.js';
import { createLog } from './log.js';
import { openPlayground, type Playground, sotuWorld, startPlayground } from './playground/index.js';

/** The playground keeps its corpus apart from a real server's, and its text is in the public domain. */
const PLAYGROUND_SETTINGS = { DATABASE_PATH: 'data/playground.sqlite', TRAINING_PERMISSION: 'granted' };
const OPENING = { admin: 'Ada (admin)', channel: 'lounge', minutes: 1.5 };

const now = () => Date.now();

/** What runs, and how it ends. */
interface Running {
  stop(): Promise<void>;
}

async function main(): Promise<void> {
  readDotenv({ quiet: true });
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, config.discord === undefined ? [] : [config.discord.token]);
  const running =
    config.discord === undefined ? await runPlayground(config, log) : await startBot(config, log);
  stopOnSignal(running, log);
}

/** Opens the local chat server, connects the bot to it, and does there what an admin does first. */
async function runPlayground(config: Config, log: Logger): Promise<Running> {
  log.info('DISCORD_TOKEN is not set, so this is the playground');
  const playground = await openServer(config.playgroundPort);
  const settings = readConfig({
    ...PLAYGROUND_SETTINGS,
    ...process.env,
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.apiUrl,
  });
  const app = await startBot(settings, log);
  log.info(`open ${playground.url} in your browser (Ctrl+C ends it)`);
  if (!(await app.hasModel(playground.guild.id))) {
    openPlayground(playground, OPENING).catch((error: unknown) =>
      log.warn({ err: error }, 'the playground could not train its first model; try /retrain there'),
    );
  }
  return {
    async stop() {
      await app.stop();
      await playground.close();
    },
  };
}

async function openServer(port: number): Promise<Playground> {
  try {
    return await startPlayground({ world: sotuWorld(), now, port, limitsEdits: true });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw isTaken ? new UserError('port_taken', { port }) : error;
  }
}

function startBot(config: Config, log: Logger): Promise<App> {
  return startApp(config, { now, random: Math.random, log });
}

/** The first signal ends everything in order; a second one does not wait. */
function stopOnSignal(running: Running, log: Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(130);
    stopping = true;
    log.info(`${signal}: stopping; a training in flight saves its state`);
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop was not clean');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const text = isUserError(error)
    ? describeError(error)
    : error instanceof Error
      ? error.stack
      : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
