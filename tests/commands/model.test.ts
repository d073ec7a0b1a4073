import { describe, expect, it } from 'vitest';
import model from '../../commands/model.js';
import { stringsFor } from '../../src/i18n/index.js';
import type { Services } from '../../src/services/index.js';
import { contextOf } from '../helpers/context.js';
import { bot, subcommands } from '../helpers/model-commands.js';
import { everyone, PUBLIC } from '../helpers/readers.js';
import { HOUR, NOON, progress, trained } from '../helpers/retraining.js';

describe('/retrain', () => {
  it('says what it would take before anything starts', async () => {
    const { retrainWith, worker } = await bot();
    const estimate = await retrainWith({ minutes: 3 });
    expect(estimate.content.split('\n')).toEqual([
      '**This would train for 3 min** and need about 85 MB of memory more than now, by estimate; up to three times that for Korean.',
      'It would learn 50 messages, 1,000 characters.',
      'It would be the first model here.',
      'It can begin at once.',
    ]);
    expect(estimate.buttons?.map(({ label }) => label)).toEqual(['Start', 'Not now']);
    expect(worker.jobs()).toEqual([]);
  });

  it('starts by its button, shows how far it is, and then what came of it', async () => {
    const { retrainWith, press, worker } = await bot();
    const shown: string[] = [];
    const answer = press(await retrainWith({ minutes: 3, fresh: true }), 'Start', {
      show: ({ content }) => void shown.push(content),
    });
    const run = await worker.run(1);
    run.handlers.onProgress(progress);
    run.ends(trained(2.5));
    const outcome = await answer;
    expect(outcome.content).toContain('Version 1 is live: 2.50 bits per character');
    expect(outcome.embeds?.[0].picture).toBe(outcome.files?.[0].name);
    expect(outcome.buttons).toBeUndefined();
    expect(shown[0]).toBe('Reading the corpus …');
    expect(shown[1]).toContain('25 %');
    expect(run.job).toMatchObject({ budgetMs: 180_000, fresh: true });
  });

  it('asks again where another version went live since it said what it would do', async () => {
    const { retrainWith, press, worker } = await bot();
    const estimate = await retrainWith({ minutes: 3, fresh: true });
    worker.ends(trained(2.5));
    await press(await retrainWith({}), 'Start');
    const again = await press(estimate, 'Start');
    expect(again.content).toMatch(/^Another version went live since/);
    expect(again.content).toContain('New since version 1');
    expect(worker.jobs()).toHaveLength(1);
    worker.ends(trained(2.4, 2.5));
    expect((await press(again, 'Start')).content).toContain('Version 2 is live');
    expect(worker.jobs()[1]).toMatchObject({ budgetMs: 180_000, fresh: true });
  });

  it('leaves it by the other one', async () => {
    const { retrainWith, press, worker } = await bot();
    expect((await press(await retrainWith({}), 'Not now')).content).toBe('Nothing was started.');
    expect(worker.jobs()).toEqual([]);
  });

  it('says what it goes on from, what is new, who is ahead and what is left', async () => {
    const { retrainWith, press, worker, turns, retraining } = await bot();
    worker.ends(trained(2.5, undefined, { trainedMs: 60_000 }));
    await press(await retrainWith({}), 'Start');
    await retraining.reschedule('1', { budget: 30 });
    let end = () => {};
    const spam = turns.take({ guildId: '1', what: 'spam' }, (report) => {
      report(0.4);
      return new Promise<void>((done) => (end = done));
    });
    await expect.poll(() => turns.line()[0].fraction).toBe(0.4);
    const { content } = await retrainWith({ minutes: 5 });
    expect(content).toContain('New since version 1');
    expect(content).toContain(
      "It would be 2nd in line; the training of this server's spam classifier is running, 40 %.",
    );
    expect(content).toContain('Of the 30 minutes a day, 29 min are left.');
    const elsewhere = await retrainWith({ minutes: 5 }, { guildId: '2' });
    expect(elsewhere.content).toContain("the training of another server's spam classifier is running");
    end();
    await spam;
  });

  it('queues in quiet hours and says until when', async () => {
    const { retrainWith, press, retraining } = await bot();
    await retraining.reschedule('1', { quiet: '11:00-13:00', zone: 'UTC' });
    const estimate = await retrainWith({});
    const end = `<t:${(NOON + HOUR) / 1_000}`;
    expect(estimate.content).toContain(`when the quiet hours end, ${end}:t>`);
    expect((await press(estimate, 'Start')).content).toContain(`begins ${end}:R>`);
    await expect(retrainWith({})).rejects.toMatchObject({ key: 'already_queued' });
  });
});

