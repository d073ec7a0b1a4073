import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import { localeOf } from '../i18n/index.js';
import type { DescribeOutcome } from '../services/retraining/outcome-message.js';
import type { AnnounceOutcome } from '../services/retraining/outcome.js';
import { toMessage } from './replies.js';

/**
 * Posts in a channel how a training ended; a channel that is gone or closed to us is logged.
 * @param keep is handed what is under way, which never fails
 */
export function outcomeAnnouncer(
  client: Client,
  describe: DescribeOutcome,
  keep: (work: Promise<void>) => void,
  log: Logger,
): AnnounceOutcome {
  const post: (...announced: Parameters<AnnounceOutcome>) => Promise<void> = async (place, outcome) => {
    const channel = await client.channels.fetch(place.channelId);
    if (channel?.isSendable() !== true) throw new Error('the channel is gone, or closed to me');
    const locale = localeOf('guild' in channel ? channel.guild.preferredLocale : undefined);
    await channel.send(toMessage(await describe(place, outcome, locale), 'retrain'));
  };
  return (place, outcome) => {
    const posted = post(place, outcome).catch((error: unknown) =>
      log.warn({ err: error, channel: place.channelId }, 'an outcome could not be announced'),
    );
    keep(posted);
  };
}
