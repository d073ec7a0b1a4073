import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { incoming, moderation, REVIEW, report } from '../../helpers/moderation.js';

describe('watching', () => {
  it('is off until a review channel is chosen, and off again when asked', async () => {
    const { moderating, classifier, receive } = await moderation({ watched: false });
    await receive(incoming('buy p=0.99'));
    await moderating.watch('1', REVIEW);
    await receive(incoming('hello'));
    await moderating.unwatch('1');
    await receive(incoming('buy p=0.99'));
    expect(classifier.inputs.map(({ text }) => text)).toEqual(['hello']);
  });

  it('needs a review channel that it can write in', async () => {
    const { moderating, discord } = await moderation({ watched: false });
    discord.refusals.closed = true;
    await expect(moderating.watch('1', REVIEW)).rejects.toMatchObject({ key: 'review_channel_closed' });
    expect(moderating.settings('1').review_channel_id).toBeNull();
  });

  it('remembers after a restart what is watched and exempt', async () => {
    const { store, moderating } = await moderation();
    await moderating.exempt('1', { kind: 'role', target_id: '7' });
    const restarted = await moderation({ store, watched: false });
    await restarted.receive(incoming('buy p=0.99', { authorRoleIds: ['7'] }), incoming('buy p=0.98'));
    expect(restarted.classifier.inputs.map(({ text }) => text)).toEqual(['buy p=0.98']);
  });

  it('flags from the threshold on, to the review channel only, and does nothing to anybody', async () => {
    const { moderating, discord, receive } = await moderation();
    await receive(incoming('fine p=0.4'), incoming('unsure p=0.89'), incoming('buy p=0.91'));
    const [, ...flags] = discord.posts; // after the words of welcome
    expect(flags).toHaveLength(1);
    expect(flags[0].channel).toBe(REVIEW);
    expect(flags[0].message.content).toContain('**Spam? 91 % sure** · <@100> in <#10>');
    expect(flags[0].message.buttons?.map(({ action }) => action)).toEqual([
      'confirm',
      'clear',
      'delete',
      'timeout',
    ]);
    expect([discord.deleted, discord.timeOuts, discord.told]).toEqual([[], [], []]);
    expect(moderating.counts('1')).toEqual({ classified: 3, unsure: 1, dropped: 0, failed: 0 });
  });

  it('shows why: what mattered is marked, markup and mentions are plain text, signals are named', async () => {
    const { discord, receive } = await moderation();
    const text = '**free** @everyone\n<@55> p=0.95';
    await receive(incoming(text, { id: '321' }));
    const content = discord.latest()?.content ?? '';
    expect(content).toContain('https://discord.com/channels/1/10/321');
    expect(content).toContain('> \\*\\*free\\*\\* \\@everyone \\<\\@55\\> __**p=0.95**__');
    expect(content).toContain('Also seen: a call to everyone.');
  });

  it('never writes more than Discord takes, in whole graphemes', async () => {
    const { discord, receive } = await moderation();
    const family = '👨‍👩‍👧‍👦';
    await receive(incoming(`p=0.95 ${family.repeat(400)}`));
    const content = discord.latest()?.content ?? '';
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content).toMatch(/👦…/u);
  });

  it('leaves alone bots, the review channel, exempt channels with their threads, and exempt roles', async () => {
    const { moderating, classifier, receive } = await moderation();
    await moderating.exempt('1', { kind: 'channel', target_id: '20' });
    await moderating.exempt('1', { kind: 'role', target_id: '7' });
    const spam = 'buy p=0.99';
    await receive(
      incoming(spam, { fromPerson: false }),
      incoming(spam, { channelId: REVIEW }),
      incoming(spam, { channelId: '20' }),
      incoming(spam, { channelId: '20', threadId: '21' }),
      incoming(spam, { authorRoleIds: ['6', '7'] }),
      incoming(spam, { guildId: '2' }),
    );
    expect(classifier.inputs).toEqual([]);
    await moderating.include('1', { kind: 'channel', target_id: '20' });
    await receive(incoming(spam, { channelId: '20' }));
    expect(classifier.inputs).toHaveLength(1);
  });

  it('does not flag again what a moderator called fine', async () => {
    const { moderating, classifier, receive } = await moderation();
    const fine = incoming('buy p=0.95');
    await receive(fine);
    await moderating.judge(fine.id, '1', 'false_alarm', '7');
    await receive(incoming('BUY p=0.95', { authorId: '101' }));
    expect(classifier.inputs).toHaveLength(2);
    expect((await moderating.next('1', 0)).open).toBe(0);
  });

  it('counts a text written again on its open flag, however it is disguised by case or spaces', async () => {
    const { store, discord, receive } = await moderation();
    const first = incoming('Buy p=0.95');
    await receive(
      first,
      incoming('buy  p=0.95', { channelId: '11' }),
      incoming('buy p=0.95', { channelId: '12' }),
    );
    expect((await store.flags.counts('1')).map(({ count }) => count)).toEqual([1]);
    expect(discord.latest()?.content).toContain('Written 3 times.');
    await receive(incoming('buy p=0.95', { authorId: '101' }));
    expect((await store.flags.counts('1')).map(({ count }) => count)).toEqual([2]);
  });

  it('reads what the names of files say, and leaves alone what has no text at all', async () => {
    const { classifier, receive } = await moderation();
    await receive(
      incoming('', { attachments: ['free_nitro-claim.png'] }),
      incoming('look', { attachments: ['IMG_2041.jpg', 'gift card.pdf'] }),
      incoming('', { attachments: ['image.png'] }),
    );
    expect(classifier.inputs.map(({ text }) => text)).toEqual(['free nitro claim', 'look\ngift card']);
  });

  it('tells the classifier in how many other channels the same text stood within a minute', async () => {
    const { classifier, receive } = await moderation();
    const at = (channelId: string, createdAt: number) => incoming('hi', { channelId, createdAt });
    await receive(at('10', 0), at('11', 30_000), at('12', 60_000), at('13', 100_000));
    // At 60 s all three are within a minute; at 100 s only the one of 60 s and itself.
    expect(classifier.inputs.map(({ signals }) => signals)).toEqual([
      [],
      ['copies:1'],
      ['copies:2'],
      ['copies:1'],
    ]);
  });

  it('takes a burst of 10,000 without classifying in between, then in batches, with turns for others', async () => {
    const { moderating, classifier } = await moderation();
    for (let index = 0; index < 10_000; index++) moderating.received(incoming(`message ${index}`));
    expect(classifier.batches).toEqual([]);
    let turns = 0;
    let done = false;
    const others = (async () => {
      for (; !done; turns++) await nextTurn();
    })();
    await moderating.settled();
    done = true;
    await others;
    expect(classifier.batches).toHaveLength(40); // 10,000 / 256, rounded up
    expect(turns).toBeGreaterThanOrEqual(40);
    expect(moderating.counts('1')).toEqual({ classified: 10_000, unsure: 0, dropped: 0, failed: 0 });
  });

  it('gives up the oldest when more than 20,000 wait', async () => {
    const { moderating, classifier } = await moderation();
    for (let index = 0; index < 20_003; index++) moderating.received(incoming(`message ${index}`));
    await moderating.settled();
    expect(moderating.counts('1')).toMatchObject({ classified: 20_000, dropped: 3 });
    expect(classifier.inputs[0].text).toBe('message 3');
  });

  it('tries once more what a dying classifier left, and counts copies only once', async () => {
    const { moderating, classifier, discord, receive } = await moderation();
    classifier.failures.push(new Error('the worker died'));
    await receive(incoming('buy p=0.95'), incoming('hello'));
    expect(moderating.counts('1')).toMatchObject({ classified: 2, failed: 0 });
    expect(discord.posts).toHaveLength(2);
    classifier.failures.push(new Error('it died'), new Error('and again'));
    await receive(incoming('buy p=0.96'));
    expect(moderating.counts('1')).toMatchObject({ classified: 2, failed: 1 });
  });

  it('keeps flags for the queue while the review channel is closed', async () => {
    const { moderating, discord, receive } = await moderation();
    discord.refusals.closed = true;
    await receive(incoming('buy p=0.95'));
    expect((await moderating.next('1', 0)).flag).toMatchObject({ content: 'buy p=0.95', notice_id: null });
  });

  it('marks the open flag of a message that was deleted', async () => {
    const { moderating, discord, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    await moderating.removed([spam.id, 'unknown']);
    await moderating.settled();
    expect(discord.posts.at(-1)).toMatchObject({ replaces: 'notice2' });
    expect(discord.latest()?.content).toContain('deleted by its author');
    expect(discord.latest()?.buttons?.map(({ action }) => action)).toEqual(['confirm', 'clear', 'timeout']);
  });
});

