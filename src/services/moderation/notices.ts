import type { Logger } from 'pino';
import { type Locale, stringsFor } from '../../i18n/index.js';
import type { Store } from '../../store/open.js';
import type { Enforcer } from './enforcer.js';
import { flagMessage } from './flag-message.js';
import type { ModerationSettings } from './settings.js';

export type Notices = ReturnType<typeof createNotices>;

/** Keeps the review channel true to the flags: one message a flag, one request at a time, however often a flag changes. */
export function createNotices(parts: {
  store: Store;
  enforcer: Enforcer;
  localeOf: (guildId: string) => Locale;
  settings: ModerationSettings;
  log: Logger;
}) {
  const { store, enforcer, localeOf, settings, log } = parts;
  const changed = new Set<string>();
  let posting: Promise<void> | undefined;

  async function post(id: string): Promise<void> {
    const flag = await store.flags.find(id);
    if (flag === undefined) return;
    const channel = flag.notice_channel_id ?? settings.of(flag.guild_id).review_channel_id;
    const isWorthPosting = flag.state === 'open' || flag.notice_id !== null;
    if (channel === null || !isWorthPosting) return;
    const message = flagMessage(flag, stringsFor(localeOf(flag.guild_id)));
    const noticeId = await enforcer.post(channel, message, flag.notice_id ?? undefined);
    if (noticeId === undefined) {
      log.warn(
        { guild: flag.guild_id, channel },
        'the review channel is gone or closed; flags wait in /spam review',
      );
    } else if (noticeId !== flag.notice_id) {
      await store.flags.setNotice(id, channel, noticeId);
    }
  }

  async function postChanged(): Promise<void> {
    for (const id of changed) {
      changed.delete(id);
      await post(id).catch((error: unknown) =>
        log.warn({ err: error, flag: id }, 'a flag could not be shown'),
      );
    }
    posting = undefined;
  }

  return {
    /** Shows a flag as it is now, soon. */
    refresh(id: string): void {
      changed.add(id);
      posting ??= postChanged();
    },

    /** Resolves when every flag is shown as it is. */
    async settled(): Promise<void> {
      await posting;
    },
  };
}
