import type { Message, User } from './objects.js';

const REPLY = 19;

/**
 * Makes a message the answer to another one of its channel; with `pings` it mentions whom it answers.
 * @param guildId undefined in a direct channel
 */
export function answering(
  message: Message,
  answered: Message,
  guildId: string | undefined,
  pings: boolean,
): Message {
  return {
    ...message,
    type: REPLY,
    mentions: pings ? withUser(message.mentions, answered.author) : message.mentions,
    message_reference: {
      type: 0,
      channel_id: answered.channel_id,
      message_id: answered.id,
      ...(guildId !== undefined && { guild_id: guildId }),
    },
    referenced_message: quoted(answered),
  };
}

/** A message as others quote it: what it answers itself is left out. */
export function quoted(message: Message): Message {
  const quote = { ...message };
  delete quote.referenced_message;
  return quote;
}

function withUser(users: User[], user: User): User[] {
  return users.some(({ id }) => id === user.id) ? users : [...users, user];
}
