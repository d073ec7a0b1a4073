import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Playground, startPlayground } from '../../src/playground/index.js';
import { type BotProcess, startBot } from '../helpers/bot.js';
import { hasChromium, launchBrowser } from '../helpers/browser.js';
import { temporaryFolder } from '../helpers/store.js';
import { smallWorld } from '../helpers/world.js';

// The real page in a real browser, with the real bot behind it.
describe.skipIf(!hasChromium)('the chat page', { timeout: 30_000 }, () => {
  const folder = temporaryFolder();
  let playground: Playground;
  let bot: BotProcess;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    playground = await startPlayground({ world: smallWorld(), now: () => Date.now() });
    bot = startBot({
      DISCORD_TOKEN: playground.token,
      DISCORD_API_URL: playground.apiUrl,
      DATABASE_PATH: `${folder.path}/page.sqlite`,
      TRAINING_PERMISSION: 'granted',
    });
    await bot.logged('slash commands registered');
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(playground.url);
  });
  afterAll(async () => {
    await browser.close();
    await bot.stop();
    await playground.close();
    folder.remove();
  });

  const messages = () => page.getByRole('log');
  const composer = () => page.locator('#composer textarea');

  it('shows the guild, its channels and what was said', async () => {
    await page.getByRole('heading', { name: 'Test guild' }).waitFor();
    await page.getByRole('link', { name: 'general' }).click();
    await messages().getByText('Max').first().waitFor();
    expect(await page.title()).toContain('Test guild');
  });

  it('sends a message as a person would, and never runs what it says', async () => {
    await page.getByRole('link', { name: 'lounge' }).click();
    await composer().fill('**bold** <img src=x onerror="document.title=\'hacked\'">');
    await composer().press('Enter');
    await messages().locator('strong', { hasText: 'bold' }).waitFor();
    expect(await messages().locator('img').count()).toBe(0);
    expect(await page.title()).not.toContain('hacked');
  });

  it('offers slash commands with their options, by keyboard alone', async () => {
    await composer().focus();
    await page.keyboard.type('/cont');
    await page.getByRole('option', { name: /continue/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('the people');
    await page.keyboard.press('Enter');
    await messages().getByText('I have not learned to talk yet').waitFor();
    await messages().getByText('used').first().waitFor();
  });

  it('shows progress, then a text with its buttons, and a private answer', async () => {
    const ada = playground.person('Ada');
    const general = playground.guild.channelNamed('general').id;
    await ada
      .command('lounge', 'corpus collect', { channel: general })
      .until((text) => text.includes('taken in'));
    ada.command('lounge', 'corpus status');
    await messages().getByText('Only you can see this').first().waitFor();
    const training = ada.command('lounge', 'retrain', { minutes: 0.1 });
    await messages().getByRole('button', { name: 'Start' }).last().click();
    await messages().getByText(/▰|▱/).first().waitFor();
    await training.until((text) => text.includes('is live'));
    ada.command('lounge', 'continue', { prompt: 'the work', length: 30, seed: 1 });
    await messages().getByRole('button', { name: 'More' }).last().click();
    await messages().getByText('…').last().waitFor();
  });

  it("hides managers' commands and others' private answers from a member", async () => {
    await page.getByLabel('Speaking as').selectOption({ label: 'Max' });
    await messages().getByText('the work').first().waitFor();
    expect(await messages().getByText('Only you can see this').count()).toBe(0);
    await composer().focus();
    await page.keyboard.type('/');
    await page.getByRole('option', { name: /continue/ }).waitFor();
    expect(await page.getByRole('option', { name: /retrain/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await composer().waitFor();
    expect(problems).toEqual([]);
  });
});
