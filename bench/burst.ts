import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { encodeClassifier } from '../src/classifier/model.js';
import { sotuWorld } from '../src/playground/sotu.js';
import type { IncomingMessage } from '../src/services/collecting.js';
import type { Enforcer } from '../src/services/moderation/enforcer.js';
import { createModerating } from '../src/services/moderation/moderating.js';
import { openStore } from '../src/store/open.js';
import { createClassifying } from '../src/training/classifying-client.js';
import { learnStarter } from './starters.js';
import { decimals, table } from './table.js';

const GUILD = '1';
const MESSAGES = 10_000;
const RESOLUTION_MS = 5;
const NOBODY_THERE: Enforcer = {
  obstacle: async () => undefined,
  deleteMessage: async () => undefined,
  timeOut: async () => undefined,
  post: async () => '1',
  tell: async () => true,
};

/** Thousands of messages at once: the real service, store and worker, with nobody at the other end. */
export async function burstTable(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'charlatan-bench-'));
  const store = await openStore(join(folder, 'bench.sqlite'), 'read-write');
  const log = pino({ level: 'silent' });
  const classifying = createClassifying(
    (model) => store.classifiers.model(model),
    { engine: undefined },
    log,
  );
  try {
    const report = {
      examples: 0,
      verdicts: 0,
      heldOut: 0,
      accuracy: 0,
      macroF1: 0,
      labels: {},
      calibrationError: 0,
    };
    await store.classifiers.putStarter('spam', encodeClassifier(learnStarter('spam')), report, 0);
    const moderating = await createModerating({
      store,
      classifying,
      enforcer: NOBODY_THERE,
      localeOf: () => 'en',
      startClassifierTraining: () => {
        throw new Error('nothing is trained here');
      },
      permitted: true,
      now: () => performance.now(),
      random: () => 0.5,
      log,
    });
    await moderating.watch(GUILD, '99');
    const [first, ...others] = messages();
    moderating.received(first); // the worker starts and loads its model
    await moderating.settled();

    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    const start = performance.now();
    for (const message of others) moderating.received(message);
    const taken = performance.now() - start;
    await moderating.settled();
    const whole = performance.now() - start;
    delay.disable();
    const { classified, dropped } = moderating.counts(GUILD);
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    await moderating.stop();
    return table(
      [`a burst of ${MESSAGES} messages`, ''],
      [
        ['taken in by the main thread', `${decimals(taken, 1)} ms`],
        ['classified, dropped', `${classified}, ${dropped}`],
        ['until the last was judged', `${decimals(whole / 1000, 2)} s`],
        ['event-loop delay, p99', `${decimals(late(delay.percentile(99)), 1)} ms`],
        ['event-loop delay, longest', `${decimals(late(delay.max), 1)} ms`],
      ],
    );
  } finally {
    await classifying.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

function messages(): IncomingMessage[] {
  const texts = sotuWorld().messages.map(({ content }) => content);
  return Array.from({ length: MESSAGES + 1 }, (_, index) => ({
    id: String(index),
    guildId: GUILD,
    channelId: '10',
    threadId: undefined,
    authorId: String(index % 50),
    content: texts[index % texts.length],
    replyToId: undefined,
    editedAt: 0,
    createdAt: index,
    fromPerson: true,
    attachments: [],
    mentions: 0,
    authorCreatedAt: -1e12,
    authorRoleIds: [],
    authorIsModerator: false,
  }));
}
