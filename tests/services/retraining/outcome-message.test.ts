import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { createOutcomeMessages } from '../../../src/services/retraining/outcome-message.js';
import type { RetrainOutcome } from '../../../src/services/retraining/outcome.js';
import type { Store } from '../../../src/store/open.js';
import type { WriteRequest } from '../../../src/training/writing.js';
import type { GateReason } from '../../../src/training/report.js';
import { PUBLIC } from '../../helpers/readers.js';
import { trainingReport } from '../../helpers/training-report.js';

const HERE = { guildId: '1', channelId: '10' };
const RULES = { blocked: ['rude'], takenBack: [], maxVerbatim: undefined };
const first = trainingReport();
const later = trainingReport({ from: 1, liveVersion: 1, liveBitsPerCharacter: 2.6 });
const finished = (
  kind: 'promoted' | 'rejected',
  reason: GateReason,
  more: Partial<typeof later> = {},
): RetrainOutcome => ({
  kind,
  audience: PUBLIC,
  version: 2,
  reason,
  report: { ...later, ...more },
});

describe('the message of an outcome', () => {
  it('has the outcome and its reason, the figures, three samples and the picture of the curve', async () => {
    const { describeOutcome, drawn } = set();
    const message = await describeOutcome(HERE, finished('promoted', 'better'), 'en');
    expect(message.content).toBe(
      'Version 2 is live: 2.50 bits per character on text it has not seen (the model before it: 2.60).',
    );
    expect(message.embeds).toEqual([
      {
        title: 'Version 2 is live',
        fields: [
          {
            name: 'Bits per character, lower is better',
            value: '**2.50** · version 1 2.60 · n-gram 2.80',
            inline: true,
          },
          { name: 'Of what it writes', value: 'copied 10 % · looping 0 %', inline: true },
          { name: 'Training', value: '60 s on 45 messages, going on from version 1', inline: true },
          {
            name: 'What it writes',
            value: '> good morning\n\n> who is there?\n\n> see you \\*later\\*',
            inline: false,
          },
        ],
        picture: 'loss.png',
      },
    ]);
    expect(message.files).toMatchObject([{ name: 'loss.png', bytes: new Uint8Array([5]) }]);
    expect(message.files?.[0].alt).toContain('from 3.50 to 2.50 bits per character');
    expect(drawn).toEqual([
      {
        data: {
          points: later.curve,
          bitsPerCharacter: 2.5,
          liveBitsPerCharacter: 2.6,
          ngramBitsPerCharacter: 2.8,
        },
        look: { locale: 'en' },
      },
    ]);
  });

  it.each<[GateReason, Partial<typeof later>, string]>([
    ['not_better', { bitsPerCharacter: 2.7 }, 'it is not better on text it has not seen: 2.70 bits'],
    ['copies', { verbatimRate: 0.62 }, '62 % of what it writes is copied from messages, and at most 50 %'],
    ['loops', { loopRate: 0.9 }, '90 % of what it writes runs in circles'],
    ['broken', {}, 'it is broken'],
    ['live_changed', {}, '`/model rollback version:2`'],
  ])('says why a model does not go live: %s', async (reason, more, words) => {
    const { content, embeds } = await set().describeOutcome(HERE, finished('rejected', reason, more), 'en');
    expect(content).toMatch(/^Version 2 does not go live: .* The live model stays\.$/);
    expect(content).toContain(words);
    expect(embeds?.[0].title).toBe('Version 2 is kept aside');
  });

  it('shows no sample that pings or formats, and none that the guard refuses', async () => {
    const { describeOutcome, asked } = set({ writes: ['@everyone <@7> **b**\nc', undefined, ' \n '] });
    const value = (await describeOutcome(HERE, finished('promoted', 'first', first), 'en')).embeds?.[0]
      .fields;
    expect(value?.at(-1)?.value).toBe('> \\@everyone \\<\\@7\\> \\*\\*b\\*\\* c');
    expect(asked.map(({ guildId, version, seed, guard }) => ({ guildId, version, seed, guard }))).toEqual(
      [1, 2, 3].map((seed) => ({ guildId: '1', version: 2, seed, guard: RULES })),
    );
  });

  it('has no room for samples where none may be shown', async () => {
    const { describeOutcome } = set({ writes: [undefined, undefined, undefined] });
    const { embeds } = await describeOutcome(HERE, finished('rejected', 'copies'), 'en');
    expect(embeds?.[0].fields?.map(({ name }) => name)).not.toContain('What it writes');
  });

  it('fits into a card, however long the samples are', async () => {
    for (const long of [
      '*'.repeat(900),
      '* '.repeat(450),
      `${'*'.repeat(298)} end`,
      '\n한국어'.repeat(300),
    ]) {
      const { describeOutcome } = set({ writes: Array<string>(3).fill(long) });
      const { embeds } = await describeOutcome(HERE, finished('promoted', 'first'), 'en');
      const value = embeds?.[0].fields?.at(-1)?.value ?? '';
      expect(value.length).toBeLessThanOrEqual(1_024);
      expect(value.split('\n\n')).toHaveLength(3);
    }
  });

  it('cuts a long sample after a whole word', async () => {
    const { describeOutcome } = set({ writes: ['what a day '.repeat(18) + 'an', 'yes', 'no'] }); // 200 characters
    const { embeds } = await describeOutcome(HERE, finished('promoted', 'first'), 'en');
    const [long, yes, no] = embeds?.[0].fields?.at(-1)?.value.split('\n\n') ?? [];
    expect(long.endsWith('what a day…')).toBe(true);
    expect([yes, no]).toEqual(['> yes', '> no']);
  });

  it.each<[GateReason, Partial<typeof later>, string]>([
    [
      'changed',
      { bitsPerCharacter: 2.7, fresh: 'changed' },
      'It goes live although version 1 has 2.60, because',
    ],
    [
      'changed',
      { liveBitsPerCharacter: undefined, fresh: 'changed' },
      'but it goes live, because what that one learned',
    ],
    [
      'live_damaged',
      { liveBitsPerCharacter: undefined, fresh: 'damaged' },
      'place of version 1, which is damaged',
    ],
    ['untested', { liveBitsPerCharacter: undefined }, 'There was no text to compare it'],
  ])('says why a model goes live that is not shown to be better: %s', async (reason, more, words) => {
    const { content } = await set().describeOutcome(HERE, finished('promoted', reason, more), 'en');
    expect(content).toMatch(/^Version 2 is live: /);
    expect(content).toContain(words);
  });

  it('goes without a picture that cannot be drawn', async () => {
    const { describeOutcome } = set({ fails: true });
    const message = await describeOutcome(HERE, finished('promoted', 'better'), 'en');
    expect(message.files).toBeUndefined();
    expect(message.embeds?.[0].picture).toBeUndefined();
    expect(message.content).toContain('is live');
  });

  it('is a receipt of what was settled, with why a model had to be withdrawn', async () => {
    const { describeOutcome } = set();
    const receipt = {
      ...{ guild_id: '1', audience: 'public', written_at: 9_000, version: 12 },
      ...{
        reasons: { forgotten: 1 },
        messages: 1,
        asked_at: 1_000,
        asked_until: 1_000,
        erased_versions: [11],
      },
    };
    const told = await describeOutcome(
      { guildId: '1', channelId: '10' },
      { kind: 'settled', receipt, why: undefined },
      'en',
    );
    expect(told).toEqual({
      content:
        '**Erasure receipt:** 1 message that left the corpus between <t:1:f> and <t:1:f> ' +
        '(1 by members who had theirs forgotten) is known to no model any more: ' +
        'version 12 does not have it, and version 11 was erased.',
    });
    const withdrawn = { kind: 'settled', receipt: { ...receipt, version: null }, why: 'refused' } as const;
    expect((await describeOutcome({ guildId: '1', channelId: '10' }, withdrawn, 'en')).content).toMatch(
      /: version 11 was erased\.\nThe time for it was over, and what was trained without them did not pass the gate\./,
    );
  });

  it('is a sentence of all other outcomes, in the language that is asked for', async () => {
    const { describeOutcome } = set();
    const say = async (outcome: RetrainOutcome | UserError, locale: 'en' | 'ko' = 'en') =>
      describeOutcome(HERE, outcome, locale);
    expect(await say({ kind: 'cancelled' })).toEqual({
      content: 'The training was cancelled. The live model stays.',
    });
    expect((await say({ kind: 'waiting', until: 60_000 })).content).toContain('<t:60:R>');
    expect((await say({ kind: 'paused', until: 60_000 })).content).toContain('quiet hours');
    expect((await say({ kind: 'paused', until: undefined })).content).toContain('restarting');
    expect((await say(new UserError('no_training', {}))).content).toContain('No training');
    expect((await say({ kind: 'cancelled' }, 'ko')).content).toContain('취소했습니다');
    const korean = await say(finished('rejected', 'not_better', { bitsPerCharacter: 2.7 }), 'ko');
    expect(korean.content).toContain('더 낫지 않습니다');
    expect(korean.embeds?.[0].fields?.map(({ name }) => name)).toContain('글자당 비트 (낮을수록 좋음)');
  });
});

/** @param writes what the sampler writes, one text after the other; undefined where the guard refuses */
function set({
  fails = false,
  writes = ['good morning', 'who is there?', 'see you *later*'] as (string | undefined)[],
} = {}) {
  const drawn: object[] = [];
  const asked: WriteRequest[] = [];
  const describeOutcome = createOutcomeMessages({
    pictures: {
      async lossCurve(data, look) {
        if (fails) throw new UserError('drawing_died', {});
        drawn.push({ data, look });
        return new Uint8Array([5]);
      },
    },
    sampler: {
      async write(request) {
        asked.push(request);
        const text = writes[asked.length - 1];
        if (text === undefined) throw new UserError('guard_refused', { reason: 'verbatim' });
        return { text, stopped: false, refused: 0 };
      },
    },
    guardRules: async () => RULES,
    store: { audiences: { find: async () => undefined } } as object as Store,
    audienceOf: () => PUBLIC,
    log: pino({ level: 'silent' }),
  });
  return { describeOutcome, drawn, asked };
}
