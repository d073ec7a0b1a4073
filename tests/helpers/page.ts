import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { Command } from '../../src/discord/define-command.js';
import { answeringClient } from './client.js';

/** The chat page in the lounge, for one person, with these commands registered and answered. */
export async function openedPage(
  browser: Browser,
  commands: Command[],
  options: { speaker?: string } & BrowserContextOptions = {},
) {
  const { speaker = 'Ada', ...look } = options;
  const set = await answeringClient(commands);
  const page: Page = await browser.newPage({ viewport: { width: 1200, height: 800 }, ...look });
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  onTestFinished(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });
  const lounge = set.playground.guild.channelNamed('lounge').id;
  await page.goto(`${set.playground.url}#${lounge}`);
  // By its label it would be out of reach in a phone's drawer.
  await page.locator('#speaking-as').evaluate((node, name) => {
    const select = node as unknown as { value: string; options: { label: string; value: string }[] };
    select.value = [...select.options].find(({ label }) => label === name)?.value ?? '';
    node.dispatchEvent(new Event('change'));
  }, speaker);
  await page.getByText('This is the start of #lounge').waitFor();
  return { ...set, page, lounge, box: page.locator('#message-box'), log: page.getByRole('log') };
}

/** Whether an element has the focus. */
export const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.locator(selector).evaluate((node) => node === node.ownerDocument.activeElement);
