/** What keeps the bot from acting on a message or a member. */
export type Obstacle = 'missing_permission' | 'role_too_high' | 'owner' | 'not_a_member' | 'gone';

/** A message of the bot about a flag; its buttons belong to the command `spam`. */
export interface FlagMessage {
  content: string;
  buttons?: { action: string; argument: string; label: string; style?: 'plain' | 'good' | 'danger' }[];
}

/** What moderating may do on Discord. What is not an obstacle, such as an outage, throws. */
export interface Enforcer {
  /** What would stop the bot from doing this, checked before it is tried: bot permissions, then role order. */
  obstacle(
    action: 'delete' | 'timeout',
    target: { guildId: string; channelId: string; authorId: string },
  ): Promise<Obstacle | undefined>;
  /** Resolves with nothing once it is done. */
  deleteMessage(
    target: { guildId: string; channelId: string; messageId: string },
    reason: string,
  ): Promise<Obstacle | undefined>;
  /** Until a time, at most 28 days ahead; undefined lifts the time-out. */
  timeOut(
    target: { guildId: string; userId: string },
    until: number | undefined,
    reason: string,
  ): Promise<Obstacle | undefined>;
  /** Posts or replaces a message of the review channel; resolves with its id, or undefined where the channel is gone or closed. */
  post(channelId: string, message: FlagMessage, replaces?: string): Promise<string | undefined>;
  /** Tells a member by direct message; false where their messages are closed. */
  tell(userId: string, message: FlagMessage): Promise<boolean>;
}
