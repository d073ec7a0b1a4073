import { Cron } from 'croner';
import { Events } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { UserError } from './errors.js';
import { channelsOf } from './discord/audience-in.js';
import { outcomeAnnouncer } from './discord/announcements.js';
import { connect, createClient } from './discord/client.js';
import { loadCommands, toDiscord } from './discord/commands.js';
import { createConversations } from './discord/conversations.js';
import { createEnforcer } from './discord/enforcer.js';
import { createDispatch } from './discord/dispatch.js';
import { listen } from './discord/events.js';
import { historyReader } from './discord/history.js';
import { createOpenWork } from './discord/open-work.js';
import { registerCommands } from './discord/registration.js';
import { localeOf } from './i18n/index.js';
import { type Choice, chooseKernel, describeChoice, EngineError } from './rnn/kernel/choose.js';
import type { Task } from './classifier/tasks.js';
import { createAudiences } from './services/audiences.js';
import { createCollecting } from './services/collecting.js';
import { createComposing } from './services/talking/composing.js';
import { createContinuing } from './services/talking/continuing.js';
import { createFairUse } from './services/fair-use.js';
import { createImitating } from './services/talking/imitating.js';
import { inTurn } from './services/retraining/classifier-turns.js';
import { createFeeling } from './services/feeling/feeling.js';
import { createModels } from './services/retraining/models.js';
import { createModerating } from './services/moderation/moderating.js';
import { createOutcomeMessages } from './services/retraining/outcome-message.js';
import { createPictures } from './pictures/pictures-client.js';
import { createPredicting } from './services/talking/predicting.js';
import { createPrivacy } from './services/privacy.js';
import { createReplying } from './services/talking/replying.js';
import { createRetraining } from './services/retraining/retraining.js';
import { createStarting } from './services/moderation/starting.js';
import { createTalkSettings } from './services/talking/settings.js';
import { createVoting } from './services/talking/voting.js';
import { createTrainingSettings } from './services/retraining/settings.js';
import { createTurns } from './services/retraining/turns.js';
import { PUBLIC } from './store/messages.js';
import { openStore } from './store/open.js';
import { classifierTrainingStarter } from './training/classifier-training-client.js';
import { createClassifying } from './training/classifying-client.js';
import { createSampler } from './training/sampling-client.js';
import { trainingStarter } from './training/training-client.js';

