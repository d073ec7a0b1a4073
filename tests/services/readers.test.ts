import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorKey } from '../../src/i18n/index.js';
import { createModels } from '../../src/services/retraining/models.js';
import { createOutcomeMessages } from '../../src/services/retraining/outcome-message.js';
import { silent } from '../helpers/client.js';
import { PUBLIC } from '../helpers/readers.js';
import { incoming, talkingSet } from '../helpers/talking.js';
import { trainingReport } from '../helpers/training-report.js';

const STAFF = 'class of the staff';
const LOUNGE = '10';
const OFFICE = '20';
/** In the order in which they are trained. */
const [OLD_STAFF_VERSION, STAFF_VERSION, PUBLIC_VERSION] = [1, 2, 3];
const inLounge = { guildId: '1', audience: PUBLIC, channelId: LOUNGE, memberId: '100' };
const inOffice = { guildId: '1', audience: STAFF, channelId: OFFICE, memberId: '300' };
const inOtherOffice = { ...inOffice, audience: 'class of others', channelId: '30' };

/** Every way to see something that a model wrote or reckoned; `version` is asked for where one can be. */
const WAYS: Record<string, (set: Set, asked: typeof inLounge) => Promise<unknown>> = {
  '/continue': ({ continuing }, asked) => continuing.continueText({ ...asked, prompt: 'x' }),
  'Continue this': ({ continuing }, asked) => continuing.continueMessage(incoming('5', 'so'), asked),
  Again: async ({ continuing }, asked) =>
    continuing.again((await continuing.continueText({ ...asked, prompt: 'x' })).id, asked),
  More: async ({ continuing }, asked) =>
    continuing.more((await continuing.continueText({ ...asked, prompt: 'x' })).id, asked),
  '/imitate': ({ imitating }, asked) =>
    imitating.imitate({ ...asked, member: { id: '100', name: 'Max', isBot: false }, opening: '' }),
  '/predict': ({ predicting }, asked) => predicting.predict(asked, 'x'),
  'a mention': async ({ replying }, { channelId }) => {
    replying.received(incoming('6', 'hello', { channelId }), true);
    await replying.settled();
  },
  'a message in a thread': async ({ replying }, { channelId }) => {
    replying.received(incoming('7', 'hi', { channelId, threadId: `thread of ${channelId}` }), true);
    await replying.settled();
  },
  'Reply in character': ({ replying }, { channelId, memberId }) =>
    replying.reply(incoming('8', 'hey', { channelId }), memberId),
};

describe('whatever a model is asked for', () => {
  it.each(Object.entries(WAYS))('by %s is asked of the model of those who read it', async (_name, ask) => {
    const set = await twoModels();
    await ask(set, inLounge);
    expect(new Set(set.versions.splice(0))).toEqual(new Set([PUBLIC_VERSION]));
    set.clock.now += 60_000;
    await ask(set, inOffice);
    expect(new Set(set.versions.splice(0))).toEqual(new Set([STAFF_VERSION]));
    set.clock.now += 60_000;
    await ask(set, inOtherOffice);
    expect(new Set(set.versions)).toEqual(new Set([PUBLIC_VERSION]));
  });

  it('is asked of the public model where the readers’ own has no live version', async () => {
    const set = await twoModels();
    await set.store.models.withdraw('1', STAFF);
    expect((await set.continuing.continueText({ ...inOffice, prompt: 'x' })).version).toBe(PUBLIC_VERSION);
  });

  it('comes from these places in the code, each of which is tried here', () => {
    const source = resolve(import.meta.dirname, '../../src');
    const asking = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('training'))
      .filter((file) => /sampler\s*\.(write|predict)\(/.test(readFileSync(join(source, file), 'utf8')));
    expect(asking.sort()).toEqual([
      'services/retraining/models.ts',
      'services/retraining/outcome-message.ts',
      'services/talking/composing.ts',
      'services/talking/predicting.ts',
    ]);
  });
});

describe('a version that is asked for by its number', () => {
  it('writes only where its readers are; the public one everywhere', async () => {
    const { continuing } = await twoModels();
    const ask = (asked: typeof inLounge, version: number) =>
      continuing.continueText({ ...asked, prompt: 'x', version });
    expect((await ask(inOffice, OLD_STAFF_VERSION)).version).toBe(OLD_STAFF_VERSION);
    expect((await ask(inOffice, PUBLIC_VERSION)).version).toBe(PUBLIC_VERSION);
    await expect(ask(inLounge, OLD_STAFF_VERSION)).rejects.toMatchObject(refused('version_not_here'));
    await expect(ask(inOtherOffice, STAFF_VERSION)).rejects.toMatchObject(refused('version_not_here'));
    await expect(ask(inLounge, 9)).rejects.toMatchObject({
      key: 'version_gone',
      params: { versions: [PUBLIC_VERSION] },
    });
  });

  it('writes nowhere else by the buttons of what it wrote', async () => {
    const { continuing, versions } = await twoModels();
    const texts = [
      await continuing.continueText({ ...inOffice, prompt: 'x' }),
      await continuing.continueText({ ...inOffice, prompt: 'x', version: OLD_STAFF_VERSION }),
    ];
    versions.splice(0);
    for (const { id } of texts) {
      await expect(continuing.again(id, inLounge)).rejects.toMatchObject(refused('version_not_here'));
      await expect(continuing.more(id, inLounge)).rejects.toMatchObject(refused('version_not_here'));
      await continuing.again(id, inOffice);
    }
    expect(versions).toEqual([STAFF_VERSION, OLD_STAFF_VERSION]);
  });

  it('is not even asked when something else goes wrong before', async () => {
    const { composing, versions } = await twoModels();
    const order = {
      kind: 'continue',
      prompt: 'x',
      length: 9,
      style: { temperature: 1, topP: 1 },
      room: 99,
    } as const;
    const wanted = { kind: 'continuation', prompt: 'x', length: 9 } as const;
    const written = composing.compose(inLounge, { ...order, wanted, version: STAFF_VERSION });
    await expect(written).rejects.toMatchObject(refused('version_not_here'));
    expect(versions).toEqual([]);
  });
});

