import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Exchange, type Playground, startPlayground } from '../../src/playground/index.js';
import { type BotProcess, startBot } from '../helpers/bot.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { temporaryFolder } from '../helpers/store.js';
import { smallWorld } from '../helpers/world.js';

// The whole built bot as its own process, against the playground's server: what follows is one story.
describe('the bot, from the first start to the second', { timeout: 60_000 }, () => {
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
    // A story asks more in a few seconds than people do.
    WRITES_PER_USER: '1000',
    WRITES_PER_CHANNEL: '1000',
    // The slowest: the others would be done before anybody could look on or interrupt them.
    ENGINE: 'js',
  });
  const ada = () => playground.person('Ada');
  const max = () => playground.person('Max');
  const isWritten = (content: string) => content !== '';
  const ask = async (who: 'Ada' | 'Eve' | 'Max', command: string, options = {}) => {
    const answer = playground.person(who).command('lounge', command, options);
    return (await answer.until((content) => content !== '' && !content.includes('…'))).content;
  };

  /** Asks what a training takes, and starts it. */
  const train = async (minutes: number) => {
    const estimate = await ada().command('lounge', 'retrain', { minutes }).until(isWritten);
    return { estimate: estimate.content, answer: ada().click('lounge', estimate.id, 'Start') };
  };

  beforeAll(async () => {
    playground = await startPlayground({
      world: smallWorld(),
      now: () => Date.now(),
      onExchange: (exchange) => exchanges.push(exchange),
    });
    bot = startBot(settings());
    await bot.logged('connected to Discord');
    await bot.logged('slash commands registered');
  });
  afterAll(async () => {
    await bot.stop();
    await playground.close();
    folder.remove();
  });

  it('has nothing to say before it has learned', async () => {
    expect(bot.log()).toContain('engine js, because ENGINE=js asks for it');
    expect(await ask('Max', 'continue', { prompt: 'hello' })).toContain('I have not learned to talk yet');
    expect(await ask('Ada', 'retrain')).toContain('There is too little to learn from: 0 characters');
  });

  it('lets only managers manage, even when the client was tricked', async () => {
    const answer = max().command('lounge', 'corpus status', {}, 'unchecked');
    const message = await answer.until((content) => content !== '');
    expect(message.content).toBe('You need the permission Manage Server for this.');
    expect(message.flags).toBe(64);
  });

  it('collects a channel: its history, and then what people write, edit and delete', async () => {
    const general = playground.guild.channelNamed('general').id;
    expect(await ask('Ada', 'corpus collect', { channel: general })).toContain('150 messages of its history');
    expect(await ask('Ada', 'corpus status')).toContain('150 messages');

    const kept = max().send('general', 'this stays');
    const edited = max().send('general', 'this will be edited');
    const deleted = max().send('general', 'this will be deleted');
    max().send('general', '!command to another bot');
    max().send('lounge', 'nobody collects here');
    max().edit('general', edited.id, 'edited');
    max().remove('general', [deleted.id]);
    // Old messages are not in the client's cache: these events arrive as partials.
    const [old, older, oldest] = playground.guild.messagesIn(general).slice(5, 8);
    playground.guild.edit(oldest, { content: 'x' });
    ada().remove('general', [old.id, older.id]);
    expect(kept.content).toBe('this stays');
    await status((text) => text.includes('150 messages')); // 150 + 2 written - 2 deleted
  });

  it('trains in the background, shows how far it is, and refuses a second training', async () => {
    const { estimate, answer } = await train(0.2);
    expect(estimate).toContain('This would train for 12 s');
    expect(estimate).toContain('It would be the first model here.');
    await answer.until((content) => content.includes('chars/s'));
    expect(await ask('Ada', 'retrain', { minutes: 0.05 })).toMatch(/already running \(\d+ % done\)/);
    const { content } = await answer.until((text) => text.includes('is live'));
    expect(content).toMatch(/^Version 1 is live: \d\.\d\d bits per character/);
    expect(await ask('Ada', 'corpus status')).toContain('version 1');
  });

  it('continues a text, the same for the same seed, whatever the prompt', async () => {
    const options = { prompt: 'the people ☃ 한국어 \u{1F600}', length: 60, seed: 7 };
    const first = await ask('Max', 'continue', options);
    expect(first.startsWith(`**${options.prompt}**`)).toBe(true);
    expect(first).toMatch(/\n-# seed 7 · temperature 0.8 · top_p 0.95 · model version 1$/);
    const [text] = first.slice(`**${options.prompt}**`.length).split('\n-# ');
    expect([...text].length).toBeGreaterThan(20);
    expect([...text].length).toBeLessThanOrEqual(60);
    expect(await ask('Max', 'continue', options)).toBe(first);
    const long = await ask('Max', 'continue', { prompt: '🙂'.repeat(200), length: 1_500, temperature: 2 });
    expect(long.length).toBeLessThanOrEqual(2_000);
  });

  it('has buttons: Again draws anew, More goes on', async () => {
    const answer = max().command('lounge', 'continue', { prompt: 'the union', length: 40, seed: 1 });
    const message = await answer.until((content) => content !== '');
    const again = await max()
      .click('lounge', message.id, 'Again')
      .until((content) => content !== '');
    expect(again.content.startsWith('**the union**')).toBe(true);
    const more = await max()
      .click('lounge', message.id, 'More')
      .until((content) => content !== '');
    expect(more.content.startsWith('…')).toBe(true);
  });

  it('answers who mentions it, and counts what people think of that', async () => {
    const bot = playground.guild.bot.id;
    const { id } = max().send('lounge', `<@${bot}> the work of the year?`);
    const answer = await playground.until((message) => message.message_reference?.message_id === id);
    expect(answer.author.id).toBe(bot);
    const counted = await ada()
      .click('lounge', answer.id, '👍')
      .until((content) => content !== '');
    expect(counted.content).toContain('counted for version 1');
    expect(await ask('Max', 'talk status')).toContain('**Version 1:** 👍 1 👎 0');
  });

  it('imitates whom it knows and who allows it, and draws what it expects', async () => {
    const member = playground.person('Eve').id;
    expect(await ask('Ada', 'imitate', { member })).toContain('Eve has not allowed imitations');
    await ask('Eve', 'privacy imitation', { allow: true });
    expect(await ask('Ada', 'imitate', { member })).toMatch(
      /^🎭 \*\*An imitation of Eve\*\*, written by model version 1:\n> /,
    );
    const predicted = await max()
      .command('lounge', 'predict', { text: 'the people of the uni' })
      .until((content) => content !== '');
    expect(predicted.content).toContain('**Next:** ');
    expect(predicted.attachments).toMatchObject([{ filename: 'prediction.png' }]);
  });

  it('remembers everything after a restart, and does not register its commands again', async () => {
    const options = { prompt: 'the people', length: 50, seed: 11 };
    const before = await ask('Max', 'continue', options);
    expect(await bot.stop()).toBe(0);
    const soFar = exchanges.length;
    bot = startBot(settings());
    await bot.logged('connected to Discord');
    expect(await ask('Max', 'continue', options)).toBe(before);
    expect(exchanges.slice(soFar).filter(({ method }) => method === 'PUT')).toEqual([]);
    expect(await ask('Ada', 'corpus status')).toContain('150 messages');
  });

  it('goes on with a training that a restart cut off, and announces it in the channel', async () => {
    const { answer } = await train(0.15);
    await answer.until((content) => content.includes('chars/s'));
    expect(await bot.stop()).toBe(0);
    expect(answer.message()?.content).toContain('Training paused');
    bot = startBot(settings());
    await bot.logged('a training goes on where it stopped');
    const announced = await playground.until((message) => /is live|not better/.test(message.content));
    expect(announced.channel_id).toBe(playground.guild.channelNamed('lounge').id);
  });

  it('comes back after its connection broke', async () => {
    playground.disconnectBot();
    await bot.logged('the connection to Discord is back');
    expect(await ask('Ada', 'corpus status')).toContain('150 messages');
  });

  it('never logged its token', () => {
    expect(bot.log()).not.toContain(playground.token);
  });

  // Needs Discord's OpenAPI description beside the repository.
  it.skipIf(!hasOpenApi)('says and hears nothing that Discord would not', () => {
    expect(exchanges.length).toBeGreaterThan(20);
    expect(violations(exchanges)).toEqual([]);
  });

  async function status(isRight: (text: string) => boolean): Promise<void> {
    // Events and commands travel separately: ask until the last event has arrived.
    for (let tries = 0; tries < 50; tries++) {
      if (isRight(await ask('Ada', 'corpus status'))) return;
    }
    expect(await ask('Ada', 'corpus status')).toBe('right');
  }
});
