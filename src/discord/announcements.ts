import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import { isUserError } from '../errors.js';
import { describeError, localeOf, stringsFor } from '../i18n/index.js';
import type { AnnounceOutcome } from '../services/retraining.js';
import { toMessage } from './replies.js';

/** Posts in a channel how a training ended; a channel that is gone or closed to us is logged. */
export function outcomeAnnouncer(client: Client, log: Logger): AnnounceOutcome {
  const post = async (channelId: string, outcome: Parameters<AnnounceOutcome>[1]) => {
    const channel = await client.channels.fetch(channelId);
    if (channel?.isSendable() !== true) return;
    const strings = stringsFor(localeOf('guild' in channel ? channel.guild.preferredLocale : undefined));
    const content = isUserError(outcome) ? describeError(outcome, strings) : strings.retrain.outcome(outcome);
    await channel.send(toMessage({ content }, 'retrain'));
  };
  return (channelId, outcome) => {
    post(channelId, outcome).catch((error: unknown) =>
      log.warn({ err: error, channel: channelId }, 'an outcome could not be announced'),
    );
  };
}
