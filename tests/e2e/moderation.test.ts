import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Exchange, PersonError, type Playground, startPlayground } from '../../src/playground/index.js';
import { type BotProcess, startBot } from '../helpers/bot.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { temporaryFolder } from '../helpers/store.js';
import { smallWorld } from '../helpers/world.js';

type Name = 'Ada' | 'Eve' | 'Max' | 'Mia';
type Message = ReturnType<Playground['guild']['messagesIn']>[number];

const PATIENCE = { timeout: 20_000, interval: 20 };
const NITRO = '@everyone free Discord Nitro for 3 months, claim it now: https://dlscord-gift.com/nitro';
const STEAM =
  'bro i left you a steam gift 50$, take it before it expires: https://steamcommunlty.com/gift/8831';
const CRYPTO =
  'Send 0.1 BTC and get 0.2 BTC back instantly, double your money: https://elon-btc-double.top @everyone';
const CASINO =
  '500 free spins no deposit 🎰🎰 register now and win $5000: https://lucky-spins-casino.xyz @everyone';
const WALLET =
  '🎁 airdrop is live 🎁 connect your wallet to claim 5000 tokens: https://claim-airdrop.xyz @everyone';
const HACKS = 'free robux generator, works, no survey: https://robux-free.xyz/gen 🎁🎁 @everyone';

