import { createCanvas } from '@napi-rs/canvas';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineCommand, defineMessageCommand } from '../../src/discord/define-command.js';
import { hasChromium, launchBrowser } from '../helpers/browser.js';
import { hasFocus, openedPage } from '../helpers/page.js';

describe.skipIf(!hasChromium)('reading the chat page', { timeout: 30_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('lets a message grow in place: selection, focus, an open menu and the pictures stay', async () => {
    const { page, log, playground, client, lounge } = await openedPage(browser, [count]);
    playground.person('Max').send('lounge', 'something else');
    const { id } = (await client.rest.post(`/channels/${lounge}/messages`, {
      body: { content: 'the **old** house', components: [row('more', 'More')] },
    })) as { id: string };
    const edit = (body: object) => client.rest.patch(`/channels/${lounge}/messages/${id}`, { body });
    const message = log.locator(`[data-message-id="${id}"]`);
    await message.evaluate((node) => {
      const text = node.querySelector('strong')?.firstChild;
      if (text) node.ownerDocument.getSelection()?.selectAllChildren(text.parentNode ?? text);
      Object.assign(node, { mark: 'the same node' });
    });
    const more = message.getByRole('button', { name: 'More' });
    await more.focus();
    await edit({ content: 'the **old** house by the river' });
    await message.getByText('house by the river').waitFor();
    expect(await message.evaluate((node) => (node as { mark?: string }).mark)).toBe('the same node');
    expect(await page.evaluate(() => String(document.getSelection()))).toBe('old');
    expect(await more.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);

    await log.getByText('something else').click({ button: 'right' });
    await edit({ content: 'the **old** house by the river, and more' });
    await message.getByText('and more').waitFor();
    expect(await page.getByRole('menuitem', { name: 'Count letters' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');

    await more.focus();
    await edit({ components: [row('again', 'Again')] });
    await message.getByRole('button', { name: 'Again' }).waitFor();
    // What was pressed is gone; the focus stays on its message and does not slip onto another button.
    expect(await hasFocus(page, `[data-message-id="${id}"]`)).toBe(true);
  });

  it('reads a message out once it has settled, not at every change', async () => {
    const { page, playground } = await openedPage(browser, []);
    const said: string[] = [];
    await page.exposeFunction('heard', (text: string) => said.push(text));
    await page.locator('#announcer').evaluate((node) => {
      const { heard } = globalThis as unknown as { heard: (text: string | null) => void };
      new MutationObserver(() => heard(node.textContent)).observe(node, { childList: true });
    });
    expect(await page.getByRole('log').getAttribute('aria-live')).toBe('off');
    const message = playground.person('Max').send('lounge', 'one');
    for (const content of ['one two', 'one two three']) playground.guild.edit(message, { content });
    await expect.poll(() => said, { timeout: 5_000 }).toEqual(['Max: one two three']);
  });

  it('shows that a pressed button waits for the bot, and that it waited in vain', async () => {
    const { page, log, client, lounge } = await openedPage(browser, []);
    client.removeAllListeners('interactionCreate');
    await client.rest.post(`/channels/${lounge}/messages`, {
      body: { content: 'press', components: [row('more', 'More')] },
    });
    const more = log.getByRole('button', { name: 'More' });
    await more.click();
    await expect.poll(() => more.getAttribute('aria-busy')).toBe('true');
    await page.getByRole('alert').getByText('The application did not respond.').waitFor();
    expect(await more.getAttribute('aria-busy')).toBeNull();
  });

  it('lays out cards with their fields and picture, which can be enlarged and is not shown twice', async () => {
    const { page, log, playground } = await openedPage(browser, [report]);
    playground.person('Max').command('lounge', 'report');
    const card = log.getByRole('region', { name: 'Version 7' });
    await card.waitFor();
    const tops = await card
      .locator('.field')
      .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().top));
    expect(tops[0]).toBe(tops[1]);
    expect(tops[2]).toBeGreaterThan(tops[1]);
    expect(await log.getByRole('img').count()).toBe(1);
    await card.getByRole('link', { name: 'Enlarge loss.png' }).focus();
    await page.keyboard.press('Enter');
    const large = page.getByRole('dialog').getByRole('img', { name: 'A falling curve' });
    await large.waitFor();
    await page.keyboard.press('Escape');
    await large.waitFor({ state: 'hidden' });
  });

  it('is dark or light by the system, or as chosen, also after a reload', async () => {
    const { page } = await openedPage(browser, [], { colorScheme: 'dark' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await page.getByLabel('Theme').selectOption('light');
    const light = await background();
    expect(light).not.toBe(dark);
    await page.reload();
    await page.getByText('This is the start of #lounge').waitFor();
    expect(await background()).toBe(light);
    await page.getByLabel('Theme').selectOption('system');
    expect(await background()).toBe(dark);
  });

  it.each(['dark', 'light'] as const)(
    'has enough contrast for every text when %s (WCAG AA: 4.5)',
    async (colorScheme) => {
      const { page } = await openedPage(browser, [], { colorScheme });
      const faint: string[] = [];
      for (const ground of ['--surface', '--raised', '--field', '--hover', '--sidebar', '--sidebar-low']) {
        for (const text of ['--text', '--strong', '--muted', '--link', '--danger', '--accent-text']) {
          const ratio = await contrast(page, `var(${text})`, `var(${ground})`);
          if (ratio < 4.5) faint.push(`${text} on ${ground}: ${ratio.toFixed(2)}`);
        }
      }
      const pairs = [
        ['white', 'var(--accent)'],
        ['white', 'var(--good)'],
        ['white', 'var(--bad)'],
        ['var(--strong)', 'var(--warning)'],
        ['var(--accent-text)', 'var(--accent-soft)'],
        ['var(--text)', 'var(--accent-soft)'],
        ['var(--text)', 'var(--mentioned)'],
        ['var(--muted)', 'var(--mentioned)'],
      ];
      for (const [text, ground] of pairs) {
        const ratio = await contrast(page, text, ground);
        if (ratio < 4.5) faint.push(`${text} on ${ground}: ${ratio.toFixed(2)}`);
      }
      expect(faint).toEqual([]);
    },
  );

  it('is used by keyboard alone: skip, messages by arrows, the menu by Enter, and back', async () => {
    const { page, box, log, playground } = await openedPage(browser, [count]);
    const [first, second] = ['one', 'two'].map((text) => playground.person('Max').send('lounge', text));
    await log.getByText('two').waitFor();
    await page.locator('#skip').focus();
    await page.keyboard.press('Enter');
    expect(await hasFocus(page, '#message-box')).toBe(true);

    await page.keyboard.press('Shift+Tab');
    expect(await hasFocus(page, `[data-message-id="${second.id}"]`)).toBe(true);
    await page.keyboard.press('ArrowUp');
    expect(await hasFocus(page, `[data-message-id="${first.id}"]`)).toBe(true);
    await page.keyboard.press('Shift+F10');
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Reply', 'Count letters']);
    await page.keyboard.press('Escape');
    expect(await hasFocus(page, `[data-message-id="${first.id}"]`)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await log.getByText('3 letters').waitFor();

    await page.getByRole('link', { name: 'general' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(
      await page.getByRole('link', { name: 'lounge' }).evaluate((node) => node.matches(':focus-visible')),
    ).toBe(true);
    expect(await box.isVisible()).toBe(true);
  });

  it('is used on a phone: a drawer, menus inside the screen, room for a thumb', async () => {
    const { page, box, log, playground } = await openedPage(browser, [report, count], {
      viewport: { width: 360, height: 640 },
      hasTouch: true,
    });
    playground.person('Max').send('lounge', 'a word that is long enough to wrap, and then some more of it');
    await playground
      .person('Max')
      .command('lounge', 'report')
      .until((_text, { embeds }) => embeds.length > 0);
    await log.getByRole('region', { name: 'Version 7' }).waitFor();
    await page.getByRole('button', { name: 'Channels and people' }).tap();
    await page.getByRole('link', { name: 'general' }).waitFor();
    expect(await page.locator('main').evaluate((node) => node.matches('[inert]'))).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('link', { name: 'general' }).isVisible()).toBe(false);

    await log.getByText('a word that').tap({ force: true });
    await log.getByText('a word that').click({ button: 'right' });
    const within = async (selector: string) => {
      const area = await page.locator(selector).boundingBox();
      return (
        area !== null &&
        area.x >= 0 &&
        area.y >= 0 &&
        area.x + area.width <= 360 &&
        area.y + area.height <= 640
      );
    };
    expect(await within('#message-menu')).toBe(true);
    await page.keyboard.press('Escape');
    await box.fill('/report ');
    await page.getByRole('textbox', { name: 'title' }).waitFor();
    expect(await within('#command-form')).toBe(true);
    const small = await page
      .locator('button:visible, select:visible, input:visible, .message-body a:visible')
      .evaluateAll((nodes) =>
        nodes
          .filter((node) => node.id !== 'skip' && node.closest('.context') === null)
          .filter((node) => node.getBoundingClientRect().height < 40)
          .map((node) => node.outerHTML),
      );
    expect(small).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});

const row = (customId: string, label: string) => ({
  type: 1,
  components: [{ type: 2, style: 2, label, custom_id: customId }],
});

/** The ratio of two colours by WCAG 2: of their relative luminances, each raised by 0.05. */
async function contrast(page: Page, text: string, ground: string): Promise<number> {
  const colours = await page.evaluate(
    ([color, backgroundColor]) => {
      const probe = document.createElement('span');
      Object.assign(probe.style, { color, backgroundColor });
      document.body.append(probe);
      const style = getComputedStyle(probe);
      const found = [style.color, style.backgroundColor];
      probe.remove();
      return found;
    },
    [text, ground],
  );
  const [a, b] = colours.map(luminance).sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

function luminance(colour: string): number {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1).map(Number);
  if (channels === undefined) throw new Error(`not a plain colour: ${colour}`);
  const [red, green, blue] = channels
    .map((value) => value / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const count = defineMessageCommand({
  name: 'Count letters',
  allow: 'everyone',
  reply: 'public',
  run: async (_services, { content }) => ({ content: `${content.length} letters` }),
});

const report = defineCommand({
  name: 'report',
  description: 'Shows how training went',
  allow: 'everyone',
  reply: 'public',
  options: { title: { type: 'string', description: 'Of the card' } },
  run: async () => ({
    content: '',
    embeds: [
      {
        title: 'Version 7',
        description: 'Better than **before**',
        fields: [
          { name: 'Now', value: '2.31', inline: true },
          { name: 'Before', value: '2.44', inline: true },
          { name: 'Samples', value: '> the people' },
        ],
        picture: 'loss.png',
      },
    ],
    files: [{ name: 'loss.png', bytes: await createCanvas(800, 400).encode('png'), alt: 'A falling curve' }],
  }),
});
