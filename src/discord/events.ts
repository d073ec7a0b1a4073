import { type Client, Events, type Message, MessageType } from 'discord.js';
import type { Logger } from 'pino';
import { toUserError } from '../errors.js';
import { describeError } from '../i18n/index.js';
import type { Collecting, IncomingMessage } from '../services/collecting.js';

/** Hands the gateway's message events to collecting. */
export function listen(client: Client, collecting: Collecting, log: Logger): void {
  /** An event that cannot be stored is logged; the next one is tried again. */
  const store = (work: Promise<void>) => {
    work.catch((error: unknown) => {
      const problem = toUserError(error);
      log.error({ err: error }, problem === undefined ? 'an event was not stored' : describeError(problem));
    });
  };

  client.on(Events.MessageCreate, (message) => {
    const incoming = toIncoming(message);
    if (incoming !== undefined) store(collecting.received(incoming));
  });
  client.on(Events.MessageUpdate, (_old, { id, content }) => {
    // Discord also sends updates that carry no text, for example when a link's preview arrives.
    if (typeof content === 'string') store(collecting.edited({ id, content }));
  });
  client.on(Events.MessageDelete, ({ id }) => store(collecting.removed([id])));
  client.on(Events.MessageBulkDelete, (messages) => store(collecting.removed([...messages.keys()])));
}

/** A discord.js message as collecting wants it; undefined outside of guilds. */
export function toIncoming(message: Message): IncomingMessage | undefined {
  if (message.guildId === null) return undefined;
  const { channel } = message;
  const thread = channel.isThread() ? channel : undefined;
  const isPersonal = message.type === MessageType.Default || message.type === MessageType.Reply;
  return {
    id: message.id,
    guildId: message.guildId,
    channelId: thread?.parentId ?? message.channelId,
    threadId: thread?.id,
    authorId: message.author.id,
    content: message.content,
    replyToId: message.type === MessageType.Reply ? message.reference?.messageId : undefined,
    createdAt: message.createdTimestamp,
    fromPerson: isPersonal && !message.author.bot && message.webhookId === null,
  };
}