describe('/model', () => {
  it('is for managers, but for how it stands and how versions compare', () => {
    const levels = Object.entries(subcommands()).map(([name, { allow }]) => [name, allow ?? model.allow]);
    expect(Object.fromEntries(levels)).toEqual({
      status: 'everyone',
      history: 'managers',
      compare: 'everyone',
      rollback: 'managers',
      cancel: 'managers',
      export: 'managers',
      schedule: 'managers',
    });
    const isPublic = Object.entries(subcommands()).filter(([, { reply }]) => reply === 'public');
    expect(isPublic.map(([name]) => name)).toEqual(['rollback', 'cancel']);
    expect(subcommands()['compare'].writes).toBe(true);
  });

  it('says how things stand, before there is a model and after', async () => {
    const { ask, train } = await bot();
    expect((await ask('status')).content).toContain('no model yet');
    expect((await ask('history')).content).toContain('No model was trained yet');
    await train(2.5);
    const { content } = await ask('status');
    expect(content).toContain('**Live:** **version 1** (live: the first, <t:');
    expect(content).toContain('**2.50** · n-gram 2.80 bits · copied 10 %, looping 0 % · 👍 3 👎 1');
    expect(content).toContain('trained 60 s on 45 messages, from nothing; seed 1');
    expect(content).toContain('**Since the live one:** 0 new messages');
    expect(content).toContain('**Training:** none is running or waiting');
    expect(content).toContain('**By itself:** never; a training takes 60 s.');
  });

  it('lists every version, and fits into one message', async () => {
    const { ask, train, store, clock } = await bot();
    await train(2.5);
    for (let version = 2; version <= 20; version++) await train(2.6, 2.5);
    await store.models.prune('1', 3);
    clock.now += 1;
    await store.erasure.erase({ guildId: '1', channelId: '10' }, 'channel_deleted', clock.now);
    const { content } = await ask('history');
    expect(content).toContain('looping 0 % · 50 to unlearn');
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content.split('\n')[0]).toContain('**version 20** (never live: not better, <t:');
    expect(content).toContain('**version 17** (never live: not better, pruned, ');
    expect(content).toContain('and 12 older versions');
    const korean = await ask('history', {}, { locale: 'ko', strings: stringsFor('ko') });
    expect(korean.content.length).toBeLessThanOrEqual(2_000);
  });

  it('says what the live model knows that has left the corpus, and what was settled', async () => {
    const { ask, train, store, clock, retraining } = await bot();
    await train(2.5);
    await train(2.3, 2.5);
    expect((await ask('status')).content).toContain('**To unlearn:** nothing');
    clock.now += 1_000;
    const at = clock.now / 1_000;
    await store.erasure.erase({ guildId: '1', ids: ['1/1', '1/2'] }, 'deleted', clock.now);
    await store.erasure.erase({ guildId: '1', ids: ['1/3'] }, 'never_learn', clock.now + 1_000);
    const day = 86_400;
    expect((await ask('status')).content).toContain(
      `**To unlearn:** version 2 may know up to 3 messages that left the corpus since <t:${at}:f> ` +
        '(2 deleted, 1 marked “Never learn this”). ' +
        `A training without them begins <t:${at + 1.5 * day}:R>, if none did before; ` +
        `if none succeeds, the version is withdrawn <t:${at + 3 * day}:R>.`,
    );
    expect((await ask('rollback')).content).toContain(
      'It may know up to 3 messages that left the corpus; `/model status` says until when.',
    );
    clock.now += 3 * day * 1_000;
    await retraining.settleOverdue();
    const { content } = await ask('status');
    expect(content).toContain('no model yet');
    expect(content).toContain(
      `**Last erasure receipt** (<t:${at + 3 * day}:R>): 3 messages that left the corpus ` +
        `between <t:${at}:f> and <t:${at + 1}:f> (2 deleted, 1 marked “Never learn this”) ` +
        'are known to no model any more: versions 1, 2 were erased.',
    );
  });

  it('compares two versions side by side', async () => {
    const { ask, train } = await bot();
    await train(2.5);
    await train(2.3, 2.5);
    const { content, embeds = [] } = await ask('compare', { prompt: 'so *much*', seed: 7 });
    expect(content).toBe('After “so \\*much\\*”, with the same dice (seed 7):');
    expect(embeds.map(({ title }) => title)).toEqual(['Version 1, was live', 'Version 2, live']);
    expect(embeds[1].description).toContain('**2.30** · version 1 2.50 · n-gram 2.80 bits');
    expect(embeds[1].description).toContain('> text of 2 \\<\\@7\\>');
  });

  it('rolls back in one command, said to all', async () => {
    const { ask, train, store } = await bot();
    await train(2.5);
    await train(2.3, 2.5);
    expect((await ask('rollback')).content).toBe(
      '<@user> made version 1 live again, in place of version 2. The way back: `/model rollback version:2`.',
    );
    expect((await store.models.live('1', PUBLIC))?.version).toBe(1);
    expect((await ask('rollback', { version: 2 })).content).toContain('made version 2 live again');
    await train(2.4, 2.3); // refused
    expect((await ask('rollback', { version: 3 })).content).toContain('made version 3 live, in place of');
  });

  it('cancels a training under way', async () => {
    const { ask, retraining, worker } = await bot();
    await expect(ask('cancel')).rejects.toMatchObject({ key: 'no_training' });
    const training = retraining.retrain({ ...everyone('1'), channelId: '10', userId: '7' });
    const run = await worker.run(1);
    run.handlers.onProgress(progress);
    expect((await ask('status')).content).toContain('**Training:** asked for by <@7>, Training ▰▰▰▰');
    expect((await ask('cancel')).content).toContain('<@user> cancelled the training');
    expect(await training).toEqual({ kind: 'cancelled' });
  });

  it('exports the file, or says how to get it at the shell', async () => {
    const { ask, train, store } = await bot();
    await train(2.5);
    const { files = [] } = await ask('export');
    expect(files).toMatchObject([{ name: 'version-1.safetensors', bytes: Buffer.from([1]) }]);
    const large = { guild_id: '1', audience: PUBLIC, bits_per_character: 2, corpus_until: 1, created_at: 1 };
    await store.models.promote({ ...large, checkpoint: new Uint8Array(11 * 2 ** 20) });
    const told = await ask('export');
    expect(told.files).toBeUndefined();
    expect(told.content).toContain('has 11 MB');
    expect(told.content).toContain(
      'npm run -s cli -- export-model --guild 1 --version 2 --out version-2.safetensors',
    );
  });

  it('shows and changes when it trains by itself', async () => {
    const { ask } = await bot();
    expect((await ask('schedule')).content).toBe('**By itself:** never; a training takes 60 s.');
    const channel = { id: '77', guildId: '1', readable: true, writable: true, isPublic: true };
    const own = { at: '4:30', quiet: '9:00 - 18:00', zone: 'Asia/Seoul', minutes: 20, budget: 45, channel };
    const { content } = await ask('schedule', own);
    expect(content).toMatch(/By itself:\*\* each day at 04:30, where enough is new; next <t:\d+:R>/);
    expect(content).toContain('a training takes 20 min.');
    expect(content).toContain('**Quiet hours:** 09:00 to 18:00');
    expect(content).toContain('**Time zone:** Asia/Seoul');
    expect(content).toContain('Of the 45 minutes a day, 45 min are left.');
    expect(content).toContain('**Outcomes** are told in <#77>.');
    const changed = await ask('schedule', { off: true, quiet: 'none', budget: 0 });
    expect(changed.content).toContain('**By itself:** never');
    expect(changed.content).not.toMatch(/Quiet|Budget/);
    expect((await ask('schedule', { reset: true, at: '05:00' })).content.split('\n')).toEqual([
      expect.stringMatching(/each day at 05:00, .*; a training takes 60 s\.$/),
      '**Time zone:** that of the machine I run on; `/model schedule zone:` sets yours.',
      '**Outcomes** of trainings by themselves are told nowhere; `/model schedule channel:` sets where.',
    ]);
    for (const [option, value, key] of [
      ['at', 'noon', 'bad_time'],
      ['quiet', '9-5', 'bad_quiet_hours'],
      ['zone', 'Mars/Olympus', 'bad_zone'],
      ['channel', { ...channel, writable: false }, 'channel_not_writable'],
    ] as const) {
      await expect(ask('schedule', { [option]: value })).rejects.toMatchObject({ key });
    }
  });

  it('offers time zones while one is typed', async () => {
    const { zone } = subcommands()['schedule'].options;
    const suggest = zone.type === 'string' ? zone.suggest : undefined;
    const found = await suggest?.({} as Services, 'new y', contextOf());
    expect(found).toContain('America/New_York');
  });
});
