import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Config, keysOf } from './config.js';
import { channelsOf } from './discord/audience-in.js';
import { outcomeAnnouncer } from './discord/announcements.js';
import { createClient } from './discord/client.js';
import { createConversations } from './discord/conversations.js';
import { guildEmoji } from './discord/emoji.js';
import { createEnforcer } from './discord/enforcer.js';
import { standingOf } from './discord/guild-events.js';
import { createHistory } from './discord/history.js';
import { download } from './discord/download.js';
import { placeFinder } from './discord/guild-places.js';
import { createOpenWork } from './discord/open-work.js';
import { type Locale, localeOf, stringsFor } from './i18n/index.js';
import { ingestStarter } from './ingest/ingest-client.js';
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
import { openStore } from './store/open.js';
import { classifierTrainingStarter } from './training/classifier-training-client.js';
import { createClassifying } from './training/classifying-client.js';
import { createSampler } from './training/sampling-client.js';
import { trainingStarter } from './training/training-client.js';

export type Parts = Awaited<ReturnType<typeof compose>>;

/** Constructs every part of the bot, and hands each the others that it needs. Nothing runs yet. @throws UserError as openStore does */
export async function compose(
  config: Config,
  apiUrl: string,
  { now, random, log }: { now: () => number; random: () => number; log: Logger },
) {
  const keys = keysOf(config);
  const store = await openStore(config.databasePath, 'read-write', keys);
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
  const channelName = (id: string) => {
    const channel = client.channels.cache.get(id);
    return channel !== undefined && 'name' in channel ? (channel.name ?? undefined) : undefined;
  };
  const corpusStatuses = createCorpusStatuses({ store, debtOf: retraining.debt.of, channelName, now });
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
  const privacy = createPrivacy({ store, composing, voting, moderating, policy, now, log });
  const imitating = createImitating({ composing, privacy, sampler });
  const following = createFollowing({
    store,
    collecting,
    standing: standingOf(client),
    announce: outcomeAnnouncer(client, 'corpus', describeOtherReaders, openWork.keep, log),
    endTrainings: retraining.endAll,
    async forget(guildId, versions) {
      talk.forget(guildId);
      moderating.forget(guildId);
      sampler.drop({ guildId, versions, texts: true });
      await importing.discard(guildId);
    },
    keepLeftDays: config.keepLeftDays,
    now,
    log,
  });

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
    sampler,
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
  return {
    store,
    client,
    sampler,
    classifying,
    services,
    fairUse,
    missed,
    following,
    starting,
    openWork,
  };
}

function describeOtherReaders(_place: object, channels: readonly string[], locale: Locale) {
  return { content: stringsFor(locale).following.otherReaders({ channels }) };
}
