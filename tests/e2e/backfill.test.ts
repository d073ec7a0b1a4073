import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem, type Exchange, type Playground, startPlayground } from '../../src/playground/index.js';
import { type BotProcess, startBot } from '../helpers/bot.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { temporaryFolder } from '../helpers/store.js';
import { plainMessages } from '../helpers/training.js';
import { smallWorld } from '../helpers/world.js';

// The built bot as its own process, killed and started again, against the playground's server: what follows is one story.
describe('reading the past', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  const exchanges: Exchange[] = [];
  let onExchange: (exchange: Exchange) => void = () => {};
  let playground: Playground;
  let bot: BotProcess;

  const start = async () => {
    bot = startBot({
      DISCORD_TOKEN: playground.token,
      DISCORD_API_URL: playground.apiUrl,
      DATABASE_PATH: `${folder.path}/bot.sqlite`,
      TRAINING_PERMISSION: 'granted',
      HISTORY_MESSAGES: '0',
      RETRAIN_CRON: 'off',
    });
    await bot.logged('connected to Discord');
  };
  const named = (name: string) => playground.guild.channelNamed(name).id;
  const ask = (command: string, options = {}) => playground.person('Ada').command('lounge', command, options);
  const isDone = (content: string) => content !== '' && !content.includes('…');
  const answered = async (command: string, options = {}) =>
    (await ask(command, options).until(isDone)).content;
  /** Collected at the moment, in the channel. */
  const collected = async (name: string) => {
    const status = await answered('corpus status');
    return Number(new RegExp(`<#${named(name)}> \\((\\d+)\\)`).exec(status)?.[1]);
  };

  beforeAll(async () => {
    playground = await startPlayground({
      world: worldWithForum(),
      now: () => Date.now(),
      onExchange(exchange) {
        exchanges.push(exchange);
        onExchange(exchange);
      },
    });
    const max = playground.person('Max');
    const thread = max.startThread('general', 'plans', 'plan 0');
    for (let index = 1; index < 120; index++) max.send(thread.id, `plan ${index}`);
    playground.guild.threads.archive(thread.id);
    const secret = max.startThread('general', 'secrets', 'a secret', { isPrivate: true });
    max.send(secret.id, 'another secret');
    max.send(max.startThread('ideas', 'an idea', 'what if').id, 'why not');
    await start();
    await bot.logged('slash commands registered');
  });
  afterAll(async () => {
    await bot.stop();
    await playground.close();
    folder.remove();
  });

  it('takes a channel that is switched on', async () => {
    expect(await answered('corpus backfill', { channel: named('general') })).toContain('/corpus collect');
    expect(await answered('corpus collect', { channel: named('general') })).toContain('0 messages of its');
  });

  it('waits out a rate limit and a failure, and goes on where it was killed', async () => {
    playground.failNext(
      `/channels/${named('general')}/messages`,
      new ApiProblem(429, 0, 'Slow', undefined, 0),
    );
    playground.failNext(`/channels/${named('general')}/messages`, new ApiProblem(500, 0, 'Oops'));
    const killed = new Promise((resolve) => {
      let pages = 0;
      onExchange = ({ method, path, status }) => {
        if (method !== 'GET' || !path.endsWith('/messages') || status !== 200) return;
        pages += 1;
        if (pages === 3) resolve(bot.stop('SIGKILL'));
      };
    });
    ask('corpus backfill', { channel: named('general') });
    await killed;
    onExchange = () => {};

    // Meanwhile people go on.
    const max = playground.person('Max');
    const [deleted] = playground.guild.messagesIn(named('general')).slice(-2);
    playground.person('Ada').remove('general', [deleted.id]);
    for (let index = 0; index < 3; index++) max.send('general', `said while it was away ${index}`);
    max.send('plans', 'one more plan');

    const announced = playground.until(({ content }) => content.includes('is read'));
    await start();
    const { channel_id, content } = await announced;
    expect(channel_id).toBe(named('lounge'));
    expect(content).toContain(`The past of <#${named('general')}> is read`);
    await bot.logged('caught up with what was missed');
    // 250 in the channel and 120 in the thread; then one less, and four more.
    await expect.poll(() => collected('general')).toBe(373);
  });

  it('stores nothing twice', async () => {
    const answer = await answered('corpus backfill', { channel: named('general') });
    expect(answer).toContain('373 messages read, 0 new in the corpus');
    expect(await collected('general')).toBe(373);
  });

  it('reads a forum', async () => {
    await answered('corpus collect', { channel: named('ideas') });
    const answer = await answered('corpus backfill', { channel: named('ideas'), days: 30 });
    expect(answer).toContain('2 messages read, 2 new in the corpus');
  });

  it('can be cancelled by managers', async () => {
    const pages = `/channels/${named('general')}/messages`;
    for (let tries = 0; tries < 4; tries++) playground.failNext(pages, new ApiProblem(500, 0, 'Oops'));
    const answer = ask('corpus backfill', { channel: named('general') });
    const waiting = await answer.until((content) => content.includes('Discord does not answer'));
    const refused = playground.person('Max').click('lounge', waiting.id, 'Cancel');
    expect((await refused.until(isDone)).content).toContain('Manage Server');
    playground.person('Ada').click('lounge', waiting.id, 'Cancel');
    const { content, components } = await answer.until((text) => text.includes('I stopped reading'));
    expect(content).toContain('What was stored stays.');
    expect(components).toEqual([]);
  });

  it.skipIf(!hasOpenApi)('says and hears nothing that Discord would not', () => {
    expect(violations(exchanges)).toEqual([]);
  });
});

function worldWithForum() {
  const world = smallWorld();
  const messages = plainMessages(250, 6).map(({ content }, index) => ({
    author: 'Max',
    channel: 'general',
    content,
    at: Date.UTC(2024, 5, 1) + index * 60_000,
  }));
  const forum = { name: 'ideas', topic: 'A forum', kind: 'forum' } as const;
  return { ...world, channels: [...world.channels, forum], messages };
}
