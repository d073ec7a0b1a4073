import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeCheckpoint } from '../../src/rnn/checkpoint.js';
import type { AnnounceOutcome } from '../../src/services/retraining/outcome.js';
import { createRetraining } from '../../src/services/retraining/retraining.js';
import { createTrainingSettings } from '../../src/services/retraining/settings.js';
import { createTurns } from '../../src/services/retraining/turns.js';
import { createComposing } from '../../src/services/talking/composing.js';
import { createContinuing } from '../../src/services/talking/continuing.js';
import { createTalkSettings } from '../../src/services/talking/settings.js';
import type { Store } from '../../src/store/open.js';
import { createSampler } from '../../src/training/sampling-client.js';
import { trainingStarter } from '../../src/training/training-client.js';
import { silent } from '../helpers/log.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { plainMessages } from '../helpers/training.js';
import { built } from '../helpers/worker.js';

const HOUR = 3_600_000;
const DEADLINE = 72 * HOUR;
const SNOWMAN = '☃';
const SECRETS = 40;
const ask = { guildId: '1', audience: 'public', channelId: '10' };

describe('what was learned and is deleted', () => {
  it('is forgotten by a training from nothing, a restart in its midst: no weights are left that know it', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    const secrets = Array.from({ length: SECRETS }, (_, index) =>
      message(`secret${index}`, index * 4 + 0.5, { content: `the ${SNOWMAN} of zebra street ${SNOWMAN}` }),
    );
    await store.intake.take([...plainMessages(200), ...secrets], 0);
    const clock = { now: 1_000 * HOUR, throws: 0 };
    const first = await botOf(store, path, clock);
    expect(await first.retraining.retrain({ ...ask, minutes: 0.03 })).toMatchObject({ version: 1 });
    expect(await vocabularyOf(store, 1)).toContain(SNOWMAN);
    await first.write(1);

    clock.now += HOUR;
    const ids = secrets.map(({ id }) => id);
    await store.erasure.erase({ guildId: '1', ids }, 'never_learn', clock.now);
    expect((await first.retraining.debt.of('1')).lines).toMatchObject([{ messages: SECRETS }]);
    expect(await vocabularyOf(store, 1)).toContain(SNOWMAN);

    clock.now += DEADLINE / 2;
    await first.retraining.tick();
    await expect
      .poll(async () => (await first.retraining.status(ask))?.progress, { timeout: 30_000 })
      .toBeDefined();
    await first.retraining.stop();
    expect(await store.models.writable('1', 'public')).toEqual([1]);

    const second = await botOf(store, path, clock, first.sampler);
    await second.retraining.settleOverdue();
    await second.retraining.tick();
    await expect.poll(() => second.announced.length, { timeout: 60_000 }).toBe(2);
    expect(second.announced).toMatchObject([
      {
        kind: 'settled',
        why: undefined,
        receipt: { version: 2, reasons: { never_learn: SECRETS }, messages: SECRETS, erased_versions: [1] },
      },
      { kind: 'promoted', report: { fresh: 'changed', from: undefined } },
    ]);
    expect(await vocabularyOf(store, 2)).not.toContain(SNOWMAN);
    expect(await vocabularyOf(store, 2)).not.toContain('z');
    expect(await store.models.checkpoint('1', 1)).toBeUndefined();
    expect(await store.trainings.state('1', 'public')).toBeUndefined();
    expect(await second.retraining.debt.of('1')).toMatchObject({ lines: [], receipt: { version: 2 } });
    await expect(second.write(1)).rejects.toMatchObject({ key: 'version_gone' });
    // The worker that had it in memory does not, either.
    await expect(first.sampler.speakers('1', 1)).rejects.toMatchObject({ key: 'no_model' });
    await second.write();
  });
});

describe('a training', () => {
  it('begins from nothing when the live model owes something, though every message is there again', async () => {
    const path = temporaryDatabase();
    const store = await temporaryStore(path);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take(plainMessages(200), 0);
    const clock = { now: 1_000 * HOUR, throws: 0 };
    const { retraining } = await botOf(store, path, clock);
    await retraining.retrain({ ...ask, minutes: 0.01 });
    clock.now += HOUR;
    expect((await retraining.estimate(ask, { minutes: 0.01 })).beginning.kind).toBe('continues');
    // Somebody opts out, and in again.
    await store.withdrawals.optOut({ guildId: '1', memberId: '2' }, clock.now);
    const back = { guild_id: '1', member_id: '2', collecting: 'in', changed_at: clock.now } as const;
    await store.privacy.change(back);
    const changed = { kind: 'fresh', why: 'changed' };
    expect((await retraining.estimate(ask, { minutes: 0.01 })).beginning).toEqual(changed);
    clock.now += HOUR;
    const outcome = await retraining.retrain({ ...ask, minutes: 0.01 });
    expect(outcome).toMatchObject({ kind: 'promoted', report: { fresh: 'changed', from: undefined } });
    expect((await retraining.debt.of('1')).lines).toEqual([]);
  });
});

async function vocabularyOf(store: Store, version: number): Promise<string[]> {
  const bytes = await store.models.checkpoint('1', version);
  if (bytes === undefined) throw new Error(`version ${version} has no weights`);
  return decodeCheckpoint(bytes).vocabulary.codePoints.map((codePoint) => String.fromCodePoint(codePoint));
}

/** What learns and writes of a bot, with its real workers. */
async function botOf(
  store: Store,
  databasePath: string,
  clock: { now: number; throws: number },
  sampler = samplerOf(store, databasePath),
) {
  const now = () => clock.now;
  /** Never the same, for it names texts. */
  const random = () => ++clock.throws / 1_000;
  const announced: Parameters<AnnounceOutcome>[1][] = [];
  const start = trainingStarter(
    { databasePath, maxSpeakerShare: 1, engine: 'js', threads: 1 },
    built('training-worker'),
  );
  const retraining = createRetraining({
    store,
    startTraining: start,
    sampler,
    turns: createTurns(),
    settings: createTrainingSettings({ store, now }),
    announce: (_place, outcome) => void announced.push(outcome),
    permitted: true,
    defaultMinutes: 0.06,
    minNewMessages: 50,
    defaultSchedule: undefined,
    keepModels: 10,
    deadlineMs: DEADLINE,
    now,
    random,
    log: silent,
  });
  onTestFinished(() => retraining.stop());
  const settings = await createTalkSettings({ store, now });
  const composing = createComposing({ store, sampler, settings, emojiOf: () => new Map(), now, random });
  const { continueText } = createContinuing({ store, composing });
  const write = (version?: number) =>
    continueText({
      guildId: '1',
      audience: 'public',
      channelId: '10',
      memberId: '7',
      prompt: 'the',
      length: 10,
      version,
    });
  return { retraining, sampler, announced, write };
}

function samplerOf(store: Store, databasePath: string) {
  const sampler = createSampler(
    (guildId, version) => store.models.checkpoint(guildId, version),
    { engine: 'js', databasePath },
    silent,
    built('sampling-worker'),
  );
  onTestFinished(() => sampler.close());
  return sampler;
}
