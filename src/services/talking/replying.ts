import type { Logger } from 'pino';
import { cleanMessage } from '../../corpus/clean.js';
import { isUserError, UserError } from '../../errors.js';
import { describeError, type Locale, stringsFor } from '../../i18n/index.js';
import type { Store } from '../../store/open.js';
import type { ContextMessage } from '../../training/writing.js';
import type { IncomingMessage } from '../collecting.js';
import type { Asked, Composed, Composing, Draft } from './composing.js';
import type { Conversations } from './conversations.js';
import { createPace } from './pace.js';
import { styleOf } from './styles.js';
import type { TalkSettings } from './settings.js';
import { voteButtons } from './vote-buttons.js';

export type Replying = ReturnType<typeof createReplying>;

/** Of the conversation, the messages that are read, and their characters, before an answer. */
const CONTEXT_MESSAGES = 20;
const CONTEXT_CHARACTERS = 2_000;
const MAX_LENGTH = 400;
/** In UTF-16 units: a message has 2,000, some of which a command's answer needs for itself. */
const ROOM = 1_800;

/** Answers that nobody asked for by a command: at most one in this time. */
const PLACE_EVERY_MS = 3_000;
const PERSON_EVERY_MS = 5_000;
const UNASKED_EVERY_MS = 60_000;
/** How often a guild is told that there is no model yet. */
const EXCUSE_EVERY_MS = 3_600_000;

/** Answers people in the context of their conversation. */
export function createReplying(parts: {
  store: Store;
  composing: Composing;
  conversations: Conversations;
  settings: TalkSettings;
  localeOf: (guildId: string) => Locale;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const { store, composing, conversations, settings, localeOf, now, random, log } = parts;
  const pace = createPace(now);
  const answering = new Set<Promise<void>>();

  /** The conversation up to a message, without that the bot is addressed in it. */
  async function contextOf(message: IncomingMessage): Promise<ContextMessage[]> {
    const earlier = await conversations.before(message, CONTEXT_MESSAGES - 1);
    const own = await store.generations.inMessages(
      earlier.filter(({ fromPerson }) => !fromPerson).map(({ id }) => id),
    );
    const replies = new Map(own.flatMap((row) => (row.kind === 'reply' ? [[row.message_id, row.text]] : [])));
    const addresses = conversations.addresses(message.guildId);
    const said = [...earlier, message].flatMap((each): ContextMessage[] => {
      const { id, authorId, fromPerson, content, replyToId } = each;
      const text = fromPerson ? content : (replies.get(id) ?? '');
      const cleaned = cleanMessage(without(addresses, text));
      if (cleaned === undefined) return [];
      return [{ authorId, content: cleaned, isReply: replyToId !== undefined }];
    });
    return newest(said, CONTEXT_CHARACTERS);
  }

  async function compose(
    message: IncomingMessage,
    memberId: string | null,
    onText?: (draft: Draft) => void,
  ): Promise<Composed> {
    const asked: Asked = { guildId: message.guildId, channelId: placeOf(message), memberId };
    const version = await composing.live(message.guildId);
    const context = await contextOf(message);
    return composing.compose(
      asked,
      {
        kind: 'reply',
        prompt: '',
        length: MAX_LENGTH,
        style: styleOf(),
        version,
        room: ROOM,
        wanted: {
          kind: 'message',
          context,
          authorId: undefined,
          isReply: true,
          opening: '',
          maxLength: MAX_LENGTH,
        },
      },
      onText,
    );
  }

  /** Whether a message of a person is answered without a command. */
  function isAnswered(message: IncomingMessage, isToBot: boolean): boolean {
    const place = placeOf(message);
    if (!message.fromPerson || settings.quietUntil(message) !== undefined) return false;
    if (!isToBot) {
      const chance = settings.chance(message);
      const isDrawn = chance > 0 && random() * 100 < chance;
      if (!isDrawn || cleanMessage(message.content) === undefined) return false;
      if (!pace.isFree(`unasked ${place}`, UNASKED_EVERY_MS)) return false;
    }
    return (
      pace.isFree(`place ${place}`, PLACE_EVERY_MS) &&
      pace.isFree(`person ${message.authorId}`, PERSON_EVERY_MS) &&
      conversations.maySpeak(place)
    );
  }

  async function answer(message: IncomingMessage, isToBot: boolean): Promise<void> {
    const place = placeOf(message);
    pace.go(`place ${place}`);
    pace.go(`person ${message.authorId}`);
    if (!isToBot) pace.go(`unasked ${place}`);
    const typing = conversations
      .showTyping(place)
      .catch((error: unknown) => log.warn({ err: error }, 'typing could not be shown'));
    try {
      const { id, text } = await compose(message, isToBot ? message.authorId : null);
      // Typing that is shown after the answer would not end with it.
      await typing;
      // Somebody may have asked for quiet meanwhile.
      if (text.trim() === '' || settings.quietUntil(message) !== undefined) return;
      const messageId = await conversations.answer(message, { content: text, buttons: voteButtons(id) });
      if (messageId !== undefined) await composing.placed(id, messageId);
    } catch (error) {
      if (isToBot && isUserError(error) && error.key === 'no_model') await excuse(message, error);
      else log.warn({ err: error, channel: place }, 'a message was not answered');
    }
  }

  async function excuse(message: IncomingMessage, error: UserError): Promise<void> {
    const { guildId } = message;
    if (!pace.isFree(`excuse ${guildId}`, EXCUSE_EVERY_MS)) return;
    pace.go(`excuse ${guildId}`);
    const content = describeError(error, stringsFor(localeOf(guildId)));
    await conversations.answer(message, { content, buttons: [] });
  }

  return {
    /** Answers, later, a message that is for the bot, and now and then one that is not, where that is switched on. */
    received(message: IncomingMessage, isToBot: boolean): void {
      if (!isAnswered(message, isToBot)) return;
      const answered = answer(message, isToBot)
        .catch((error: unknown) => log.warn({ err: error }, 'an excuse could not be made'))
        .finally(() => answering.delete(answered));
      answering.add(answered);
    },

    /** Resolves when every message that was received is answered. */
    async settled(): Promise<void> {
      await Promise.all(answering);
    },

    /**
     * The answer to a message that somebody chose.
     * @throws UserError answers_people_only, quiet_here, no_model, guard_refused, sampling_died
     */
    async reply(
      message: IncomingMessage,
      memberId: string,
      onText?: (draft: Draft) => void,
    ): Promise<Composed> {
      if (!message.fromPerson) throw new UserError('answers_people_only', {});
      const until = settings.quietUntil(message);
      if (until !== undefined) throw new UserError('quiet_here', { until });
      return compose(message, memberId, onText);
    },
  };
}

/** Where a message stands: its thread, or its channel. */
function placeOf({ channelId, threadId }: IncomingMessage): string {
  return threadId ?? channelId;
}

function without(addresses: readonly string[], text: string): string {
  return addresses.reduce((left, address) => left.replaceAll(address, ' '), text).replace(/ {2,}/g, ' ');
}

/** The last messages that have at most so many characters together; of a longer last one, its end. */
function newest(messages: readonly ContextMessage[], limit: number): ContextMessage[] {
  const kept: ContextMessage[] = [];
  let left = limit;
  for (const message of messages.toReversed()) {
    const characters = [...message.content];
    if (characters.length > left && kept.length > 0) break;
    kept.unshift({ ...message, content: characters.slice(-left).join('') });
    left -= characters.length;
    if (left <= 0) break;
  }
  return kept;
}
