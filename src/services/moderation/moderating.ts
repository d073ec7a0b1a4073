import type { Logger } from 'pino';
import type { Locale } from '../../i18n/index.js';
import type { Store } from '../../store/open.js';
import type { Classifying } from '../../training/classifying-client.js';
import { createActing } from './acting.js';
import type { StartInTurn } from '../retraining/classifier-turns.js';
import { createSightings } from './sightings.js';
import type { Enforcer } from './enforcer.js';
import { createErasing } from './erasing.js';
import { createExamining } from './examining.js';
import { createLearning } from './learning.js';
import { createModerationSettings } from './settings.js';
import { createNotices } from './notices.js';
import { createRehearsing } from './rehearsing.js';
import { createReviewing } from './reviewing.js';
import { createSpamStats } from './spam-stats.js';
import { createSwitching } from './switching.js';
import type { Waiting } from '../retraining/turns.js';
import { createWatching } from './watching.js';

export type Moderating = Awaited<ReturnType<typeof createModerating>>;

/** Watches for spam, lets moderators judge and act, and learns from them. Off in every guild until it is switched on. */
export async function createModerating(parts: {
  store: Store;
  classifying: Classifying;
  enforcer: Enforcer;
  startClassifierTraining: StartInTurn;
  /** The language of what a guild's moderators and members are told unasked. */
  localeOf: (guildId: string) => Locale;
  permitted: boolean;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const settings = await createModerationSettings(parts);
  const shared = { ...parts, settings };
  const examining = createExamining({ ...parts, sightings: createSightings() });
  const notices = createNotices(shared);
  const acting = createActing(shared);
  const eraseOld = createErasing(parts);
  const watching = createWatching({ ...shared, examining, acting, notices });
  const reviewing = createReviewing({ ...shared, examining, acting, notices, eraseOld });
  const { watch, unwatch, automate } = createSwitching(shared);
  const { backtest } = createRehearsing(shared);
  const learning = createLearning(parts);
  function acquaint(guildId: string): void {
    learning
      .acquaint(guildId, 'spam')
      .catch((error: unknown) => parts.log.error({ err: error }, "a server's chat could not be learned"));
  }

  await eraseOld();
  const { judge, act, callSpam, callFine, dispute, next, removed } = reviewing;

  return {
    received: watching.received,
    removed,
    counts: watching.counts,

    async watch(...[guildId, ...how]: Parameters<typeof watch>) {
      const changed = await watch(guildId, ...how);
      acquaint(guildId);
      return changed;
    },
    unwatch,
    automate,
    settings: settings.of,
    exempt: settings.exempt,
    include: settings.include,
    exemptions: settings.exemptions,
    forget: settings.forget,

    next,
    judge,
    act,
    callSpam,
    callFine,
    dispute,

    undo: acting.undo,
    newest: acting.newest,
    logged: acting.logged,

    backtest,
    retrain: (guildId: string, minutes?: number, onWait?: Waiting['onWait']) =>
      learning.retrain(guildId, 'spam', minutes, onWait),
    stats: createSpamStats({ ...shared, watching }),

    eraseOld,

    /** Shows flags in the review channel as they are now, soon. */
    refresh(flagIds: readonly string[]): void {
      for (const id of flagIds) notices.refresh(id);
    },

    /** What is due from time to time: learning new verdicts, and the chat of servers that were not known yet. */
    async retrainStale(): Promise<void> {
      await learning.retrainStale('spam');
      for (const guildId of settings.watchedGuilds()) await learning.acquaint(guildId, 'spam');
    },

    /** Resolves when every message that was received is looked at, and every flag is shown. */
    async settled(): Promise<void> {
      await watching.settled();
      await notices.settled();
    },

    async stop(): Promise<void> {
      await watching.stop();
      await learning.stop();
      await notices.settled();
    },
  };
}