/** When what is due to be forgotten is erased, whatever the schedule of trainings. */
const ERASE_CRON = '30 3 * * *';
/** When to look which trainings are due, are to pause for quiet hours, or can go on. */
const TRAINING_CRON = '* * * * *';
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
  const store = await openStore(config.databasePath, 'read-write');
  const client = createClient(apiUrl, log);
  const sampler = createSampler(
    (guildId, version) => store.models.checkpoint(guildId, version),
    { engine: config.engine, databasePath: config.databasePath },
    log,
  );

  const collecting = await createCollecting({
    store,
    readHistory: historyReader(client),
    permitted: config.trainingPermitted,
    historyMessages: config.historyMessages,
    now,
    log,
  });
  const training = {
    databasePath: config.databasePath,
    engine: config.engine,
    threads: config.trainThreads,
  };
  const guildLocale = (guildId: string) => localeOf(client.guilds.cache.get(guildId)?.preferredLocale);
  const talk = await createTalkSettings({ store, now });
  const composing = createComposing({ store, sampler, settings: talk, now, random });
  const conversations = createConversations(client);
  const continuing = createContinuing({ store, composing });
  const fairUse = createFairUse(config.fairUse, now);
  const replying = createReplying({
    store,
    composing,
    conversations,
    settings: talk,
    fairUse,
    localeOf: guildLocale,
    now,
    random,
    log,
  });
  const privacy = createPrivacy({ store, now });
  const imitating = createImitating({ composing, privacy, sampler });
  const predicting = createPredicting({ composing, sampler, settings: talk });
  const voting = createVoting({ store, composing, conversations, now, log });
  const pictures = createPictures(log);
  const turns = createTurns();
  const openWork = createOpenWork();
  const describeOutcome = createOutcomeMessages({
    pictures,
    sampler,
    guardRules: talk.rules,
    store,
    audienceOf: conversations.audienceOf,
    log,
  });
  const retraining = createRetraining({
    store,
    startTraining: trainingStarter(training),
    turns,
    settings: createTrainingSettings({ store, now }),
    announce: outcomeAnnouncer(client, describeOutcome, openWork.keep, log),
    permitted: config.trainingPermitted,
    defaultMinutes: config.retrainMinutes,
    minNewMessages: config.retrainMinMessages,
    defaultSchedule: config.retrainCron,
    keepModels: config.keepModels,
    now,
    random,
    log,
  });
  const models = createModels({
    store,
    sampler,
    training: retraining,
    guardRules: talk.rules,
    votes: (guildId) => store.feedback.byVersion(guildId),
    now,
    random,
  });

  const classifying = createClassifying(
    (model) => store.classifiers.model(model),
    { engine: config.engine },
    log,
  );
  const startClassifierTraining = inTurn(classifierTrainingStarter(training), turns, now);
  const starting = createStarting({ store, startClassifierTraining, now, log });
  const moderating = await createModerating({
    store,
    classifying,
    enforcer: createEnforcer(client, now, log),
    localeOf: guildLocale,
    startClassifierTraining,
    permitted: config.trainingPermitted,
    now,
    random,
    log,
  });

  const liveVersion = (guildId: string, task: Task) => store.classifiers.live(guildId, task);
  const feeling = createFeeling({ store, classifying, liveVersion, now, log });
  const audiences = createAudiences({
    store,
    collecting,
    retraining,
    channelsOf: channelsOf(client),
    now,
    log,
  });
  const services = {
    audiences,
    collecting,
    composing,
    continuing,
    describeOutcome,
    feeling,
    imitating,
    models,
    moderating,
    pictures,
    predicting,
    privacy,
    replying,
    retraining,
    talk,
    voting,
  };
  const dispatch = createDispatch({ commands, services, fairUse, now, random, log });
  client.on(Events.InteractionCreate, (interaction) => openWork.keep(dispatch(interaction)));
  listen(client, collecting, log, moderating, {
    received: replying.received,
    removed: voting.removed,
  });

  try {
    const ready = await connect(client, token);
    log.info({ user: ready.user.username, servers: ready.guilds.cache.size }, 'connected to Discord');
    await registerCommands(ready, [...commands.values()].map(toDiscord), log);
  } catch (error) {
    await store.close();
    throw error;
  }

  let ticking = retraining.tick().catch(logFailure);
  const trainings = new Cron(TRAINING_CRON, { protect: true }, () => {
    ticking = ticking.then(() => retraining.tick()).catch(logFailure);
    return ticking;
  });
  await ticking;
  const started = starting.learnMissing();
  const schedule =
    config.retrainCron === undefined
      ? undefined
      : new Cron(config.retrainCron, { protect: true, catch: logFailure }, () => moderating.retrainStale());

  const erasing = new Cron(ERASE_CRON, { protect: true, catch: logFailure }, eraseOld);

  async function eraseOld(): Promise<void> {
    await moderating.eraseOld();
    await composing.forgetOld();
  }

  function logFailure(error: unknown): void {
    log.error({ err: error }, 'periodic work failed');
  }

  return {
    hasModel: async (guildId) => (await store.models.live(guildId, PUBLIC)) !== undefined,
    async stop() {
      // Nothing new begins; what is edited or deleted until the end is still heard.
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      schedule?.stop();
      trainings.stop();
      erasing.stop();
      starting.stop();
      await retraining.stop();
      await ticking;
      await started;
      await moderating.stop();
      await openWork.settled(PATIENCE_MS);
      // What still writes ends with an error, which is an answer, too.
      await sampler.close();
      await Promise.all([replying.settled(), openWork.settled(PATIENCE_MS)]);
      await classifying.close();
      await pictures.close();
      client.removeAllListeners();
      await client.destroy();
      await store.close();
    },
  };
}

function engineFor({ engine, trainThreads }: Config): Choice {
  try {
    return chooseKernel(engine, trainThreads);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new UserError('engine_unavailable', { engine: error.engine, reason: error.message });
  }
}
