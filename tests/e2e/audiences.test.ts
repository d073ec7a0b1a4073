import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Playground, startPlayground, type World } from '../../src/playground/index.js';
import { openStore } from '../../src/store/open.js';
import { type BotProcess, startBot } from '../helpers/bot.js';
import { temporaryFolder } from '../helpers/store.js';
import { smallWorld } from '../helpers/world.js';

const SECRET = 'the zebra sleeps under the violet bridge';

// The whole built bot as its own process, against the playground's server: what follows is one story.
describe('what only moderators can read', { timeout: 180_000 }, () => {
  const folder = temporaryFolder();
  const path = `${folder.path}/bot.sqlite`;
  let playground: Playground;
  let bot: BotProcess;

  const isWritten = (content: string) => content !== '';
  const person = (name: string) => playground.person(name);
  const idOf = (channel: string) => playground.guild.channelNamed(channel).id;
  const asks = (who: string, channel: string, command: string, options = {}) =>
    person(who)
      .command(channel, command, options)
      .until((content) => isWritten(content) && !content.includes('…'));
  const says = async (...asked: Parameters<typeof asks>) => (await asks(...asked)).content;
  const modelIn = async (who: string, channel: string) =>
    /model version (\d+)$/.exec(
      await says(who, channel, 'continue', { prompt: 'the zebra', length: 20 }),
    )?.[1];

  /** Trains for three seconds, as Ada asks for it in the lounge. */
  async function train(options = {}) {
    const { id, content: estimate } = await asks('Ada', 'lounge', 'retrain', { minutes: 0.05, ...options });
    const answer = person('Ada').click('lounge', id, 'Start');
    const outcome = await answer.until((content) => content.includes('is live'));
    return { estimate, outcome };
  }

  beforeAll(async () => {
    playground = await startPlayground({ world: worldWithSecret(), now: () => Date.now() });
    bot = startBot({
      DISCORD_TOKEN: playground.token,
      DISCORD_API_URL: playground.apiUrl,
      DATABASE_PATH: path,
      TRAINING_PERMISSION: 'granted',
      RETRAIN_CRON: 'off',
      WRITES_PER_USER: '1000',
      WRITES_PER_CHANNEL: '1000',
    });
    await bot.logged('connected to Discord');
    await bot.logged('slash commands registered');
  });
  afterAll(async () => {
    await bot.stop();
    await playground.close();
    folder.remove();
  });

  it('is learned by a model of their own, which an admin asks for', async () => {
    const channel = idOf('moderators');
    expect(await says('Ada', 'lounge', 'corpus audience')).toContain('There is only the public model');
    expect(await says('Ada', 'lounge', 'corpus audience', { channel: idOf('lounge') })).toContain(
      'Everyone can read',
    );
    expect(await says('Ada', 'lounge', 'retrain', { for: channel })).toContain('have no model of their own');
    const added = await says('Ada', 'lounge', 'corpus audience', { channel });
    expect(added).toContain(`exactly the same people can read: <#${channel}>`);
    await says('Ada', 'lounge', 'corpus collect', { channel: idOf('general') });
    expect(await says('Ada', 'lounge', 'corpus collect', { channel })).toContain('20 messages');
  });

  it('is shown to nobody else when that is trained', async () => {
    const open = await train();
    expect(open.estimate).toContain('150 messages');
    expect(JSON.stringify(open.outcome.embeds)).toContain('What it writes');
    const closed = await train({ for: idOf('moderators') });
    expect(closed.estimate).toContain(`For the readers of <#${idOf('moderators')}>`);
    expect(closed.estimate).toContain('170 messages');
    expect(closed.outcome.content).toContain('Version 2 is live');
    expect(closed.outcome.content).toContain('nothing that it writes is shown here');
    expect(JSON.stringify(closed.outcome.embeds)).not.toContain('What it writes');
  });

  it('is never asked for elsewhere, and speaks among them', async () => {
    expect(await modelIn('Max', 'lounge')).toBe('1');
    expect(await modelIn('Mia', 'lounge')).toBe('1');
    expect(await modelIn('Mia', 'moderators')).toBe('2');
    expect(await says('Mia', 'lounge', 'continue', { prompt: 'x', version: 2 })).toContain(
      'Version 2 has learned what not everyone who reads this channel can read',
    );
    expect(await says('Mia', 'moderators', 'predict', { text: 'the' })).toContain('model version 2');
    expect(await says('Mia', 'lounge', 'predict', { text: 'the' })).toContain('model version 1');
  });

  it('is in what answers a mention only there', async () => {
    const store = await openStore(path, 'read-only');
    try {
      for (const [who, channel, version] of [
        ['Mia', 'moderators', 2],
        ['Max', 'lounge', 1],
      ] as const) {
        const { id } = person(who).send(channel, `<@${playground.guild.bot.id}> the zebra?`);
        const answer = await playground.until((message) => message.message_reference?.message_id === id);
        await expect
          .poll(async () =>
            (await store.generations.inMessages([answer.id])).map((each) => each.model_version),
          )
          .toEqual([version]);
      }
    } finally {
      await store.close();
    }
  });

  it('is learned again, until that is called off', async () => {
    const channel = idOf('moderators');
    const { id } = await asks('Ada', 'lounge', 'retrain', { minutes: 5, for: channel });
    const answer = person('Ada').click('lounge', id, 'Start');
    await answer.until((content) => content.includes('chars/s'));
    expect(await says('Ada', 'lounge', 'model cancel')).toContain('No training of this model');
    expect(await says('Ada', 'lounge', 'model cancel', { for: channel })).toContain('cancelled the training');
    await answer.until((content) => content.includes('The training was cancelled'));
  });

  it('is told of only to them and to managers', async () => {
    const line = `**For the readers of <#${idOf('moderators')}>:** version 2`;
    expect(await says('Max', 'lounge', 'model status')).not.toContain('For the readers');
    expect(await says('Mia', 'moderators', 'model status')).toContain(line);
    expect(await says('Ada', 'lounge', 'model status')).toContain(line);
    expect(await says('Ada', 'lounge', 'model history')).toContain(`for <#${idOf('moderators')}>`);
  });

  it('is forgotten when an admin wants no such model any more', async () => {
    const channel = idOf('moderators');
    const removed = await says('Ada', 'lounge', 'corpus audience', { channel, remove: true });
    expect(removed).toContain(`No longer collected or learned: <#${channel}>`);
    expect(await modelIn('Mia', 'moderators')).toBe('1');
    expect(await says('Mia', 'moderators', 'continue', { prompt: 'x', version: 2 })).toContain(
      'Version 2 cannot write (any more)',
    );
    expect(await says('Ada', 'lounge', 'retrain', {})).toContain('150 messages');
  });
});

/** The small world, with twenty messages among the moderators. */
function worldWithSecret(): World {
  const world = smallWorld();
  const secrets = Array.from({ length: 20 }, (_, index) => ({
    author: index % 2 === 0 ? 'Mia' : 'Ada',
    channel: 'moderators',
    content: `${SECRET} on day ${index}`,
    at: Date.UTC(2024, 5, 2) + index * 60_000,
  }));
  return { ...world, messages: [...world.messages, ...secrets] };
}
