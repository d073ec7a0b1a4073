import { setTimeout as sleep } from 'node:timers/promises';
import { Cron } from 'croner';
import { Events } from 'discord.js';
import type { Logger } from 'pino';
import { type Config, keysOf } from './config.js';
import { UserError } from './errors.js';
import { channelsOf } from './discord/audience-in.js';
import { outcomeAnnouncer } from './discord/announcements.js';
import { connect, createClient } from './discord/client.js';
import { loadCommands, toDiscord } from './discord/commands.js';
import { createConversations } from './discord/conversations.js';
import { guildEmoji } from './discord/emoji.js';
import { createEnforcer } from './discord/enforcer.js';
import { createDispatch } from './discord/dispatch.js';
import { followConnection } from './discord/connection.js';
import { listen } from './discord/events.js';
import { followGuilds, standingOf } from './discord/guild-events.js';
import { createHistory } from './discord/history.js';
import { download } from './discord/download.js';
import { placeFinder } from './discord/guild-places.js';
import { createOpenWork } from './discord/open-work.js';
import { registerCommands } from './discord/registration.js';
import { type Locale, localeOf, stringsFor } from './i18n/index.js';
import { ingestStarter } from './ingest/ingest-client.js';
import { type Choice, chooseKernel, describeChoice, EngineError } from './rnn/kernel/choose.js';
import type { Task } from './classifier/tasks.js';
import { createBackfilling } from './services/backfilling/backfilling.js';
import { describeBackfill } from './services/backfilling/outcome-message.js';
import { createMissed } from './services/backfilling/missed.js';
import { createAudiences } from './services/audiences.js';
import { createCollecting } from './services/collecting.js';
import { createComposing } from './services/talking/composing.js';
import { createContinuing } from './services/talking/continuing.js';
import { createCorpusStatuses } from './services/corpus-status.js';
import { createFollowing } from './services/following.js';
import { createFairUse } from './services/fair-use.js';
import { createImporting } from './services/importing.js';
import { createImitating } from './services/talking/imitating.js';
import { inTurn } from './services/retraining/classifier-turns.js';
import { createFeeling } from './services/feeling/feeling.js';
import { createModels } from './services/retraining/models.js';
import { createModerating } from './services/moderation/moderating.js';
import { createOutcomeMessages } from './services/retraining/outcome-message.js';
import { createPictures } from './pictures/pictures-client.js';
import { createPredicting } from './services/talking/predicting.js';
import { policyFacts } from './services/privacy/policy.js';
import { createPrivacy } from './services/privacy/privacy.js';
import { createReplying } from './services/talking/replying.js';
import { createRetraining } from './services/retraining/retraining.js';
import { createStarting } from './services/moderation/starting.js';
import { createTalkSettings } from './services/talking/settings.js';
import { createVoting } from './services/talking/voting.js';
import { createTrainingSettings } from './services/retraining/settings.js';
import { createTurns } from './services/retraining/turns.js';
import { PUBLIC } from './store/messages.js';
import { openStore, type Store } from './store/open.js';
import { classifierTrainingStarter } from './training/classifier-training-client.js';
import { createClassifying } from './training/classifying-client.js';
import { createSampler } from './training/sampling-client.js';
import { trainingStarter } from './training/training-client.js';

