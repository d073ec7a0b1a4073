import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineCommand } from '../../src/discord/define-command.js';
import { hasChromium, launchBrowser } from '../helpers/browser.js';
import { openedPage } from '../helpers/page.js';

const weigh = defineCommand({
  name: 'weigh',
  description: 'Says how large a file is',
  allow: 'everyone',
  reply: 'public',
  options: { file: { type: 'attachment', description: 'What to weigh', required: true } },
  run: async (_services, { file }) => {
    const text = await (await fetch(file.url)).text();
    return { content: `${file.name}: ${file.bytes} bytes, ${text}` };
  },
});

describe.runIf(hasChromium)('a command that takes a file', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('has a field to choose it with, and the bot can download it', async () => {
    const { page, box, log } = await openedPage(browser, [weigh]);
    await box.fill('/weigh ');
    const form = page.getByRole('form', { name: '/weigh' });
    await form.getByRole('button', { name: 'Send' }).click();
    expect(await form.getByRole('alert').textContent()).toBe('This is needed.');
    const buffer = Buffer.from('한글');
    await form.getByLabel('file required').setInputFiles({ name: 'a b.txt', mimeType: 'text/plain', buffer });
    await form.getByRole('alert').waitFor({ state: 'hidden' });
    await form.getByRole('button', { name: 'Send' }).click();
    await log.getByText('a b.txt: 6 bytes, 한글').waitFor();
  });

  it('is not for pages of others', async () => {
    const { playground } = await openedPage(browser, [weigh]);
    const foreign = { method: 'POST', body: 'x', headers: { origin: 'http://elsewhere.example' } };
    expect((await fetch(`${playground.url}uploads/x`, foreign)).status).toBe(403);
  });
});
