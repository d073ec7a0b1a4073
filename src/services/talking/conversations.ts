import type { IncomingMessage } from '../collecting.js';

/** A message of the bot in a conversation; its buttons belong to the command `Reply in character`. */
export interface Said {
  content: string;
  buttons: { action: string; argument: string; label: string }[];
}

/** What the bot may do in conversations on Discord. Places are channels or threads. What fails throws. */
export interface Conversations {
  /** How people address the bot in what they write. */
  addresses(guildId: string): string[];
  maySpeak(placeId: string): boolean;
  /** The class of those who can read a place; everyone's where it is not known. */
  audienceOf(placeId: string): string;
  /** Up to `limit` messages just before one of them, oldest first; as far as the bot may read. */
  before(message: IncomingMessage, limit: number): Promise<IncomingMessage[]>;
  showTyping(placeId: string): Promise<void>;
  /** Answers a message, pinging nobody; resolves with the answer's id, or undefined where the message is gone. */
  answer(message: IncomingMessage, said: Said): Promise<string | undefined>;
  /** Deletes a message of the bot; one that is gone already is fine. */
  remove(placeId: string, messageId: string): Promise<void>;
}