describe('the versions of /model', () => {
  it('are compared, taken back and exported only before their readers', async () => {
    const { models, versions } = await twoModels();
    await models.compare(inOffice, {});
    expect(versions.splice(0).sort()).toEqual([OLD_STAFF_VERSION, STAFF_VERSION]);
    await expect(models.compare(inLounge, { a: STAFF_VERSION })).rejects.toMatchObject(
      refused('version_not_here'),
    );
    await expect(models.compare(inLounge, { a: STAFF_VERSION, b: PUBLIC_VERSION })).rejects.toMatchObject(
      refused('version_not_here'),
    );
    await expect(models.exportModel(inLounge, STAFF_VERSION)).rejects.toMatchObject(
      refused('version_not_here'),
    );
    expect((await models.exportModel(inLounge)).version).toBe(PUBLIC_VERSION);
    expect((await models.exportModel(inOffice)).version).toBe(STAFF_VERSION);
    await expect(models.rollBack(inLounge, OLD_STAFF_VERSION)).rejects.toMatchObject(
      refused('version_not_here'),
    );
    await expect(models.rollBack(inLounge)).rejects.toMatchObject({ key: 'nothing_to_roll_back' });
    expect(versions).toEqual([]);
    const { from, to } = await models.rollBack(inOffice);
    expect([from?.version, to.version]).toEqual([STAFF_VERSION, OLD_STAFF_VERSION]);
  });

  it('are told to those who read them: figures, for nobody else asks', async () => {
    const { models } = await twoModels();
    const told = await models.status('1', (audience) => audience === STAFF);
    expect(told.live?.version).toBe(PUBLIC_VERSION);
    expect(told.others).toMatchObject([{ namedBy: OFFICE, live: { version: STAFF_VERSION } }]);
    expect((await models.status('1', () => false)).others).toEqual([]);
    expect((await models.history('1')).map(({ version, namedBy }) => [version, namedBy])).toEqual([
      [PUBLIC_VERSION, undefined],
      [STAFF_VERSION, OFFICE],
      [OLD_STAFF_VERSION, OFFICE],
    ]);
  });
});

describe('the outcome of a training', () => {
  it.each([
    [STAFF, OFFICE, true],
    [STAFF, LOUNGE, false],
    [STAFF, '30', false],
    [PUBLIC, LOUNGE, true],
    [PUBLIC, OFFICE, true],
  ])('of %s shows in %s what the model writes: %s', async (audience, channelId, isShown) => {
    const { describeOutcome, versions } = await twoModels();
    const version = audience === STAFF ? STAFF_VERSION : PUBLIC_VERSION;
    const outcome = {
      kind: 'promoted',
      audience,
      version,
      reason: 'first',
      report: trainingReport(),
    } as const;
    const { content, embeds } = await describeOutcome({ guildId: '1', channelId }, outcome, 'en');
    const names = embeds?.[0].fields?.map(({ name }) => name);
    expect(names?.includes('What it writes')).toBe(isShown);
    expect(versions).toEqual(isShown ? [version, version, version] : []);
    expect(content.includes(`for the readers of <#${OFFICE}>`)).toBe(audience === STAFF);
    expect(content.includes('nothing that it writes is shown here')).toBe(!isShown);
  });
});

type Set = Awaited<ReturnType<typeof twoModels>>;

/** A public model, and one of the staff, who can read the office. */
async function twoModels() {
  const set = await talkingSet();
  const { store, sampler, talk, conversations, promote } = set;
  conversations.audiences = {
    [OFFICE]: STAFF,
    [`thread of ${OFFICE}`]: STAFF,
    [inOtherOffice.channelId]: inOtherOffice.audience,
  };
  await store.audiences.add({ guild_id: '1', id: STAFF, channel_id: OFFICE, created_at: 0 });
  for (const audience of [STAFF, STAFF, PUBLIC]) await promote(new Uint8Array([1]), '1', audience);
  await set.privacy.setImitation('1', '100', true);
  const guardRules = talk.rules;
  return {
    ...set,
    models: createModels({
      store,
      sampler,
      training: {
        status: async () => undefined,
        plan: async () => ({}) as never,
        debt: {
          of: async () => ({ lines: [], receipt: undefined }),
          byVersion: async () => new Map(),
        } as never,
      },
      guardRules,
      votes: async () => [],
      now: () => 0,
      random: () => 0.5,
    }),
    describeOutcome: createOutcomeMessages({
      pictures: { lossCurve: async () => new Uint8Array([5]) },
      sampler,
      guardRules,
      store,
      audienceOf: conversations.port.audienceOf,
      log: silent,
    }),
  };
}

function refused(key: ErrorKey) {
  return { key };
}
