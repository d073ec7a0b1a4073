import type { IncomingMessage } from '../collecting.js';

/**
 * The past of channels as Discord has it. Whatever is thrown but a UserError is an outage: the same question may be
 * answered later.
 */
export interface History {
  /**
   * The channel, if messages can be written in it, and its public threads, active or archived; a thread that was silent
   * since this moment may be left out.
   * @throws UserError channel_gone, channel_not_readable
   */
  places(channelId: string, since: number): Promise<string[]>;

  /**
   * The newest messages of a channel or thread that are older than the message `before`, newest first.
   * @throws UserError channel_gone, channel_not_readable
   */
  page(placeId: string, before: string | undefined, limit: number): Promise<IncomingMessage[]>;

  /**
   * Whether a channel or thread has a message.
   * @throws UserError channel_gone, channel_not_readable
   */
  has(placeId: string, messageId: string): Promise<boolean>;
}