/** When what is due to be forgotten is erased, whatever the schedule of trainings. */
const ERASE_CRON = '30 3 * * *';
/** When to look which trainings are due, are to pause for quiet hours, or can go on. */
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
  const keys = keysOf(config);
  const store = await openStore(config.databasePath, 'read-write', keys);
  await sayHowSealed(config, store, log);
  const client = createClient(apiUrl, log);
  const sampler = createSampler(
    (guildId, version) => store.models.checkpoint(guildId, version),
    { engine: config.engine, databasePath: config.databasePath, keys },
    log,
  );

  const collecting = await createCollecting({
    store,
    permitted: config.trainingPermitted,
    now,
    log,
  });
  const channelName = (id: string) => {
    const channel = client.channels.cache.get(id);
    return channel !== undefined && 'name' in channel ? (channel.name ?? undefined) : undefined;
  };
  const corpusStatuses = createCorpusStatuses({ store, channelName, now });
  const training = {
    databasePath: config.databasePath,
    keys,
    engine: config.engine,
    threads: config.trainThreads,
    maxSpeakerShare: config.maxSpeakerShare,
  };
  const guildLocale = (guildId: string) => localeOf(client.guilds.cache.get(guildId)?.preferredLocale);
  const talk = await createTalkSettings({ store, now });
  const composing = createComposing({
    store,
    sampler,
    settings: talk,
    emojiOf: guildEmoji(client),
    now,
    random,
  });
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
  const predicting = createPredicting({ composing, sampler, settings: talk });
  const voting = createVoting({ store, composing, conversations, now, log });
  const pictures = createPictures(log);
  const turns = createTurns();
  const openWork = createOpenWork();
  const backfilling = createBackfilling({
    store,
    history: createHistory(client),
    isWanted: collecting.isCollecting,
    announce: outcomeAnnouncer(client, 'corpus', describeBackfill, openWork.keep, log),
    permitted: config.trainingPermitted,
    recentMessages: config.historyMessages,
    now,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    log,
  });
  const missed = createMissed({ store, backfilling, permitted: config.trainingPermitted, now, log });
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
    sampler,
    turns,
    settings: createTrainingSettings({ store, now }),
    announce: outcomeAnnouncer(client, 'retrain', describeOutcome, openWork.keep, log),
    permitted: config.trainingPermitted,
    defaultMinutes: config.retrainMinutes,
    minNewMessages: config.retrainMinMessages,
    defaultSchedule: config.retrainCron,
    keepModels: config.keepModels,
    deadlineMs: config.erasureDeadlineHours * 3_600_000,
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

  const policy = policyFacts(config);
  const privacy = createPrivacy({ store, voting, moderating, policy, now, log });
  const imitating = createImitating({ composing, privacy, sampler });
  const following = createFollowing({
    store,
    collecting,
    standing: standingOf(client),
    announce: outcomeAnnouncer(client, 'corpus', describeOtherReaders, openWork.keep, log),
    forget(guildId) {
      talk.forget(guildId);
      moderating.forget(guildId);
    },
    keepLeftDays: config.keepLeftDays,
    now,
    log,
  });
  followGuilds(client, following, log);

  const liveVersion = (guildId: string, task: Task) => store.classifiers.live(guildId, task);
  const feeling = createFeeling({ store, classifying, liveVersion, now, log });
  const importing = await createImporting({
    store,
    startIngest: ingestStarter({ databasePath: config.databasePath, keys }),
    download,
    findPlaces: placeFinder(client),
    folder: `${config.databasePath}-imports`,
    now,
    log,
  });
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
    backfilling,
    collecting,
    composing,
    continuing,
    corpusStatuses,
    describeOutcome,
    feeling,
    imitating,
    importing,
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
    await missed.note();
    await retraining.settleOverdue();
    const ready = await connect(client, token);
    log.info({ user: ready.user.username, servers: ready.guilds.cache.size }, 'connected to Discord');
    await registerCommands(ready, [...commands.values()].map(toDiscord), log);
  } catch (error) {
    await store.close();
    throw error;
  }

  await missed.listening();
  followConnection(client, missed, logFailure);
  const listening = new Cron(LISTENING_CRON, { protect: true, catch: logFailure }, () => missed.beat());

  await following.settled();
  await following.eraseLeft();
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
      starting.stop();
      await backfilling.stop();
      await retraining.stop();
      await ticking;
      await started;
      await moderating.stop();
      await importing.stop();
      await openWork.settled(PATIENCE_MS);
      // What still writes ends with an error, which is an answer, too.
      await sampler.close();
      await Promise.all([replying.settled(), openWork.settled(PATIENCE_MS)]);
      await classifying.close();
      await pictures.close();
      client.removeAllListeners();
      await client.destroy();
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

function describeOtherReaders(_place: object, channels: readonly string[], locale: Locale) {
  return { content: stringsFor(locale).following.otherReaders({ channels }) };
}

function engineFor({ engine, trainThreads }: Config): Choice {
  try {
    return chooseKernel(engine, trainThreads);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new UserError('engine_unavailable', { engine: error.engine, reason: error.message });
  }
}
