import {
  ChannelType,
  type Client,
  Events,
  GatewayDispatchEvents,
  type GatewayMessageDeleteBulkDispatchData,
  type GatewayMessageDeleteDispatchData,
  type Message,
  MessageType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Logger } from 'pino';
import { toUserError } from '../errors.js';
import { describeError } from '../i18n/index.js';
import type { Collecting, IncomingMessage } from '../services/collecting.js';

/** Who else wants the messages of people as they arrive, called at once and never waited for, and the news of deletions. */
export interface Watching {
  received(message: IncomingMessage): void;
  removed(ids: string[]): Promise<void>;
}

/** Who answers people, called at once and never waited for, and hears of deletions: of one message, or a purge of many. */
export interface Talking {
  received(message: IncomingMessage, isToBot: boolean): void;
  removed(ids: string[], isPurge: boolean): Promise<void>;
}

/**
 * Hands the gateway's message events to collecting, and new messages of people to `watching` and `talking`. `keep` gets
 * what is being stored, so that it can be waited for.
 */
export function listen(
  client: Client,
  collecting: Collecting,
  log: Logger,
  watching?: Watching,
  talking?: Talking,
  keep: (work: Promise<void>) => void = () => {},
): void {
  /** An event that cannot be stored is logged; the next one is tried again. */
  const store = (work: Promise<void>) => {
    const logged = work.catch((error: unknown) => {
      const problem = toUserError(error);
      log.error({ err: error }, problem === undefined ? 'an event was not stored' : describeError(problem));
    });
    keep(logged);
  };

  client.on(Events.MessageCreate, (message) => {
    const incoming = toIncoming(message);
    if (incoming === undefined) return;
    if (!isPrivate(message.channel)) store(collecting.received(incoming));
    if (!incoming.fromPerson) return;
    watching?.received(incoming);
    talking?.received(incoming, isToBot(message));
  });
  client.on(Events.MessageUpdate, (_old, message) => {
    const { id, content, editedTimestamp } = message;
    const incoming = message.partial ? undefined : toIncoming(message);
    if (isPrivate(message.channel)) return;
    if (incoming !== undefined) store(collecting.received(incoming, { isUpdate: true }));
    // Some updates carry only the text, and others, such as when a link's preview arrives, not even that.
    else if (typeof content === 'string') {
      store(collecting.edited({ id, content, editedAt: editedTimestamp ?? 0 }));
    }
  });
  // Of messages in threads that it has not seen, such as archived ones, the client itself does not tell.
  client.ws.on(
    GatewayDispatchEvents.MessageDelete,
    ({ guild_id: guildId, id }: GatewayMessageDeleteDispatchData) => removed(guildId, [id], false),
  );
  client.ws.on(
    GatewayDispatchEvents.MessageDeleteBulk,
    ({ guild_id: guildId, ids }: GatewayMessageDeleteBulkDispatchData) => removed(guildId, ids, true),
  );

  function removed(guildId: string | undefined, ids: string[], isPurge: boolean): void {
    if (guildId === undefined) return;
    store(collecting.removed(guildId, ids));
    if (watching !== undefined) store(watching.removed(ids));
    if (talking !== undefined) store(talking.removed(ids, isPurge));
  }
}

/** Whether only those see a thread who were invited: these are never collected. */
export function isPrivate({ type }: { type: ChannelType }): boolean {
  return type === ChannelType.PrivateThread;
}

/** Whether somebody speaks to the bot: mentions it, or the role that is only its own, or answers a message of it. */
function isToBot({ client, mentions }: Message): boolean {
  const me = client.user?.id;
  return (
    mentions.users.some(({ id }) => id === me) ||
    mentions.repliedUser?.id === me ||
    mentions.roles.some(({ tags }) => tags?.botId === me)
  );
}

/** A discord.js message, new, old or of a bot, as services want it; undefined outside of guilds. */
export function toIncoming(message: Message): IncomingMessage | undefined {
  const { channel, guildId, mentions } = message;
  if (guildId === null) return undefined;
  const thread = channel.isThread() ? channel : undefined;
  const isPersonal = message.type === MessageType.Default || message.type === MessageType.Reply;
  return {
    id: message.id,
    guildId,
    channelId: thread?.parentId ?? message.channelId,
    threadId: thread?.id,
    authorId: message.author.id,
    content: message.content,
    attachments: message.attachments.map(({ name }) => name),
    mentions: mentions.users.size + mentions.roles.size + Number(mentions.everyone),
    authorCreatedAt: message.author.createdTimestamp,
    authorRoleIds: [...(message.member?.roles.cache.keys() ?? [])].filter((id) => id !== guildId),
    authorIsModerator: message.member?.permissions.has(PermissionFlagsBits.ManageMessages) ?? false,
    replyToId: message.type === MessageType.Reply ? message.reference?.messageId : undefined,
    createdAt: message.createdTimestamp,
    editedAt: message.editedTimestamp ?? 0,
    fromPerson: isPersonal && !message.author.bot && message.webhookId === null,
  };
}
