import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandInteraction, Message, MessageComponentInteraction } from 'discord.js';
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { Logger } from 'pino';
import type { Reply } from './define-command.js';
import { toMessage } from './replies.js';

/** An interaction's token dies after 15 minutes; we stop using it a little earlier. */
const TOKEN_LIFE_MS = 14.5 * 60_000;
/** What is done sooner shows nothing before its end: one request instead of two. */
const GRACE_MS = 250;
/** Between two edits. Discord takes five requests in five seconds for one interaction; so the last edit never has to wait, either. */
const EDIT_INTERVAL_MS = 1_250;

export interface Answer {
  /** Replaces the answer soon; of several in a row only the latest is sent. */
  show(reply: Reply): void;
  /** Replaces the answer for good. */
  finish(reply: Reply): Promise<void>;
  /** Shows nothing more before the end; resolves with whether anything was shown. */
  settled(): Promise<boolean>;
}

/**
 * The answer to a deferred interaction. While its token lives, the answer is edited in place; after that it
 * goes on as a message in the channel (a private one: directly to the person), or in `replaced`, the message
 * whose button was pressed. Once somebody deletes it, nothing more is shown; but the end of long work is told all the
 * same, as a message of its own, and so it is after the token's life, for an edit notifies nobody.
 */
export function createAnswer(
  interaction: CommandInteraction | MessageComponentInteraction,
  command: string,
  now: () => number,
  log: Logger,
  replaced?: Message,
): Answer {
  let latest: Reply | undefined;
  let showing = false;
  let finished = false;
  let inFlight: Promise<unknown> = Promise.resolve();
  let later = replaced;
  let isDeleted = false;
  let isLong = false;
  let hasShown = false;
  let stage: string | undefined;

  const tokenLives = () => now() - interaction.createdTimestamp < TOKEN_LIFE_MS;

  /** Resolves with the message's id, unless there is nowhere to send it. */
  async function send(reply: Reply): Promise<string | undefined> {
    const message = toMessage(reply, command);
    if (tokenLives()) return (await interaction.editReply(message)).id;
    if (later !== undefined) await later.edit(message);
    else if (interaction.ephemeral) later = await interaction.user.send(message);
    else if (interaction.channel?.isSendable() === true) later = await interaction.channel.send(message);
    return later?.id;
  }

  /** Sends the answer and tells where it stands, unless it was deleted. */
  async function deliver(reply: Reply): Promise<void> {
    if (isDeleted) return;
    const messageId = await send(reply).catch((error: unknown) => {
      isDeleted = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
      if (!isDeleted) throw error;
      return undefined;
    });
    if (messageId === undefined) return;
    await reply
      .sent?.(messageId)
      .catch((error: unknown) => log.warn({ err: error, command }, 'where an answer stands was not noted'));
  }

  /** Tells the end of long work anew, and leaves a line of it where its progress was shown. */
  async function announce(reply: Reply): Promise<void> {
    try {
      if (interaction.channel?.isSendable() !== true) throw new Error('the channel is closed to me');
      await interaction.channel.send(toMessage(reply, command));
    } catch (error) {
      log.warn({ err: error, command }, 'an end could not be told by a message of its own');
      return deliver(reply);
    }
    if (later === undefined) return;
    const [line] = reply.content.split('\n');
    await deliver({ content: line }).catch((error: unknown) => {
      log.warn({ err: error, command }, 'progress could not be replaced');
    });
  }

  async function showLatest(): Promise<void> {
    showing = true;
    await sleep(GRACE_MS, undefined, { ref: false });
    while (latest !== undefined && !finished) {
      const reply = latest;
      latest = undefined;
      hasShown = true;
      inFlight = deliver(reply).catch((error: unknown) => {
        log.warn({ err: error, command }, 'progress could not be shown');
      });
      await inFlight;
      await sleep(EDIT_INTERVAL_MS, undefined, { ref: false });
    }
    showing = false;
  }

  return {
    show(reply) {
      isLong ||= reply.stage !== undefined;
      // Discord limits how often an old message is edited.
      if (reply.stage !== undefined && reply.stage === stage && !tokenLives()) return;
      stage = reply.stage;
      latest = reply;
      if (!showing) void showLatest();
    },

    async finish(reply) {
      finished = true;
      await inFlight;
      const isNews = isLong && interaction.ephemeral !== true;
      if (isNews && !tokenLives()) return announce(reply);
      await deliver(reply);
      if (isNews && isDeleted) await announce(reply);
    },

    async settled() {
      finished = true;
      await inFlight;
      return hasShown;
    },
  };
}