describe('what happens by itself', () => {
  it('needs a rehearsal of the last seven days at the same or a lower threshold, and the permission', async () => {
    const { store, moderating, discord, clock } = await moderation();
    const wanted = { action: 'delete', threshold: 0.95 } as const;
    const ask = () => moderating.automate('1', wanted, { channelId: '10', userId: '3' });
    await expect(ask()).rejects.toMatchObject({ key: 'backtest_needed', params: { threshold: 0.95 } });
    const ran = { guild_id: '1', ran_at: clock.now, days: 30, messages: 9, flagged: 1, acted: 1, version: 0 };
    await store.backtests.add({ ...ran, threshold: 0.96 });
    await expect(ask()).rejects.toMatchObject({ key: 'backtest_needed' });
    await store.backtests.add({ ...ran, threshold: 0.94 });
    discord.refusals.before = 'missing_permission';
    await expect(ask()).rejects.toMatchObject({ key: 'permission_missing', params: { channel: '10' } });
    discord.refusals.before = 'role_too_high'; // of the admin who asks: nothing to do with whom it will meet
    expect(await ask()).toMatchObject({ auto_action: 'delete', auto_threshold: 0.95 });
    clock.now += 7 * 86_400_000 + 1;
    await expect(ask()).rejects.toMatchObject({ key: 'backtest_needed' });
    expect(
      await moderating.automate('1', { action: 'none' }, { channelId: '10', userId: '3' }),
    ).toMatchObject({
      auto_action: 'none',
    });
  });

  it('deletes each copy from its own threshold on, logs each, and tells the member once', async () => {
    const { store, moderating, discord, receive } = await automatic('delete');
    const [first, second] = [incoming('buy p=0.99'), incoming('buy p=0.99', { channelId: '11' })];
    await receive(incoming('flagged only p=0.93'), first, second);
    expect(discord.deleted).toEqual([first.id, second.id]);
    expect((await moderating.newest('1', 9)).map(({ kind, actor_id }) => [kind, actor_id])).toEqual([
      ['delete', null],
      ['delete', null],
    ]);
    expect(discord.told).toMatchObject([
      { userId: '100', message: { buttons: [{ action: 'dispute', argument: first.id }] } },
    ]);
    expect(await store.flags.find(first.id)).toMatchObject({ state: 'open', action: 'delete', times: 2 });
    // The news of the deletion is no news.
    await moderating.removed([first.id]);
    expect(await store.flags.find(first.id)).toMatchObject({ gone: 0 });
  });

  it('takes what was flagged first along, when a copy of it is surer spam', async () => {
    const { discord, receive } = await automatic('delete');
    const [first, copy] = ['10', '11'].map((channelId) => incoming('buy p=0.93 q=0.99', { channelId }));
    await receive(first);
    expect(discord.deleted).toEqual([]);
    await receive(copy);
    expect(discord.deleted).toEqual([first.id, copy.id]);
  });

  it('spares moderators, who are flagged like everybody', async () => {
    const { moderating, discord, receive } = await automatic('delete');
    const theirs = incoming('buy p=0.99', { authorIsModerator: true });
    await receive(theirs);
    expect(discord.deleted).toEqual([]);
    expect((await moderating.next('1', 0)).flag).toMatchObject({ id: theirs.id, action: 'none' });
  });

  it('pauses when a version goes live that nobody rehearsed', async () => {
    const { store, moderating, discord, receive } = await automatic('delete');
    await store.classifiers.promote({
      guildId: '1',
      task: 'spam',
      model: new Uint8Array([1]),
      report: report(1),
      createdAt: 1,
    });
    const spam = incoming('buy p=0.99');
    await receive(spam);
    expect(discord.deleted).toEqual([]);
    expect((await moderating.next('1', 0)).flag).toMatchObject({ id: spam.id });
  });

  it('ends with watching, so that watching again begins harmless', async () => {
    const { moderating } = await automatic('delete');
    await moderating.unwatch('1');
    expect(await moderating.watch('1', REVIEW)).toMatchObject({ auto_action: 'none' });
  });

  it('times out once, for the minutes of the settings', async () => {
    const { discord, clock, receive } = await automatic('timeout');
    await receive(incoming('buy p=0.99'), incoming('buy p=0.99'));
    expect(discord.timeOuts).toEqual([{ userId: '100', until: clock.now + 5 * 60_000 }]);
  });

  it('that fails leaves an open flag on which moderators can act', async () => {
    const { moderating, discord, receive } = await automatic('delete');
    discord.refusals.delete = 'missing_permission';
    const spam = incoming('buy p=0.99');
    await receive(spam);
    expect((await moderating.next('1', 0)).flag).toMatchObject({ id: spam.id, action: 'none' });
    expect(await moderating.newest('1', 9)).toEqual([]);
    expect(discord.told).toEqual([]);
  });
});

async function automatic(action: 'delete' | 'timeout') {
  const set = await moderation();
  const rehearsed = { days: 30, threshold: 0.95, messages: 9, flagged: 1, acted: 1, version: 0 };
  await set.store.backtests.add({ guild_id: '1', ran_at: set.clock.now, ...rehearsed });
  const change = { action, threshold: 0.95, minutes: 5 };
  await set.moderating.automate('1', change, { channelId: '10', userId: '3' });
  return set;
}
