import { Cron } from 'croner';
import { Events } from 'discord.js';
import type { Logger } from 'pino';
import { compose } from './compose.js';
import type { Config } from './config.js';
import { UserError } from './errors.js';
import { connect } from './discord/client.js';
import { loadCommands, toDiscord } from './discord/commands.js';
import { createDispatch } from './discord/dispatch.js';
import { followConnection } from './discord/connection.js';
import { listen } from './discord/events.js';
import { followGuilds } from './discord/guild-events.js';
import { registerCommands } from './discord/registration.js';
import { type Choice, chooseKernel, describeChoice, EngineError } from './rnn/kernel/choose.js';
import { PUBLIC } from './store/messages.js';
import type { Store } from './store/open.js';

/** When what is due to be forgotten is erased, whatever the schedule of trainings. */
const ERASE_CRON = '30 3 * * *';
/** When to look which trainings are due, are to pause for quiet hours, or can go on, and what quotes erased messages. */
const TRAINING_CRON = '* * * * *';
/** When it is noted until when the bot listened, and what is left to read of the past goes on. */
const LISTENING_CRON = '* * * * *';
/** How long a stop waits for answers under way. */
const PATIENCE_MS = 5_000;

export interface App {
  hasModel(guildId: string): Promise<boolean>;
  /** Ends in order: no new work, the training saves its state, the connection closes, the database last. */
  stop(): Promise<void>;
}

/**
 * Builds the bot and connects it.
 * @throws UserError for everything the operator can mend: database, token, intents, network.
 */
export async function startApp(
  config: Config,
  outside: { now: () => number; random: () => number; log: Logger },
): Promise<App> {
  const { now, random, log } = outside;
  if (config.discord === undefined) throw new Error('a bot needs a token');
  const { apiUrl, token } = config.discord;
  // The workers choose again, for themselves; here it is only said, and refused in time.
  log.info(describeChoice(engineFor(config)));
  const commands = await loadCommands();
  const parts = await compose(config, apiUrl, outside);
  const { store, client, services, missed, following, openWork } = parts;
  const { backfilling, collecting, composing, importing, moderating, replying, retraining, voting } =
    services;
  await sayHowSealed(config, store, log);
  followGuilds(client, following, log);
  const dispatch = createDispatch({ commands, services, fairUse: parts.fairUse, now, random, log });
  client.on(Events.InteractionCreate, (interaction) => openWork.keep(dispatch(interaction)));
  const talking = { received: replying.received, removed: voting.removed };
  listen(client, collecting, log, moderating, talking, openWork.keep);

  try {
    await missed.note();
    await retraining.settleOverdue();
    const ready = await connect(client, token);
    log.info({ user: ready.user.username, servers: ready.guilds.cache.size }, 'connected to Discord');
    await registerCommands(ready, [...commands.values()].map(toDiscord), log);
  } catch (error) {
    await client.destroy();
    await openWork.settled(PATIENCE_MS);
    await store.close();
    throw error;
  }

  await missed.listening();
  followConnection(client, missed, logFailure);
  const listening = new Cron(LISTENING_CRON, { protect: true, catch: logFailure }, () => missed.beat());

  await following.settled();
  await following.eraseLeft();
  let ticking = tick().catch(logFailure);
  const trainings = new Cron(TRAINING_CRON, { protect: true }, () => {
    ticking = ticking.then(tick).catch(logFailure);
    return ticking;
  });
  await ticking;
  const started = parts.starting.learnMissing();
  const schedule =
    config.retrainCron === undefined
      ? undefined
      : new Cron(config.retrainCron, { protect: true, catch: logFailure }, () => moderating.retrainStale());

  const erasing = new Cron(ERASE_CRON, { protect: true, catch: logFailure }, eraseOld);

  async function tick(): Promise<void> {
    await voting.retractErased();
    await retraining.tick();
  }

  async function eraseOld(): Promise<void> {
    await moderating.eraseOld();
    await composing.forgetOld();
    store.upkeep.sweep();
    await following.eraseLeft();
  }

  function logFailure(error: unknown): void {
    log.error({ err: error }, 'periodic work failed');
  }

  return {
    hasModel: async (guildId) => (await store.models.live(guildId, PUBLIC)) !== undefined,
    async stop() {
      await missed.beat();
      // Nothing new begins; what is edited or deleted until the end is still heard.
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      schedule?.stop();
      trainings.stop();
      erasing.stop();
      listening.stop();
      parts.starting.stop();
      await backfilling.stop();
      await retraining.stop();
      await ticking;
      await started;
      await moderating.stop();
      await importing.stop();
      await openWork.settled(PATIENCE_MS);
      // What still writes ends with an error, which is an answer, too.
      await parts.sampler.close();
      await Promise.all([replying.settled(), openWork.settled(PATIENCE_MS)]);
      await parts.classifying.close();
      await services.pictures.close();
      client.removeAllListeners();
      await client.destroy();
      await openWork.settled(PATIENCE_MS);
      await following.settled();
      await store.close();
    },
  };
}

async function sayHowSealed({ corpusKey }: Config, store: Store, log: Logger): Promise<void> {
  if (corpusKey === undefined) {
    log.warn('message texts are stored unencrypted: set CORPUS_KEY to seal them (openssl rand -base64 32)');
  }
  if (await store.rekeying.isDue()) {
    log.warn('some texts are not sealed with the key of now: stop the bot and run "npm run -s cli -- rekey"');
  }
}

function engineFor({ engine, trainThreads }: Config): Choice {
  try {
    return chooseKernel(engine, trainThreads);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new UserError('engine_unavailable', { engine: error.engine, reason: error.message });
  }
}
