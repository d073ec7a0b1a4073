import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineCommand } from '../../src/discord/define-command.js';
import { hasChromium, launchBrowser } from '../helpers/browser.js';
import { openedPage } from '../helpers/page.js';

describe.skipIf(!hasChromium)('writing on the chat page', { timeout: 30_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('offers what the bot suggests while an option is typed, by keyboard and by mouse', async () => {
    const { page, box, log } = await openedPage(browser, [say]);
    await box.fill('/say ');
    const text = page.getByRole('combobox', { name: 'text' });
    await text.fill('the');
    await page.getByRole('option', { name: 'the people' }).waitFor();
    expect(await text.getAttribute('aria-expanded')).toBe('true');
    expect(await text.getAttribute('aria-activedescendant')).toBeNull();
    await page.keyboard.press('ArrowDown');
    const active = page.locator(`#${await text.getAttribute('aria-activedescendant')}`);
    expect(await active.textContent()).toBe('the people');
    await page.keyboard.press('Escape');
    expect(await page.locator('.offers li').count()).toBe(0);
    expect(await text.inputValue()).toBe('the');

    await text.fill('the r');
    await page.getByRole('option', { name: 'the rain' }).click();
    expect(await text.inputValue()).toBe('the rain');
    await page.keyboard.press('Enter');
    await log.getByText('said: the rain').waitFor();

    // What was typed is as good as what is offered.
    await box.fill('/say ');
    await text.fill('the');
    await page.locator('.offers li').first().waitFor();
    await page.keyboard.press('Enter');
    await log.getByText('said: the', { exact: true }).waitFor();
  });

  it('says when the bot does not answer, beside the option and after a command', async () => {
    const { page, box, client } = await openedPage(browser, [say]);
    client.removeAllListeners('interactionCreate');
    await box.fill('/say ');
    await page.keyboard.type('the');
    await page.getByText('Loading options…').waitFor();
    await page.getByText('Loading options failed.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The application did not respond.').waitFor();
  });

  it('takes an option whatever its name, and makes room for the next command', async () => {
    const { page, box, log } = await openedPage(browser, [tidy]);
    for (const time of [1, 2]) {
      await box.fill('/tidy ');
      await page.getByRole('combobox', { name: 'remove' }).selectOption('Yes');
      await page.keyboard.press('Enter');
      await log
        .getByText('tidied: true')
        .nth(time - 1)
        .waitFor();
    }
  });

  it('finds members for an option, as the server calls them', async () => {
    const { page, box, log } = await openedPage(browser, [greet]);
    await box.fill('/greet ');
    const who = page.getByRole('combobox', { name: 'who' });
    await who.fill('nobody');
    await page.getByText('Nobody here is called that.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Nobody here is called “nobody”.').waitFor();
    await who.fill('ma');
    await page.locator('.offers li', { hasText: 'Max' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await who.inputValue()).toBe('@Max');
    await page.keyboard.press('Enter');
    await log.getByText('hello Max').waitFor();
  });

  it('offers members behind an @, shows them as pills, and sends mentions', async () => {
    const { page, box, log, playground } = await openedPage(browser, []);
    const heard = playground.until(({ content }) => content.startsWith('hey'));
    await box.focus();
    await page.keyboard.type('hey @ch');
    await page.getByRole('option', { name: /Charlatan/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('and @max, listen');
    expect(await page.locator('.mention-layer mark').allTextContents()).toEqual(['@Charlatan', '@max']);
    await page.keyboard.press('Enter');
    const { content, mentions } = await heard;
    const [bot, max] = [playground.guild.bot.id, playground.person('Max').id];
    expect(content).toBe(`hey <@${bot}> and <@${max}>, listen`);
    expect(mentions.map(({ id }) => id)).toEqual([bot, max]);
    await log.locator('.mention', { hasText: '@Charlatan' }).waitFor();

    await box.press('ArrowUp');
    expect(await page.getByLabel('Edit message').inputValue()).toBe('hey @Charlatan and @Max, listen');
  });

  it('answers a message, with or without a ping, and quotes it above the answer', async () => {
    const { page, box, log, playground } = await openedPage(browser, []);
    const max = playground.person('Max');
    const question = max.send('lounge', 'who is there?');
    await log.getByText('who is there?').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await page.getByText('Replying to Max').waitFor();
    const answered = playground.until(({ content }) => content === 'me');
    await page.getByRole('button', { name: 'Ping the author' }).click();
    await box.fill('me');
    await box.press('Enter');
    expect(await answered).toMatchObject({
      type: 19,
      mentions: [],
      message_reference: { message_id: question.id },
    });
    const quote = log.locator('.context');
    await quote.getByText('who is there?').waitFor();
    playground.guild.edit(question, { content: 'who is it?' });
    await quote.getByText('who is it?').waitFor();
    max.remove('lounge', [question.id]);
    await quote.getByText('Original message was deleted').waitFor();
    expect(await page.getByText('Replying to').isVisible()).toBe(false);
  });

  it('tells who is typing, until their message comes', async () => {
    const { page, client, lounge } = await openedPage(browser, []);
    await client.rest.post(`/channels/${lounge}/typing`);
    await page.getByText('Charlatan is typing…').waitFor();
    await client.rest.post(`/channels/${lounge}/messages`, { body: { content: 'there' } });
    await page.getByText('Charlatan is typing…').waitFor({ state: 'hidden' });
  });

  it("speaks the language of the person's Discord where the bot speaks", async () => {
    const { page, box, log, client, playground } = await openedPage(browser, [say]);
    await client.rest.put(`/applications/${client.application.id}/commands`, { body: [koreanSay] });
    await page.getByLabel('Language').selectOption({ label: '한국어' });
    await expect.poll(() => playground.person('Ada').locale).toBe('ko');
    await page.getByText('This is the start of #lounge').waitFor();
    await box.fill('/말');
    await page.getByRole('option', { name: '말하기' }).getByText('말을 합니다').waitFor();
    await box.press('Enter');
    await page.getByRole('combobox', { name: '글' }).fill('비');
    await page.keyboard.press('Enter');
    await log.getByText('said: 비').waitFor();
    await log.locator('.context').getByText('/말하기').waitFor();
  });
});

const say = defineCommand({
  name: 'say',
  description: 'Says it',
  allow: 'everyone',
  reply: 'public',
  options: {
    text: {
      type: 'string',
      description: 'What to say',
      required: true,
      suggest: async (_services, typed) =>
        ['the people', 'the rain'].filter((each) => each.startsWith(typed)),
    },
  },
  run: async (_services, { text }) => ({ content: `said: ${text}` }),
});

const koreanSay = {
  name: 'say',
  name_localizations: { ko: '말하기' },
  description: 'Says it',
  description_localizations: { ko: '말을 합니다' },
  options: [
    {
      type: 3,
      name: 'text',
      name_localizations: { ko: '글' },
      description: 'What',
      required: true,
      autocomplete: true,
    },
  ],
};

const tidy = defineCommand({
  name: 'tidy',
  description: 'Tidies up',
  allow: 'everyone',
  reply: 'public',
  options: { remove: { type: 'boolean', description: 'Whether to', required: true } },
  run: async (_services, { remove }) => ({ content: `tidied: ${remove}` }),
});

const greet = defineCommand({
  name: 'greet',
  description: 'Says hello',
  allow: 'everyone',
  reply: 'public',
  options: { who: { type: 'user', description: 'To whom', required: true } },
  run: async (_services, { who }) => ({ content: `hello ${who.name}` }),
});
