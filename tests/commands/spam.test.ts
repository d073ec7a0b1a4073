import { describe, expect, it, onTestFinished } from 'vitest';
import flagAsSpam from '../../commands/flag-as-spam.js';
import notSpam from '../../commands/not-spam.js';
import spam from '../../commands/spam.js';
import type { Command, Context, Reply } from '../../src/discord/define-command.js';
import { createPictures } from '../../src/pictures/pictures-client.js';
import type { Services } from '../../src/services/index.js';
import { contextOf } from '../helpers/context.js';
import { silent } from '../helpers/log.js';
import { HOUR, incoming, moderation } from '../helpers/moderation.js';
import { message } from '../helpers/store.js';

describe('/spam', () => {
  it('lets moderators review, count and look back; settings are for managers, disputes for everyone', () => {
    const levels = Object.entries(subcommands()).map(([name, { allow }]) => [name, allow ?? spam.allow]);
    expect(Object.fromEntries(levels)).toEqual({
      watch: 'managers',
      auto: 'managers',
      exempt: 'managers',
      backtest: 'managers',
      retrain: 'managers',
      review: 'moderators',
      stats: 'moderators',
      log: 'moderators',
    });
    const { dispute, timeout, undo, ...others } = spam.buttons;
    // Whoever cannot time out cannot do it through the bot either.
    expect([timeout.allow, undo.allow]).toEqual(['timers', 'timers']);
    expect(flagAsSpam.buttons['timeout'].allow).toBe('timers');
    expect(dispute).toMatchObject({ allow: 'everyone', anywhere: true });
    expect(Object.values(others).map(({ allow }) => allow ?? spam.allow)).toEqual(
      Object.values(others).map(() => 'moderators'),
    );
  });

  it('watches, exempts, and stops watching', async () => {
    const { ask } = await bot({ watched: false });
    await expect(ask('watch')).rejects.toMatchObject({ key: 'choose_channel_or_off' });
    const channel = { id: '99', guildId: '1', readable: true, writable: true, isPublic: false };
    const lobby = { ...channel, id: '98', isPublic: true };
    expect((await ask('watch', { channel: lobby })).content).toContain('**Everyone can see <#98>**');
    expect((await ask('watch', { channel, threshold: 0.8 })).content).toContain(
      'Flags from 80 % go to <#99>.',
    );
    expect((await ask('exempt', { role: { id: '7' }, channel })).content).toBe('Exempt: <@&7>, <#99>');
    expect((await ask('exempt', { channel, remove: true })).content).toBe('Exempt: <@&7>');
    expect((await ask('watch', { off: true })).content).toContain('No longer watching');
  });

  it('reviews flag by flag: judged, skipped, and the next one at hand', async () => {
    const { ask, press, receive } = await bot();
    expect((await ask('review')).content).toBe('Nothing to review.');
    const [sure, unsure] = [incoming('buy p=0.99'), incoming('sell p=0.91')];
    await receive(sure, unsure);
    const first = await ask('review');
    expect(first.content).toContain('buy');
    expect(first.content).toContain('2 open flags');
    const skipped = await press(first, 'Skip');
    expect(skipped.content).toContain('sell');
    const judged = await press(skipped, 'False alarm');
    expect(judged.content).toContain('False alarm, says <@7>.');
    expect(judged.content).toContain('1 more to review');
    const last = await press(judged, 'Next');
    expect(last.content).toContain('The only open flag.');
    const done = await press(last, 'Confirm');
    expect(done.buttons).toEqual([]);
    await expect(press(first, 'Delete', { userId: '8' })).rejects.toMatchObject({ key: 'flag_resolved' });
  });

  it('fits into one message, however long the flagged text is', async () => {
    const { ask, receive } = await bot();
    await receive(incoming(`p=0.95 ${'*'.repeat(3_900)}`));
    const { content } = await ask('review');
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content).toContain('…\n');
    expect(content).toContain('The only open flag.');
  });

  it('logs what was done, with what can be undone', async () => {
    const { ask, press, receive, clock, discord } = await bot();
    expect((await ask('log')).content).toBe('Nothing was done yet.');
    const [one, two] = [incoming('*buy* p=0.99'), incoming('sell p=0.98', { authorId: '101' })];
    await receive(one, two);
    await press(await ask('review'), 'Delete');
    clock.now += 1;
    await press(await ask('review'), 'Time out');
    const log = await ask('log');
    expect(log.content.split('\n')).toMatchObject([
      expect.stringContaining('<@7> timed <@101> out until'),
      expect.stringContaining('<@7> deleted a message of <@100> in <#10>: \\*buy\\* p=0.99'),
    ]);
    expect(log.buttons?.map(({ label }) => label)).toEqual(['Undo 1', 'Show 2']);
    expect((await press(log, 'Show 2')).content).toContain('> \\*buy\\* p=0.99');
    expect((await press(log, 'Undo 1')).content).toContain('lifted the time-out of <@101>');
    expect(discord.timeOuts.map(({ until }) => until)).toEqual([clock.now + HOUR, undefined]);
  });

  it('rehearses, and only then acts by itself', async () => {
    const { ask, store } = await bot();
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take([message('m', 0, { content: 'buy p=0.99', created_at: 99 * 24 * HOUR })], 0);
    const auto = { action: 'delete', threshold: 0.97 };
    await expect(ask('auto', auto)).rejects.toMatchObject({ key: 'backtest_needed' });
    const { content } = await ask('backtest', { days: 7, threshold: 0.97 });
    expect(content).toContain(
      'I read 1 message of the last 7 days. At 97 % I would have acted on **1** of them; 1 would have been flagged for you.',
    );
    expect(content).toContain('- 99 % in <#10>: buy p=0.99');
    expect((await ask('auto', auto)).content).toContain('From 97 % on, messages are deleted at once.');
  });

  it('learns, and tells its statistics', async () => {
    const { ask, training, moderating } = await bot();
    await moderating.callSpam(incoming('subtle'), '7');
    training.ends(0.75);
    expect((await ask('retrain')).content).toBe(
      'Version 1 is live, with 20 verdicts learned: macro F1 0.75 on 10 verdicts it has not seen.',
    );
    const { content, files } = await ask('stats');
    expect(content).toContain('**Version 1:** precision 75 %, recall 75 % on 10 held-out verdicts');
    expect(files?.map(({ name }) => name)).toEqual(['versions.png']);
  });

  it('lets the member dispute in a direct message', async () => {
    const { ask, press, receive, discord } = await bot();
    await receive(incoming('buy p=0.99'));
    await press(await ask('review'), 'Delete');
    const [{ userId, message: notice }] = discord.told;
    const answer = await press(notice, 'Dispute', { guildId: '', userId });
    expect(answer.content).toContain('Thank you. The moderators see now that you dispute this');
    expect(answer.buttons).toBeUndefined();
  });
});

