import { describe, expect, it } from 'vitest';
import { DAY, HOUR, incoming, moderation } from '../../helpers/moderation.js';

describe('a verdict', () => {
  it('resolves the flag and is kept as a label with its author', async () => {
    const { store, moderating, discord, clock, receive } = await moderation();
    const spam = incoming('buy p=0.95', { mentions: 3 });
    await receive(spam);
    clock.now += HOUR;
    await moderating.judge(spam.id, '1', 'confirmed', '7');
    await moderating.settled();
    const labels = await verdicts(store);
    expect(labels).toMatchObject([
      { message_id: spam.id, content: 'buy p=0.95', label: 'spam', author_id: '7', created_at: clock.now },
    ]);
    expect(JSON.parse(labels[0].signals)).toBeInstanceOf(Array);
    expect(discord.posts.at(-1)).toMatchObject({ replaces: 'notice2', message: { buttons: [] } });
    expect(discord.latest()?.content).toContain('Confirmed as spam by <@7>.');
  });

  it('is given once: of two moderators the first counts and the second is told', async () => {
    const { store, moderating, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    const both = await Promise.allSettled([
      moderating.judge(spam.id, '1', 'false_alarm', '7'),
      moderating.judge(spam.id, '1', 'confirmed', '8'),
    ]);
    expect(both).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { key: 'flag_resolved' } },
    ]);
    expect((await verdicts(store)).map(({ label, author_id }) => [label, author_id])).toEqual([['ham', '7']]);
  });

  it('belongs to its server only', async () => {
    const { moderating, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    await expect(moderating.judge(spam.id, '2', 'confirmed', '7')).rejects.toMatchObject({
      key: 'flag_gone',
    });
    await expect(moderating.act(spam.id, '2', 'delete', '7')).rejects.toMatchObject({ key: 'flag_gone' });
  });

  it('comes also from the menu of a message: on a flag, on none, and against an earlier one', async () => {
    const { store, moderating, receive } = await moderation({ watched: false });
    const missed = incoming('subtle', { threadId: '12' });
    expect(await moderating.callSpam(missed, '7')).toMatchObject({
      state: 'confirmed',
      origin: 'moderator',
      channel_id: '12',
      score: null,
    });
    await moderating.callFine(missed, '8');
    expect(await store.flags.find(missed.id)).toMatchObject({ state: 'false_alarm', resolved_by: '8' });
    await moderating.callFine(incoming('harmless'), '7');
    await moderating.watch('1', '99');
    const flagged = incoming('buy p=0.95');
    await receive(flagged);
    await moderating.callFine(flagged, '7');
    expect((await moderating.next('1', 0)).open).toBe(0);
    expect((await verdicts(store)).map(({ content, label }) => `${content}: ${label}`).sort()).toEqual([
      'buy p=0.95: ham',
      'harmless: ham',
      'subtle: ham',
    ]);
    await expect(moderating.callSpam(incoming('  '), '7')).rejects.toMatchObject({ key: 'nothing_to_judge' });
  });
});