// The whole built bot as its own process, against the playground's server: what follows is one story.
describe('moderation, from the first flag to acting alone', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  const exchanges: Exchange[] = [];
  let playground: Playground;
  let bot: BotProcess;

  const settings = () => ({
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.apiUrl,
    DATABASE_PATH: `${folder.path}/bot.sqlite`,
    TRAINING_PERMISSION: 'granted',
    RETRAIN_CRON: 'off',
  });
  const person = (name: Name) => playground.person(name);
  const channel = (name: string) => playground.guild.channelNamed(name).id;
  const isAnswer = (content: string) => content !== '' && !/so far …$/.test(content);
  const ask = (who: Name, command: string, options = {}) =>
    person(who).command('lounge', command, options).until(isAnswer);

  /** Resolves with the newest message that is the right one, as soon as there is one. */
  function shown(look: () => Message[], isRight: (message: Message) => boolean): Promise<Message> {
    return vi.waitUntil(() => look().findLast(isRight), PATIENCE);
  }
  /** The flag in the moderators' channel whose quoted text holds these words. */
  const flagged = (words: string, isRight: (content: string) => boolean = () => true) =>
    shown(
      () => playground.guild.messagesIn(channel('moderators')),
      ({ content }) => plain(content).includes(words) && isRight(content),
    );
  const flags = (words: string) =>
    playground.guild
      .messagesIn(channel('moderators'))
      .filter(({ content }) => plain(content).includes(words));
  const press = async (who: Name, message: Message, button: string) =>
    person(who).click(message.channel_id, message.id, button);
  const stands = (where: string, { id }: Message) => playground.guild.find(channel(where), id) !== undefined;

  beforeAll(async () => {
    playground = await startPlayground({
      world: smallWorld(),
      now: () => Date.now(),
      onExchange: (exchange) => exchanges.push(exchange),
    });
    bot = startBot(settings());
    await bot.logged('slash commands registered');
  });
  afterAll(async () => {
    await bot.stop();
    await playground.close();
    folder.remove();
  });

  it('learns its starters at the first start', async () => {
    await vi.waitUntil(() => bot.log().split('the starter is ready').length === 3, { timeout: 50_000 });
  });

  it('watches once a manager says where flags go, and flags spam but not chat', async () => {
    const { content } = await ask('Ada', 'spam watch', { channel: channel('moderators') });
    expect(content).toContain(`<#${channel('moderators')}>`);
    for (const chat of ['anyone up for a game tonight?', 'my free time is over, back to work lol', 'gg']) {
      person('Max').send('lounge', chat);
    }
    const scam = person('Max').send('lounge', NITRO);
    const flag = await flagged('free Discord Nitro');
    expect(flag.content).toMatch(/\d\d(\.\d)? %/);
    expect(flag.content).toContain(`<@${person('Max').id}>`);
    expect(flag.content).toMatch(/__\*\*.+\*\*__/);
    expect(flag.content).toContain('a link that imitates a known site');
    expect(labels(flag)).toEqual(['Confirm', 'False alarm', 'Delete', 'Time out']);
    expect(playground.guild.messagesIn(channel('moderators'))).toHaveLength(2); // the welcome, and this one

    expect(stands('lounge', scam)).toBe(true);
    expect(playground.guild.isTimedOut(person('Max').id)).toBe(false);
    expect(person('Max').directMessages()).toEqual([]);
  });

  it('lets only moderators judge, even when the client was tricked', async () => {
    const flag = await flagged('free Discord Nitro');
    await expect(press('Max', flag, 'Confirm')).rejects.toThrow(PersonError);
    const answer = person('Max').click(flag.channel_id, flag.id, 'Confirm', 'unchecked');
    expect((await answer.until(isAnswer)).content).toBe('You need the permission Manage Messages for this.');
    expect(labels(await flagged('free Discord Nitro'))).toContain('Confirm');
  });

  it('times out on a moderator’s word, and hears the member out', async () => {
    await press('Mia', await flagged('free Discord Nitro'), 'Time out');
    await flagged('free Discord Nitro', (content) => content.includes('was timed out'));
    expect(playground.guild.isTimedOut(person('Max').id)).toBe(true);
    const notice = await shown(person('Max').directMessages, ({ content }) => content.includes('timed out'));
    expect(labels(notice)).toEqual(['Dispute']);
    await press('Max', notice, 'Dispute');
    await shown(person('Max').directMessages, ({ content }) => content.includes('Thank you'));
    const disputed = await flagged('free Discord Nitro', (content) => content.includes('disputed by'));
    expect(labels(disputed)).toEqual(['Confirm', 'False alarm', 'Delete']);

    const log = await ask('Mia', 'spam log');
    await (await press('Mia', log, 'Undo 1')).until((content) => content.includes('lifted'));
    expect(playground.guild.isTimedOut(person('Max').id)).toBe(false);
  });

  it('takes other verdicts: a false alarm, spam left alone, spam deleted', async () => {
    person('Max').send('lounge', STEAM);
    await press('Mia', await flagged('a steam gift'), 'False alarm');
    const cleared = await flagged('a steam gift', (content) => content.includes('False alarm, says'));
    expect(labels(cleared)).toEqual([]);

    const crypto = person('Eve').send('lounge', CRYPTO);
    await press('Mia', await flagged('get 0.2 BTC back'), 'Confirm');
    await flagged('get 0.2 BTC back', (content) => content.includes('Confirmed'));
    expect(stands('lounge', crypto)).toBe(true);

    const casino = person('Max').send('lounge', CASINO);
    await press('Mia', await flagged('500 free spins'), 'Delete');
    await flagged('500 free spins', (content) => content.includes('deleted'));
    expect(stands('lounge', casino)).toBe(false);
    const notice = await shown(person('Max').directMessages, ({ content }) => content.includes('500 free'));
    expect(notice.content).toContain('It was deleted.');
    // What a moderator called fine is fine the second time as well.
    person('Max').send('general', STEAM);
  });

  it('has a queue for those who prefer one', async () => {
    const queue = await ask('Mia', 'spam review');
    expect(queue.content).toContain('disputed');
    await press('Mia', queue, 'False alarm');
    await flagged('free Discord Nitro', (content) => content.includes('False alarm, says'));
    expect((await ask('Mia', 'spam review')).content).toBe('Nothing to review.');
    expect(flags('a steam gift')).toHaveLength(1);
  });

  it('makes one flag of the same spam in several channels', async () => {
    const copies = ['lounge', 'general'].map((where) => ({
      where,
      message: person('Max').send(where, WALLET),
    }));
    const flag = await flagged('airdrop is live', (content) => content.includes('2 times'));
    expect(flags('airdrop is live')).toHaveLength(1);
    await press('Mia', flag, 'Delete');
    await flagged('airdrop is live', (content) => content.includes('deleted'));
    expect(copies.filter(({ where, message }) => stands(where, message))).toEqual([]);
  });

  it.each([
    ['zero-width characters', [...HACKS].join('\u200b')],
    ['letters of other scripts', HACKS.replaceAll('o', 'о').replaceAll('e', 'е').replaceAll('a', 'а')],
    ['spaces between letters', `f r e e  r o b u x  g e n e r a t o r, w o r k s ${HACKS.slice(27)}`],
  ])('sees through %s', async (_disguise, text) => {
    const before = playground.guild.messagesIn(channel('moderators')).length;
    person('Eve').send('lounge', text);
    const flag = await shown(
      () => playground.guild.messagesIn(channel('moderators')).slice(before),
      ({ content }) => content.includes(person('Eve').id),
    );
    await (await press('Mia', flag, 'Confirm')).until((content) => content.includes('Confirmed'));
  });

  it('learns of what it missed, and of what it should not have flagged, from the menu of a message', async () => {
    const missed = person('Eve').send('general', 'my cousin sells cheap watches, write me');
    const spam = await person('Mia').use('Flag as spam', 'general', missed.id).until(isAnswer);
    expect(labels(spam)).toEqual(['Delete', 'Time out']);
    await (await press('Mia', spam, 'Delete')).until((content) => content.includes('deleted'));
    expect(stands('general', missed)).toBe(false);
    const fine = person('Eve').send('general', 'free pizza for everyone at the office');
    const ham = await person('Mia').use('Not spam', 'general', fine.id).until(isAnswer);
    expect(ham.content).toContain('no spam');
    expect(() => person('Max').use('Not spam', 'general', fine.id)).toThrow(PersonError);
  });

  it('tells how a text, a message and a channel feel', async () => {
    await ask('Ada', 'corpus collect', { channel: channel('general') });
    const { content } = await ask('Max', 'sentiment', { text: 'I love this, what a wonderful day!' });
    expect(content).toContain('**Positive**');
    const awful = person('Eve').send('general', 'worst day ever, I hate everything about it, so sad 😢😡');
    const checked = await person('Mia').use('Check sentiment', 'general', awful.id).until(isAnswer);
    expect(checked.content).toContain('**Negative**');

    for (const who of ['Ada', 'Max', 'Mia'] as const) {
      person(who).send('general', 'what a lovely morning');
      person(who).send('general', 'the train is late again, so annoying');
    }
    // Events and commands travel separately: ask until the last message has arrived.
    const mood = await vi.waitUntil(async () => {
      const told = await ask('Mia', 'mood', { channel: channel('general') });
      return told.content.includes('from 9 messages') && told;
    }, PATIENCE);
    const [picture, table] = await Promise.all(mood.attachments.map(({ url }) => download(url)));
    expect([...picture.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    const [head, day] = table.toString().trim().split('\n');
    expect(head).toBe('start,messages,negative,neutral,positive,mean');
    const [messages, negative, neutral, positive] = day.split(',').slice(1).map(Number);
    expect([messages, negative + neutral + positive]).toEqual([9, 9]);
  });

  it('acts alone only after a rehearsal', async () => {
    const auto = { action: 'delete', threshold: 0.95 };
    expect((await ask('Ada', 'spam auto', auto)).content).toContain('/spam backtest');
    const backtest = await ask('Ada', 'spam backtest', { threshold: 0.95 });
    expect(plain(backtest.content)).toContain(
      'I read 9 messages of the last 30 days. At 95 % I would have acted on 1',
    );
    expect(plain(backtest.content)).toMatch(/\d %.*bro i left you a steam gift/);
    expect((await ask('Ada', 'spam auto', auto)).content).toContain('From 95 % on, messages are deleted');
    const scam = person('Max').send('lounge', `last chance, ${HACKS}`);
    const flag = await flagged('last chance', (content) => content.includes('deleted'));
    expect(labels(flag)).toEqual(['Confirm', 'False alarm', 'Time out']);
    expect(stands('lounge', scam)).toBe(false);
    const notice = await shown(person('Max').directMessages, ({ content }) =>
      content.includes('last chance'),
    );
    expect(notice.content).toContain('I took a message of yours');
    expect(labels(notice)).toEqual(['Dispute']);
  });

  it('remembers settings and open flags after a restart', async () => {
    expect(await bot.stop()).toBe(0);
    bot = startBot(settings());
    await bot.logged('connected to Discord');
    const { content } = await ask('Mia', 'spam stats');
    expect(content).toContain(`Flags from 90 % go to <#${channel('moderators')}>`);
    expect(content).toContain('From 95 % on, messages are deleted');
    // Spam: confirmed once, and thrice in disguise, deleted twice, found once by a moderator; fine: two flags, and a message.
    expect(content).toContain('**Flags:** 1 waiting for a verdict (0 disputed), 7 confirmed, 2 false alarms');
    expect(content).toContain('**To learn from:** 10 verdicts of moderators');
    expect((await ask('Mia', 'spam review')).content).toContain('The only open flag');
    await press('Mia', await flagged('last chance'), 'Confirm');
    await flagged('last chance', (content) => content.includes('Confirmed'));
    expect(bot.log()).not.toContain('the starter is ready');
  });

  // Needs Discord's OpenAPI description beside the repository.
  it.skipIf(!hasOpenApi)('says and hears nothing that Discord would not', () => {
    expect(exchanges.length).toBeGreaterThan(50);
    expect(violations(exchanges)).toEqual([]);
  });

  async function download(url: string): Promise<Buffer> {
    return Buffer.from(await (await fetch(url)).arrayBuffer());
  }
});

/** A message without its marks and escapes. */
function plain(content: string): string {
  return content.replace(/\\|\*\*|__/g, '');
}

function labels({ components }: Message): (string | undefined)[] {
  return (components as { components?: { label?: string }[] }[]).flatMap(({ components: row = [] }) =>
    row.map(({ label }) => label),
  );
}
