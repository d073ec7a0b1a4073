import type { Logger } from 'pino';
import { cleanMessage } from '../../corpus/clean.js';
import { learnedForm } from '../../corpus/learned-form.js';
import { toUserError, UserError } from '../../errors.js';
import { describeError, type Locale, stringsFor } from '../../i18n/index.js';
import type { Store } from '../../store/open.js';
import type { ContextMessage } from '../../training/writing.js';
import type { IncomingMessage } from '../collecting.js';
import type { FairUse } from '../fair-use.js';
import type { Asked, Composed, Composing, Draft } from './composing.js';
import type { Conversations } from './conversations.js';
import { createPace } from './pace.js';
import { styleOf } from './styles.js';
import { placeIdOf, type TalkSettings } from './settings.js';
import { voteButtons } from './vote-buttons.js';

export type Replying = ReturnType<typeof createReplying>;

/** Of the conversation, the messages that are read before an answer. */
const CONTEXT_MESSAGES = 20;
const MAX_LENGTH = 400;
/** In UTF-16 units: a message has 2,000, some of which a command's answer needs for itself. */
const ROOM = 1_800;

/** Answers that nobody asked for by a command: at most one in this time. */
const PLACE_EVERY_MS = 3_000;
const PERSON_EVERY_MS = 5_000;
const UNASKED_EVERY_MS = 60_000;
/** How often a guild is told that there is no model yet; of anything else people are told once in a window of fair use. */
const NO_MODEL_EVERY_MS = 3_600_000;

/** Answers people in the context of their conversation. */
export function createReplying(parts: {
  store: Store;
  composing: Composing;
  conversations: Conversations;
  settings: TalkSettings;
  fairUse: FairUse;
  localeOf: (guildId: string) => Locale;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const { store, composing, conversations, settings, fairUse, localeOf, now, random, log } = parts;
  const pace = createPace(now);
  const answering = new Set<Promise<void>>();

  /** The conversation up to a message, as the network reads it, without that the bot is addressed in it. */
  async function contextOf(message: IncomingMessage): Promise<ContextMessage[]> {
    const earlier = await conversations.before(message, CONTEXT_MESSAGES - 1);
    const own = await store.generations.inMessages(
      earlier.filter(({ fromPerson }) => !fromPerson).map(({ id }) => id),
    );
    const replies = new Map(own.flatMap((row) => (row.kind === 'reply' ? [[row.message_id, row.text]] : [])));
    const addresses = conversations.addresses(message.guildId);
    return [...earlier, message].flatMap((each): ContextMessage[] => {
      const { id, authorId, fromPerson, content, replyToId } = each;
      const text = fromPerson ? content : (replies.get(id) ?? '');
      const said = learnedForm(cleanMessage(without(addresses, text)) ?? '');
      return said === undefined ? [] : [{ authorId, content: said, isReply: replyToId !== undefined }];
    });
  }

  async function compose(
    message: IncomingMessage,
    memberId: string | null,
    onText?: (draft: Draft) => void,
  ): Promise<Composed> {
    const place = placeIdOf(message);
    const audience = conversations.audienceOf(place);
    const asked: Asked = { guildId: message.guildId, audience, channelId: place, memberId };
    const version = await composing.live(asked);
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

  /** Whether a message of a person is one to answer without a command. */
  function isMeant(message: IncomingMessage, isToBot: boolean): boolean {
    const place = placeIdOf(message);
    if (!message.fromPerson || settings.quietUntil(message) !== undefined) return false;
    if (!isToBot) {
      const chance = settings.chance(message);
      const isDrawn = chance > 0 && random() * 100 < chance;
      if (!isDrawn || learnedForm(cleanMessage(message.content) ?? '') === undefined) return false;
      if (!pace.isFree(`unasked ${place}`, UNASKED_EVERY_MS)) return false;
    }
    return conversations.maySpeak(place);
  }

  function tooSoon(message: IncomingMessage): UserError | undefined {
    const seconds = (ms: number) => ({ seconds: Math.ceil(ms / 1_000) });
    const forPerson = pace.waitMs(`person ${message.authorId}`, PERSON_EVERY_MS);
    if (forPerson > 0) return new UserError('user_cooldown', seconds(forPerson));
    const forPlace = pace.waitMs(`place ${placeIdOf(message)}`, PLACE_EVERY_MS);
    return forPlace > 0 ? new UserError('channel_cooldown', seconds(forPlace)) : undefined;
  }

  async function answer(message: IncomingMessage, isToBot: boolean): Promise<void> {
    const place = placeIdOf(message);
    pace.go(`place ${place}`);
    pace.go(`person ${message.authorId}`);
    if (!isToBot) pace.go(`unasked ${place}`);
    try {
      const admission = await fairUse.admit(message.authorId, place);
      await respond(message, isToBot ? message.authorId : null).finally(() => admission.release());
    } catch (error) {
      const problem = toUserError(error);
      if (problem === undefined) log.warn({ err: error, channel: place }, 'a message was not answered');
      else log.info({ reason: problem.key, ...problem.params, channel: place }, 'a message was not answered');
      if (problem !== undefined && isToBot) await excuse(message, problem);
    }
  }

  async function respond(message: IncomingMessage, memberId: string | null): Promise<void> {
    const typing = conversations
      .showTyping(placeIdOf(message))
      .catch((error: unknown) => log.warn({ err: error }, 'typing could not be shown'));
    const { id, text } = await compose(message, memberId);
    // Typing that is shown after the answer would not end with it.
    await typing;
    // Somebody may have asked for quiet meanwhile.
    if (text.trim() === '' || settings.quietUntil(message) !== undefined) return;
    const messageId = await conversations.answer(message, { content: text, buttons: voteButtons(id) });
    if (messageId !== undefined) await composing.placed(id, messageId);
  }

  /** Tells somebody why there is no answer, each reason once in a while. */
  async function excuse(message: IncomingMessage, problem: UserError): Promise<void> {
    const { guildId } = message;
    const name = `${problem.key} ${whoseProblem(message, problem)}`;
    const everyMs = problem.key === 'no_model' ? NO_MODEL_EVERY_MS : fairUse.windowMs;
    if (!pace.isFree(name, everyMs) || settings.quietUntil(message) !== undefined) return;
    pace.go(name);
    const content = describeError(problem, stringsFor(localeOf(guildId)));
    await conversations.answer(message, { content, buttons: [] });
  }

  return {
    /** Answers, later, a message that is for the bot, and now and then one that is not, where that is switched on. */
    received(message: IncomingMessage, isToBot: boolean): void {
      if (!isMeant(message, isToBot)) return;
      const problem = tooSoon(message);
      if (problem !== undefined && !isToBot) return;
      const answered = (problem === undefined ? answer(message, isToBot) : excuse(message, problem))
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

function without(addresses: readonly string[], text: string): string {
  return addresses.reduce((left, address) => left.replaceAll(address, ' '), text).replace(/ {2,}/g, ' ');
}

/** For whom a reason not to answer holds: for others it is news. */
function whoseProblem(message: IncomingMessage, { key }: UserError): string {
  if (key === 'user_cooldown') return message.authorId;
  return key === 'no_model' ? message.guildId : placeIdOf(message);
}
