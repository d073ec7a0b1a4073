import type { IncomingMessage } from '../../src/services/collecting.js';
import { createFairUse, type FairUseLimits } from '../../src/services/fair-use.js';
import { createComposing } from '../../src/services/talking/composing.js';
import { createContinuing } from '../../src/services/talking/continuing.js';
import type { Conversations, Said } from '../../src/services/talking/conversations.js';
import { createImitating } from '../../src/services/talking/imitating.js';
import { createPredicting } from '../../src/services/talking/predicting.js';
import { createPrivacy } from '../../src/services/privacy/privacy.js';
import { createReplying } from '../../src/services/talking/replying.js';
import { createTalkSettings } from '../../src/services/talking/settings.js';
import { createVoting } from '../../src/services/talking/voting.js';
import { PUBLIC } from '../../src/store/messages.js';
import type { Sampler } from '../../src/training/sampling-client.js';
import type { Prediction, WriteRequest, Written } from '../../src/training/writing.js';
import { GENEROUS, silent } from './client.js';
import { temporaryDatabase, temporaryStore } from './store.js';

export const BOT = '900';
export const PREDICTION: Prediction = {
  next: [
    { character: 'e', end: false, probability: 0.5 },
    { character: ' ', end: false, probability: 0.25 },
    { character: '', end: true, probability: 0.125 },
    { character: '`', end: false, probability: 0.0625 },
  ],
  rest: 0.0625,
  surprise: [
    { character: 't', bits: 4 },
    { character: 'h', bits: 1 },
  ],
  bitsPerCharacter: 2.5,
  typical: 0.75,
};

/** Everything that talks, over a real database; the network writes what it was asked for in brackets, or what `says` says. */
export async function talkingSet(
  says?: (request: WriteRequest) => string,
  port?: Conversations,
  limits: Partial<FairUseLimits> = {},
) {
  const databasePath = temporaryDatabase();
  const store = await temporaryStore(databasePath);
  const clock = { now: 1_000_000 };
  /** What the dice show, from 0 to 1; each throw is a little more. */
  const dice = { next: 0.5 };
  let throws = 0;
  const random = () => dice.next + throws++ * 1e-10;
  const now = () => clock.now;
  const asked: WriteRequest[] = [];
  /** Of what the network was asked for, a prediction or a text. */
  const versions: number[] = [];
  const held: (() => void)[] = [];
  const pen = { isHeld: false };
  const known = ['100'];

  const sampler: Pick<Sampler, 'write' | 'speakers' | 'predict'> = {
    async write(request, onText, signal): Promise<Written> {
      asked.push(request);
      versions.push(request.version);
      const { wanted } = request;
      const given = wanted.kind === 'message' ? wanted.opening : '';
      const text = given + (says?.(request) ?? `[${wanted.kind === 'message' ? '' : wanted.prompt}]`);
      onText?.(text.slice(0, 1));
      if (pen.isHeld && signal?.aborted !== true) {
        await new Promise<void>((resolve) => {
          held.push(resolve);
          signal?.addEventListener('abort', () => resolve());
        });
      }
      const stopped = signal?.aborted === true;
      return { text: stopped ? text.slice(0, 1) : text, stopped, refused: 0 };
    },
    speakers: async () => known,
    async predict({ version }) {
      versions.push(version);
      return PREDICTION;
    },
  };
  const conversations = fakeConversations();
  const edge = port ?? conversations.port;
  const talk = await createTalkSettings({ store, now });
  const composing = createComposing({
    store,
    sampler,
    settings: talk,
    emojiOf: () => new Map([['kek', '<:kek:1234567890123456789>']]),
    now,
    random,
  });
  const fairUse = createFairUse({ ...GENEROUS, ...limits }, now);
  const voting = createVoting({ store, composing, conversations: edge, now, log: silent });
  const refreshed: string[] = [];
  const privacy = createPrivacy({
    store,
    composing,
    voting,
    moderating: { refresh: (ids) => void refreshed.push(...ids) },
    policy: { deadlineHours: 72, keepLeftDays: 30, isSealed: false, url: undefined },
    now,
    log: silent,
  });
  return {
    databasePath,
    store,
    clock,
    dice,
    asked,
    versions,
    sampler,
    /** Whom the model knows by a tag. */
    known,
    conversations,
    talk,
    composing,
    privacy,
    /** The flags that were shown anew. */
    refreshed,
    fairUse,
    continuing: createContinuing({ store, composing }),
    imitating: createImitating({ composing, privacy, sampler }),
    predicting: createPredicting({ composing, sampler, settings: talk }),
    replying: createReplying({
      store,
      composing,
      conversations: edge,
      settings: talk,
      fairUse,
      localeOf: () => 'en',
      now,
      random,
      log: silent,
    }),
    voting,
    /** Makes one more version live. */
    promote: (checkpoint = new Uint8Array([1]), guildId = '1', audience = PUBLIC) =>
      store.models.promote({
        guild_id: guildId,
        audience,
        checkpoint,
        bits_per_character: 2,
        corpus_until: 10 * 60_000,
        created_at: 0,
      }),
    /** Keeps texts from being finished; they can only be stopped, or let go on. */
    hold() {
      pen.isHeld = true;
    },
    letGoOn() {
      pen.isHeld = false;
      for (const goOn of held.splice(0)) goOn();
    },
  };
}

/** A Discord where everything works, but for what a test changes in it. */
function fakeConversations() {
  const answers: (Said & { to: string })[] = [];
  const removed: string[] = [];
  const state = {
    answers,
    removed,
    history: [] as IncomingMessage[],
    maySpeak: true,
    audiences: {} as Record<string, string | undefined>,
    isGone: false,
    mayNotRemove: false,
    whileTyping: undefined as (() => Promise<unknown>) | undefined,
  };
  const port: Conversations = {
    addresses: () => [`<@${BOT}>`, `<@!${BOT}>`],
    maySpeak: () => state.maySpeak,
    audienceOf: (placeId) => state.audiences[placeId] ?? PUBLIC,
    before: async (_message, limit) => state.history.slice(-limit),
    showTyping: async () => void (await state.whileTyping?.()),
    answer: async ({ id }, said) => {
      if (state.isGone) return undefined;
      answers.push({ to: id, ...said });
      return `answer to ${id}`;
    },
    remove: async (placeId, messageId) => {
      if (state.mayNotRemove) throw new Error('Missing Permissions');
      removed.push(`${placeId}/${messageId}`);
    },
  };
  return Object.assign(state, { port });
}

/** A message of a person in channel 10 of guild 1. */
export function incoming(id: string, content: string, more: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    id,
    guildId: '1',
    channelId: '10',
    threadId: undefined,
    authorId: '100',
    content,
    attachments: [],
    mentions: 0,
    authorCreatedAt: 0,
    authorRoleIds: [],
    authorIsModerator: false,
    replyToId: undefined,
    editedAt: 0,
    createdAt: 0,
    fromPerson: true,
    ...more,
  };
}