describe('the menu of a message', () => {
  it('flags as spam, and offers to act', async () => {
    const { services, context, discord } = await bot();
    const missed = incoming('subtle');
    const reply = await messageAction(flagAsSpam)(services, missed, context);
    expect(reply.buttons?.map(({ label }) => label)).toEqual(['Delete', 'Time out']);
    const done = await flagAsSpam.buttons['delete'].run(services, missed.id, context);
    expect(done.content).toContain('**Flagged by a moderator**');
    expect(discord.deleted).toEqual([missed.id]);
  });

  it('says that a message is no spam', async () => {
    const { services, context, receive, moderating } = await bot();
    const fine = incoming('buy p=0.95');
    await receive(fine);
    expect(await messageAction(notSpam)(services, fine, context)).toEqual({
      content: 'Noted: this is no spam.',
    });
    expect((await moderating.next('1', 0)).open).toBe(0);
  });
});

async function bot(options: { watched?: boolean } = {}) {
  const set = await moderation(options);
  const pictures = createPictures(
    silent,
    new URL('../../dist/src/pictures/pictures-worker.js', import.meta.url),
  );
  onTestFinished(() => pictures.close());
  const services = { moderating: set.moderating, pictures } as Services;
  const context = contextOf({ guildId: '1', channelId: '10', userId: '7' });
  const ask = (name: string, options = {}) => subcommands()[name].run(services, options, context);
  /** Presses a button of a reply, found by its label, as dispatch does. */
  async function press(reply: Reply, label: string, who: Partial<Context> = {}): Promise<Reply> {
    const button = reply.buttons?.find((each) => each.label === label);
    if (button === undefined) throw new Error(`no button ${label}: ${JSON.stringify(reply)}`);
    return spam.buttons[button.action].run(services, button.argument, { ...context, ...who });
  }
  return { ...set, services, context, ask, press };
}

function subcommands() {
  if (spam.actions.kind !== 'subcommands') throw new Error('/spam is a group');
  return spam.actions.subcommands;
}

function messageAction(command: Command) {
  if (command.actions.kind !== 'message') throw new Error(`${command.name} is for messages`);
  return command.actions.action.run;
}
