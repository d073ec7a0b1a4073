import { UserError } from '../../errors.js';
import { type Locale, stringsFor } from '../../i18n/index.js';
import type { Store } from '../../store/open.js';
import type { ModerationRow } from '../../store/schema.js';
import type { Enforcer } from './enforcer.js';
import type { ModerationSettings } from './settings.js';

export type Switching = ReturnType<typeof createSwitching>;

/** A rehearsal older than this says too little about today. */
const REHEARSED_MS = 7 * 24 * 3_600_000;

/** Switches watching and automatic actions on and off, once what they need is there. */
export function createSwitching(parts: {
  store: Store;
  enforcer: Enforcer;
  localeOf: (guildId: string) => Locale;
  settings: ModerationSettings;
  now: () => number;
}) {
  const { store, enforcer, localeOf, settings, now } = parts;

  return {
    /**
     * Watches a guild from now on: flags go to the review channel.
     * @throws UserError review_channel_closed
     */
    async watch(guildId: string, channelId: string, flagThreshold?: number): Promise<ModerationRow> {
      const before = settings.of(guildId);
      const flag_threshold = flagThreshold ?? before.flag_threshold;
      const content = stringsFor(localeOf(guildId)).spam.welcome({ ...before, flag_threshold });
      const posted = await enforcer.post(channelId, { content });
      if (posted === undefined) throw new UserError('review_channel_closed', { channel: channelId });
      await settings.change(guildId, { review_channel_id: channelId, flag_threshold });
      return settings.of(guildId);
    },

    /** Ends watching and all that happens by itself, so that watching again begins harmless. */
    async unwatch(guildId: string): Promise<void> {
      await settings.change(guildId, { review_channel_id: null, auto_action: 'none' });
    },

    /**
     * Lets the bot act by itself, or no longer.
     * @param asked by whom and where: the bot's permissions are looked up there and in the collected channels
     * @throws UserError not_watching, backtest_needed, permission_missing
     */
    async automate(
      guildId: string,
      change: {
        action: ModerationRow['auto_action'];
        threshold?: number | undefined;
        minutes?: number | undefined;
      },
      asked: { channelId: string; userId: string },
    ): Promise<ModerationRow> {
      const before = settings.of(guildId);
      const { action, threshold = before.auto_threshold, minutes = before.timeout_minutes } = change;
      const version = (await store.classifiers.live(guildId, 'spam'))?.version ?? 0;
      if (action !== 'none') {
        if (before.review_channel_id === null) throw new UserError('not_watching', {});
        const since = now() - REHEARSED_MS;
        const rehearsed = await store.backtests.covering(guildId, { threshold, version, since });
        if (rehearsed === undefined) throw new UserError('backtest_needed', { threshold });
        const collected = await store.channels.summary(guildId);
        for (const channelId of new Set([asked.channelId, ...collected.map(({ id }) => id)])) {
          const obstacle = await enforcer.obstacle(action, { guildId, channelId, authorId: asked.userId });
          // What else stands in the way is about the one who asks, not about whom it will meet.
          if (obstacle === 'missing_permission')
            throw new UserError('permission_missing', { action, channel: channelId });
        }
      }
      await settings.change(guildId, {
        auto_action: action,
        auto_threshold: threshold,
        auto_version: version,
        timeout_minutes: minutes,
      });
      return settings.of(guildId);
    },
  };
}
