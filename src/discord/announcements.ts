import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import { type Locale, localeOf } from '../i18n/index.js';
import type { Reply } from './define-command.js';
import { toMessage } from './replies.js';

/** Where something is told, and what came of it. */
export type Announce<Outcome> = (place: { guildId: string; channelId: string }, outcome: Outcome) => void;

/**
 * Posts in a channel, in its server's language, how long work ended; a channel that is gone or closed to us is logged.
 * @param command whose buttons the message may have
 * @param keep is handed what is under way, which never fails
 */
export function outcomeAnnouncer<Outcome>(
  client: Client,
  command: string,
  describe: (
    place: { guildId: string; channelId: string },
    outcome: Outcome,
    locale: Locale,
  ) => Promise<Reply> | Reply,
  keep: (work: Promise<void>) => void,
  log: Logger,
): Announce<Outcome> {
  const post: (...announced: Parameters<Announce<Outcome>>) => Promise<void> = async (place, outcome) => {
    const channel = await client.channels.fetch(place.channelId);
    if (channel?.isSendable() !== true) throw new Error('the channel is gone, or closed to me');
    const locale = localeOf('guild' in channel ? channel.guild.preferredLocale : undefined);
    await channel.send(toMessage(await describe(place, outcome, locale), command));
  };
  return (place, outcome) => {
    const posted = post(place, outcome).catch((error: unknown) =>
      log.warn({ err: error, channel: place.channelId }, 'an outcome could not be announced'),
    );
    keep(posted);
  };
}
