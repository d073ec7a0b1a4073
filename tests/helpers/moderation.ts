import { pino } from 'pino';
import type { ClassifierReport, Input } from '../../src/classifier/tasks.js';
import type { Locale } from '../../src/i18n/index.js';
import type { IncomingMessage } from '../../src/services/collecting.js';
import type { Enforcer, FlagMessage, Obstacle } from '../../src/services/moderation/enforcer.js';
import { createModerating } from '../../src/services/moderation/moderating.js';
import type { Store } from '../../src/store/open.js';
import type { ClassifierTrained } from '../../src/training/protocol.js';
import type { StartClassifierTraining } from '../../src/training/classifier-training-client.js';
import type { Classifying } from '../../src/training/classifying-client.js';
import { temporaryStore } from './store.js';

export const REVIEW = '99';
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Moderation over a real store; Discord's edge, the classifier, the clock and the dice are the test's. */
export async function moderation(options: Partial<ModerationOptions> = {}) {
  const { store = await temporaryStore(), permitted = true, watched = true, locale = 'en' } = options;
  const clock = { now: 100 * DAY };
  let dice = 0;
  const discord = scriptedDiscord();
  const classifier = ruleClassifier();
  const training = scriptedTraining();
  const moderating = await createModerating({
    store,
    classifying: classifier,
    enforcer: discord.enforcer,
    localeOf: () => locale,
    startClassifierTraining: training.start,
    permitted,
    now: () => clock.now,
    random: () => (dice += 1e-6),
    log: pino({ level: 'silent' }),
  });
  if (watched) await moderating.watch('1', REVIEW);
  /** Hands messages in and waits until they are looked at and shown. */
  async function receive(...messages: IncomingMessage[]): Promise<void> {
    for (const message of messages) moderating.received(message);
    await moderating.settled();
  }
  return { store, moderating, discord, classifier, training, clock, receive };
}

interface ModerationOptions {
  store: Store;
  permitted: boolean;
  watched: boolean;
  locale: Locale;
}

let nextId = 5_000;
/** A message of member 100 in channel 10 of guild 1, an account of many years. */
export function incoming(content: string, more: Partial<IncomingMessage> = {}): IncomingMessage {
  nextId += 1;
  return {
    id: String(nextId),
    guildId: '1',
    channelId: '10',
    threadId: undefined,
    authorId: '100',
    content,
    attachments: [],
    mentions: 0,
    authorCreatedAt: -3_650 * DAY,
    authorRoleIds: [],
    authorIsModerator: false,
    replyToId: undefined,
    editedAt: 0,
    createdAt: 100 * DAY,
    fromPerson: true,
    ...more,
  };
}

/** What a text says of itself is what the classifier answers: "buy p=0.95" is spam with 95 %, all else with 1 %. */
export function ruleClassifier() {
  const batches: number[] = [];
  const inputs: Input[] = [];
  const failures: Error[] = [];
  // A text says its probability itself, p of its first message and q of a copy in another channel.
  const probability = ({ text, signals }: Input) => {
    const isCopy = signals.some((signal) => signal.startsWith('copies:'));
    const said = (isCopy ? /q=(\d\.\d+)/.exec(text) : null) ?? /p=(\d\.\d+)/.exec(text);
    return Number(said?.[1] ?? 0.01);
  };
  const answer = (input: Input) => Float32Array.of(1 - probability(input), probability(input));
  const classifying: Classifying = {
    async classify(_model, asked) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      batches.push(asked.length);
      inputs.push(...asked);
      return asked.map(answer);
    },
    async explain(_model, input) {
      const { index = 0, 0: found = '' } = /p=\d\.\d+/.exec(input.text) ?? { index: 0 };
      const weights = Float32Array.from(input.text, (_, unit) =>
        unit >= index && unit < index + found.length ? 0.5 : -0.1,
      );
      return { probabilities: answer(input), weights };
    },
    close: async () => {},
  };
  return { ...classifying, batches, inputs, failures };
}

/** Discord's edge: remembers what was asked of it, and refuses what the test wants refused. */
export function scriptedDiscord() {
  const posts: { channel: string; message: FlagMessage; replaces: string | undefined }[] = [];
  const deleted: string[] = [];
  const timeOuts: { userId: string; until: number | undefined }[] = [];
  const told: { userId: string; message: FlagMessage }[] = [];
  const refusals: { before?: Obstacle; delete?: Obstacle; timeOut?: Obstacle; closed?: boolean } = {};
  const enforcer: Enforcer = {
    obstacle: async () => refusals.before,
    async deleteMessage({ messageId }) {
      if (refusals.delete === undefined) deleted.push(messageId);
      return refusals.delete;
    },
    async timeOut({ userId }, until) {
      if (refusals.timeOut === undefined) timeOuts.push({ userId, until });
      return refusals.timeOut;
    },
    async post(channel, message, replaces) {
      if (refusals.closed === true) return undefined;
      posts.push({ channel, message, replaces });
      return replaces ?? `notice${posts.length}`;
    },
    async tell(userId, message) {
      told.push({ userId, message });
      return true;
    },
  };
  return { enforcer, posts, deleted, timeOuts, told, refusals, latest: () => posts.at(-1)?.message };
}

/** A training whose end the test decides. */
function scriptedTraining() {
  const jobs: Parameters<StartClassifierTraining>[0][] = [];
  let end: () => Promise<ClassifierTrained> = () => new Promise(() => {});
  return {
    jobs,
    ends(macroF1: number, more: Partial<ClassifierReport> = {}) {
      end = async () => ({ model: new Uint8Array([7]), report: { ...report(macroF1), ...more } });
    },
    waits() {
      let finish = () => {};
      const waiting = new Promise<void>((resolve) => (finish = resolve));
      const before = end;
      end = () => waiting.then(before);
      return finish;
    },
    start: ((job) => {
      jobs.push(job);
      return { finished: end(), stop: () => {} };
    }) satisfies StartClassifierTraining,
  };
}

export function report(macroF1: number): ClassifierReport {
  const score = { precision: macroF1, recall: macroF1, f1: macroF1, support: 5 };
  return {
    examples: 100,
    verdicts: 20,
    heldOut: 10,
    accuracy: macroF1,
    macroF1,
    labels: { ham: score, spam: score },
    calibrationError: 0.01,
  };
}
