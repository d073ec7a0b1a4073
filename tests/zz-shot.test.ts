import { it } from 'vitest';
import { startPlayground } from '../src/playground/index.js';
import { startBot } from './helpers/bot.js';
import { launchBrowser } from './helpers/browser.js';
import { temporaryFolder } from './helpers/store.js';
import { smallWorld } from './helpers/world.js';
it('shoots', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const small = smallWorld();
  const lines = [
    'i love this new map so much, well done',
    'the update is terrible, it crashes all the time',
    'meeting at 8 tonight',
    'thanks, that was a great help 😀',
    'my internet is awful today 😡',
    'what time is the raid?',
    'good morning everyone',
    'that boss fight was amazing',
    'i hate this lag',
    'see you tomorrow',
  ];
  const people = ['Max', 'Eve', 'Ada', 'Mia'];
  const world = {
    ...small,
    guild: 'Riverside Games',
    messages: Array.from({ length: 400 }, (_, i) => ({
      author: people[(i * 7) % 4],
      channel: 'general',
      content: `${lines[(i * 13) % 10]}`,
      at: Date.now() - (400 - i) * 100 * 60_000,
    })),
  };
  const playground = await startPlayground({ world, now: () => Date.now() });
  const bot = startBot({
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.apiUrl,
    DATABASE_PATH: `${folder.path}/b.sqlite`,
    TRAINING_PERMISSION: 'granted',
    RETRAIN_CRON: 'off',
  });
  await bot.logged('slash commands registered');
  while (bot.log().split('the starter is ready').length < 3) await new Promise((r) => setTimeout(r, 200));
  const id = (name: string) => playground.guild.channelNamed(name).id;
  const ask = async (who: string, command: string, options = {}) => {
    const a = playground.person(who).command(who === 'Max' ? 'lounge' : 'moderators', command, options);
    return (await a.until((c) => c !== '' && !c.includes('…'))).content;
  };
  console.log(await ask('Ada', 'corpus collect', { channel: id('general') }));
  console.log(await ask('Ada', 'spam watch', { channel: id('moderators') }));
  await bot.logged('a new classifier is live');
  playground.person('Max').send('lounge', 'anyone up for a game tonight?');
  playground
    .person('Max')
    .send(
      'lounge',
      '@everyone free Discord Nitro for 3 months, claim it now: https://dlscord-gift.com/nitro',
    );
  const flag = await playground.until((m) => m.content.startsWith('**Spam?'));
  console.log(flag.content);
  const browser = await launchBrowser();
  const shoot = async (name: string, who: string, channel: string, light = false) => {
    const page = await browser.newPage({
      viewport: light ? { width: 400, height: 800 } : { width: 1200, height: 820 },
      colorScheme: light ? 'light' : 'dark',
    });
    await page.goto(playground.url);
    await page
      .getByRole('combobox')
      .first()
      .selectOption({ label: who })
      .catch((e) => console.log(String(e)));
    await page
      .getByRole('link', { name: channel })
      .first()
      .click()
      .catch((e) => console.log(String(e)));
    await page.waitForTimeout(1200);
    await page.screenshot({ path: `/tmp/h/${name}.png` });
    await page.close();
  };
  await shoot('flag', 'Mia', 'moderators');
  for (const t of [
    'I love this new map, but the lag is terrible 😡',
    'what a wonderful day, thank you all!',
    '이 영화 진짜 최고 ㅋㅋ',
    'the meeting is at eight',
  ])
    console.log(await ask('Mia', 'sentiment', { text: t }));
  console.log(await ask('Mia', 'mood', { channel: id('general'), days: 30 }));
  await shoot('mood', 'Mia', 'moderators');
  console.log(await ask('Ada', 'spam backtest', { days: 30, threshold: 0.95 }));
  console.log(await ask('Mia', 'spam stats'));
  await browser.close();
  await bot.stop();
  await playground.close();
  folder.remove();
});