describe('an action', () => {
  it('confirms the flag, deletes the message with its copies, is logged, and the member is told', async () => {
    const { store, moderating, discord, clock, receive } = await moderation();
    const [spam, copy] = [incoming('buy p=0.95'), incoming('buy p=0.95', { channelId: '11' })];
    await receive(spam, copy);
    expect(await moderating.act(spam.id, '1', 'delete', '7')).toMatchObject({
      state: 'confirmed',
      action: 'delete',
      resolved_by: '7',
    });
    expect(discord.deleted).toEqual([spam.id, copy.id]);
    expect(await moderating.newest('1', 5)).toMatchObject([
      { kind: 'delete', actor_id: '7', member_id: '100', content: 'buy p=0.95', created_at: clock.now },
    ]);
    expect(discord.told[0].message.content).toContain(
      'A moderator took a message of yours in <#10> for spam.',
    );
    expect(discord.told[0].message.content).toContain('> buy p=0.95');
    expect((await verdicts(store)).map(({ label }) => label)).toEqual(['spam']);
  });

  it('takes an hour unless the settings say otherwise', async () => {
    const { moderating, discord, clock, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    await moderating.act(spam.id, '1', 'timeout', '7');
    expect(discord.timeOuts).toEqual([{ userId: '100', until: clock.now + HOUR }]);
  });

  it('that is in the way of something is refused before, with the reason, and the flag stays open', async () => {
    const { moderating, discord, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    discord.refusals.before = 'role_too_high';
    const refused = { key: 'action_blocked', params: { action: 'timeout', obstacle: 'role_too_high' } };
    await expect(moderating.act(spam.id, '1', 'timeout', '7')).rejects.toMatchObject(refused);
    delete discord.refusals.before;
    discord.refusals.timeOut = 'not_a_member';
    await expect(moderating.act(spam.id, '1', 'timeout', '7')).rejects.toMatchObject({
      params: { obstacle: 'not_a_member' },
    });
    expect((await moderating.next('1', 0)).flag).toMatchObject({ state: 'open', action: 'none' });
    expect([discord.timeOuts, discord.told, await moderating.newest('1', 5)]).toEqual([[], [], []]);
  });

  it('is done once, whoever asks at the same time', async () => {
    const { moderating, discord, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    const all = await Promise.allSettled(
      ['7', '8', '9'].map((moderator) => moderating.act(spam.id, '1', 'delete', moderator)),
    );
    expect(all.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(discord.deleted).toEqual([spam.id]);
  });

  it('can follow a verdict from the menu, by the same moderator', async () => {
    const { moderating, discord } = await moderation();
    const missed = incoming('subtle');
    await moderating.callSpam(missed, '7');
    await expect(moderating.act(missed.id, '1', 'delete', '8')).rejects.toMatchObject({
      key: 'flag_resolved',
    });
    await moderating.act(missed.id, '1', 'delete', '7');
    expect(discord.deleted).toEqual([missed.id]);
  });

  it('finds a message that somebody deleted first as deleted', async () => {
    const { store, moderating, discord, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    discord.refusals.delete = 'gone';
    await moderating.act(spam.id, '1', 'delete', '7');
    expect(await store.flags.find(spam.id)).toMatchObject({ state: 'confirmed', action: 'delete' });
  });
});

describe('undo', () => {
  it('lifts a time-out that still runs, once, and is logged itself', async () => {
    const { moderating, discord, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    await moderating.act(spam.id, '1', 'timeout', '7');
    const [action] = await moderating.newest('1', 5);
    expect(action.undoable).toBe(true);
    await expect(moderating.undo(action.id, '2', '8')).rejects.toMatchObject({ key: 'action_gone' });
    await moderating.undo(action.id, '1', '8');
    expect(discord.timeOuts.at(-1)).toEqual({ userId: '100', until: undefined });
    const log = (await moderating.newest('1', 5)).map(({ kind, actor_id }) => `${kind} by ${actor_id}`);
    expect(log.sort()).toEqual(['lift by 8', 'timeout by 7']);
    await expect(moderating.undo(action.id, '1', '9')).rejects.toMatchObject({ key: 'already_undone' });
  });

  it('that Discord refuses can be tried again', async () => {
    const { moderating, discord, receive } = await moderation();
    const spam = incoming('buy p=0.95');
    await receive(spam);
    await moderating.act(spam.id, '1', 'timeout', '7');
    const [{ id }] = await moderating.newest('1', 5);
    discord.refusals.timeOut = 'missing_permission';
    await expect(moderating.undo(id, '1', '8')).rejects.toMatchObject({ key: 'action_blocked' });
    delete discord.refusals.timeOut;
    await moderating.undo(id, '1', '8');
  });

  it('is not to be had for what is deleted or over', async () => {
    const { moderating, clock, receive } = await moderation();
    const [one, two] = [incoming('buy p=0.95'), incoming('sell p=0.95', { authorId: '101' })];
    await receive(one, two);
    await moderating.act(one.id, '1', 'delete', '7');
    await moderating.act(two.id, '1', 'timeout', '7');
    clock.now += HOUR;
    for (const { id, undoable } of await moderating.newest('1', 5)) {
      expect(undoable).toBe(false);
      await expect(moderating.undo(id, '1', '7')).rejects.toMatchObject({ key: 'cannot_undo' });
    }
  });
});

describe('a dispute', () => {
  it('opens the flag again, first in the queue, once, and only for the author', async () => {
    const { moderating, discord, receive } = await moderation();
    const [surer, disputed] = [incoming('buy p=0.99'), incoming('sell p=0.91', { authorId: '101' })];
    await receive(surer, disputed);
    await moderating.act(disputed.id, '1', 'timeout', '7');
    expect((await moderating.next('1', 0)).flag?.id).toBe(surer.id);
    await expect(moderating.dispute(disputed.id, '100')).rejects.toMatchObject({ key: 'dispute_not_yours' });
    await moderating.dispute(disputed.id, '101');
    await moderating.settled();
    expect(discord.latest()?.content).toContain('**disputed by its author**');
    expect(discord.latest()?.buttons?.map(({ action }) => action)).toEqual(['confirm', 'clear', 'delete']);
    expect(await moderating.next('1', 0)).toMatchObject({ flag: { id: disputed.id }, open: 2 });
    await expect(moderating.dispute(disputed.id, '101')).rejects.toMatchObject({ key: 'dispute_repeated' });
  });

  it('that is right makes good what still can be', async () => {
    const { store, moderating, discord, receive } = await moderation();
    const fine = incoming('buy p=0.95');
    await receive(fine);
    await moderating.act(fine.id, '1', 'timeout', '7');
    await moderating.dispute(fine.id, '100');
    await moderating.judge(fine.id, '1', 'false_alarm', '8');
    expect(discord.timeOuts.at(-1)).toEqual({ userId: '100', until: undefined });
    expect((await verdicts(store)).map(({ label }) => label)).toEqual(['ham']);
    await expect(moderating.dispute(fine.id, '100')).rejects.toMatchObject({ key: 'dispute_settled' });
  });
});

describe('the text of a settled flag', () => {
  it.each([
    { permitted: true, labels: 1 },
    { permitted: false, labels: 0 },
  ])('is erased after 30 days; its label stays only if learning is permitted: $permitted', async (set) => {
    const { store, moderating, clock, receive } = await moderation({ permitted: set.permitted });
    const [spam, open] = [incoming('buy p=0.95'), incoming('sell p=0.95')];
    await receive(spam, open);
    await moderating.act(spam.id, '1', 'delete', '7');
    clock.now += 30 * DAY;
    await moderating.eraseOld();
    expect((await store.flags.find(spam.id))?.content).toBe('buy p=0.95');
    clock.now += HOUR;
    await moderating.eraseOld();
    expect(await store.flags.find(spam.id)).toMatchObject({ content: null, weights: '[]' });
    expect((await moderating.newest('1', 1))[0].content).toBeNull();
    expect((await store.flags.find(open.id))?.content).toBe('sell p=0.95');
    expect(await verdicts(store)).toHaveLength(set.labels);
  });
});

describe('a verdict on a message that was erased meanwhile', () => {
  it('settles the flag and keeps no word, unless the bot deleted it', async () => {
    const { store, moderating, receive } = await moderation();
    const [gone, spam] = [incoming('buy p=0.95'), incoming('sell p=0.95')];
    await receive(gone, spam);
    await store.erasure.erase({ guildId: '1', ids: [gone.id] }, 'deleted', 1);
    expect((await store.flags.find(gone.id))?.content).toBe('buy p=0.95');
    await moderating.judge(gone.id, '1', 'confirmed', '7');
    expect(await store.flags.find(gone.id)).toMatchObject({ state: 'confirmed', content: null });
    await moderating.act(spam.id, '1', 'delete', '7');
    await store.erasure.erase({ guildId: '1', ids: [spam.id] }, 'deleted', 1);
    expect(await store.flags.find(spam.id)).toMatchObject({ state: 'confirmed', content: 'sell p=0.95' });
    expect(await verdicts(store)).toMatchObject([{ message_id: spam.id }]);
  });
});

async function verdicts(store: Awaited<ReturnType<typeof moderation>>['store']) {
  const learned = await store.labels.list('1', 'spam', 'learned');
  return [...learned, ...(await store.labels.list('1', 'spam', 'held-out'))];
}
