import { createCanvas } from '@napi-rs/canvas';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { defineCommand, defineMessageCommand } from '../../src/discord/define-command.js';
import { hasChromium, launchBrowser } from '../helpers/browser.js';
import { answeringClient } from '../helpers/client.js';

// The real page in a real browser, and behind it the bot's client with commands made for these tests.
describe.skipIf(!hasChromium)('the chat page, for moderators and members', { timeout: 30_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('offers message commands in the Apps menu of a message, by mouse and by keyboard', async () => {
    const { page, playground } = await opened('Mia');
    playground.person('Max').send('lounge', 'free nitro');
    playground.person('Eve').send('lounge', 'good morning');
    const apps = page
      .getByRole('article')
      .filter({ hasText: 'good morning' })
      .getByRole('button', { name: 'Apps' });

    await apps.focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu', { name: 'Apps' });
    expect(await menu.getByRole('menuitem').allTextContents()).toEqual(['Count letters', 'Flag as spam']);
    await page.keyboard.press('Escape');
    expect(await menu.isVisible()).toBe(false);
    expect(await apps.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);

    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('flagged: good morning').waitFor();
    await page.getByText('Mia used Flag as spam').waitFor();

    await page.getByText('free nitro', { exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Flag as spam' }).click();
    await page.getByText('flagged: free nitro').waitFor();
  });

  it('offers a member only what members may use', async () => {
    const { page, playground } = await opened('Max');
    playground.person('Eve').send('lounge', 'good morning');
    await page.getByRole('article').hover();
    await page.getByRole('button', { name: 'Apps' }).click();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Count letters']);
    expect(await page.getByRole('link', { name: 'moderators' }).count()).toBe(0);
  });

  it('shows pictures, buttons as they are dressed, and other files to download', async () => {
    const { page, playground } = await opened('Mia');
    playground.person('Mia').command('lounge', 'draw');
    const picture = page.getByRole('img', { name: 'A red field' });
    await picture.waitFor();
    await expect
      .poll(() => picture.evaluate((node) => (node as { naturalWidth?: number }).naturalWidth))
      .toBe(300);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'mood.csv' }).click();
    expect((await download).suggestedFilename()).toBe('mood.csv');
    expect(await page.getByRole('button', { name: 'Confirm' }).getAttribute('class')).toBe('button success');
    expect(await page.getByRole('button', { name: 'Delete', exact: true }).getAttribute('class')).toBe(
      'button danger',
    );
  });

  it('has direct messages, seen by one person alone, whose buttons work', async () => {
    const { page, playground, client } = await opened('Max');
    const { id } = playground.person('Max');
    const dispute = { type: 2, style: 2, label: 'Dispute', custom_id: 'draw:dispute:7' } as const;
    await client.users.send(id, {
      content: 'You were flagged',
      components: [{ type: 1, components: [dispute] }],
    });
    await page.getByRole('link', { name: 'charlatan, unread' }).click();
    await page.getByText('You were flagged').waitFor();
    await page.getByRole('button', { name: 'Dispute' }).click();
    await page.getByText('A moderator will look at it').waitFor();
    await page.locator('#composer textarea').fill('/');
    expect(await page.locator('.offers li').count()).toBe(0);

    await page.getByLabel('Speaking as').selectOption({ label: 'Mia' });
    await page.getByRole('link', { name: 'charlatan' }).click();
    await page.getByText('This is the start of @charlatan').waitFor();
    expect(await page.getByText('A moderator will look at it').count()).toBe(0);
  });

  it('marks who is timed out, and until when, and refuses what they write', async () => {
    const { page, playground } = await opened('Max');
    const max = playground.person('Max');
    max.send('lounge', 'spam');
    playground.guild.timeOut(max.id, new Date(Date.UTC(2026, 0, 1, 1)).toISOString());
    await page.getByRole('article').getByText('timed out until').waitFor();
    await page.locator('#speaker').getByText('timed out until').waitFor();
    await page.locator('#composer textarea').fill('more spam');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('You are timed out.').waitFor();
    playground.guild.timeOut(max.id, null);
    await page.getByRole('article').getByText('timed out until').waitFor({ state: 'detached' });
  });

  async function opened(speaker: string) {
    const set = await answeringClient([flag, count, draw]);
    const page: Page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    onTestFinished(async () => {
      await page.close();
      expect(problems).toEqual([]);
    });
    await page.goto(set.playground.url);
    await page.getByLabel('Speaking as').selectOption({ label: speaker });
    await page.getByRole('link', { name: 'lounge' }).click();
    await page.getByText('This is the start of #lounge').waitFor();
    return { ...set, page };
  }
});

const flag = defineMessageCommand({
  name: 'Flag as spam',
  allow: 'moderators',
  reply: 'private',
  run: async (_services, { content }) => ({ content: `flagged: ${content}` }),
});

const count = defineMessageCommand({
  name: 'Count letters',
  allow: 'everyone',
  reply: 'public',
  run: async (_services, { content }) => ({ content: `${content.length} letters` }),
});

const draw = defineCommand({
  name: 'draw',
  description: 'Draws a picture',
  allow: 'everyone',
  reply: 'public',
  options: {},
  run: async () => {
    const canvas = createCanvas(300, 120);
    const context = canvas.getContext('2d');
    context.fillStyle = 'crimson';
    context.fillRect(0, 0, 300, 120);
    return {
      content: 'drawn',
      files: [
        { name: 'mood.png', bytes: await canvas.encode('png'), alt: 'A red field' },
        { name: 'mood.csv', bytes: new TextEncoder().encode('day,mood\n'), alt: 'The same as a table' },
      ],
      buttons: [
        { action: 'dispute', argument: '1', label: 'Confirm', style: 'good' },
        { action: 'dispute', argument: '2', label: 'False alarm' },
        { action: 'dispute', argument: '3', label: 'Delete', style: 'danger' },
      ],
    };
  },
  buttons: {
    dispute: {
      reply: 'update',
      anywhere: true,
      run: async () => ({ content: 'A moderator will look at it' }),
    },
  },
});
