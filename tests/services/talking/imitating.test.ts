import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../../src/i18n/index.js';
import { escapeMarkdown } from '../../../src/corpus/highlight.js';
import { imitationMessage } from '../../../src/services/talking/imitation-message.js';
import { talkingSet } from '../../helpers/talking.js';

const ASKED = { guildId: '1', audience: 'public', channelId: '10', memberId: '300', opening: '' };
const MAX = { id: '100', name: 'Max', isBot: false };
const EVE = { id: '200', name: 'Eve', isBot: false };

describe('an imitation', () => {
  it('is written by the tag of a member who allows it', async () => {
    const { imitating, privacy, promote, asked, store } = await talkingSet(() => ' world');
    await promote();
    await privacy.setImitation('1', '100', true);
    const imitation = await imitating.imitate({ ...ASKED, member: MAX, opening: 'hello', style: 'calm' });
    expect(imitation).toMatchObject({ name: 'Max', opening: 'hello', text: 'hello world', version: 1 });
    expect(asked[0]).toMatchObject({
      temperature: 0.5,
      wanted: {
        kind: 'message',
        context: [],
        authorId: '100',
        isReply: false,
        opening: 'hello',
        maxLength: 400,
      },
    });
    expect(await store.generations.find(imitation.id, '1')).toMatchObject({
      kind: 'imitation',
      prompt: '',
    });
  });

  it.each([
    [' I stole it', 'I stole it'],
    ['@bob I stole it', 'bob I stole it'],
    ['see discord.gg/abc', 'see [link]'],
    [`${'ha ha '.repeat(9)}no`, 'ha ha no'],
    ['\u{100000}me', 'me'],
  ])('begins as the guard would have it: %j', async (typed, opening) => {
    const { imitating, privacy, promote, asked } = await talkingSet(() => ' and so');
    await promote();
    await privacy.setImitation('1', '100', true);
    const imitation = await imitating.imitate({ ...ASKED, member: MAX, opening: typed });
    expect(asked[0].wanted).toMatchObject({ opening });
    const content = imitationMessage(imitation, stringsFor('en'));
    expect(content.split('\n').at(-1)).toBe(`> **${escapeMarkdown(opening)}** and so`);
  });

  it('is refused with a name that neither links nor formats', async () => {
    const { imitating } = await talkingSet();
    const member = { ...EVE, name: 'discord.gg/abc *x*' };
    const refused = imitating.imitate({ ...ASKED, member });
    const name = '\\[link] \\*x\\*';
    await expect(refused).rejects.toMatchObject({ key: 'imitation_not_allowed', params: { name } });
  });

  it('needs the leave of the member, in that server, and as long as it is given', async () => {
    const { imitating, privacy, promote } = await talkingSet();
    await promote();
    const imitate = (memberId = '300') => imitating.imitate({ ...ASKED, memberId, member: MAX });
    await expect(imitate()).rejects.toMatchObject({ key: 'imitation_not_allowed', params: { name: 'Max' } });
    await expect(imitate('100')).rejects.toMatchObject({ key: 'own_imitation_not_allowed' });
    await privacy.setImitation('2', '100', true);
    await expect(imitate()).rejects.toMatchObject({ key: 'imitation_not_allowed' });
    await privacy.setImitation('1', '100', true);
    await expect(imitate()).resolves.toBeDefined();
    await privacy.setImitation('1', '100', false);
    await expect(imitate()).rejects.toMatchObject({ key: 'imitation_not_allowed' });
  });

  it('needs a model that knows the member, and a person', async () => {
    const { imitating, privacy, promote, known } = await talkingSet();
    await privacy.setImitation('1', '200', true);
    const imitate = (member: typeof EVE) => imitating.imitate({ ...ASKED, member });
    await expect(imitate(EVE)).rejects.toMatchObject({ key: 'no_model' });
    await promote();
    await expect(imitate(EVE)).rejects.toMatchObject({ key: 'imitation_unknown' });
    known.push('200');
    await expect(imitate(EVE)).resolves.toMatchObject({ version: 1 });
    await expect(imitate({ ...EVE, isBot: true })).rejects.toMatchObject({ key: 'imitates_no_bots' });
  });
});

describe('the message of an imitation', () => {
  const strings = stringsFor('en');
  const draft = { id: 'x', name: 'Max', opening: '', text: 'one\ntwo', version: 3 };

  it('is labelled, and every line of it quoted, whatever is in it', () => {
    expect(imitationMessage(draft, strings)).toBe(
      '🎭 **An imitation of Max**, written by model version 3:\n> one\n> two',
    );
    expect(imitationMessage({ ...draft, name: '**<@1>**' }, strings)).toContain(
      'An imitation of \\*\\*\\[someone]\\*\\*',
    );
  });

  it('shows which part somebody else gave', () => {
    expect(imitationMessage({ ...draft, opening: 'on', text: 'one' }, strings)).toMatch(/\n> \*\*on\*\*e$/);
    expect(imitationMessage({ ...draft, opening: 'one of us', text: 'one' }, strings)).toMatch(
      /\n> \*\*one\*\*$/,
    );
    expect(imitationMessage({ ...draft, opening: 'one', text: 'one*' }, strings)).toMatch(
      /\n> \*\*one\*\*\u2060\*$/,
    );
    // Together with what was written after it, it became something else.
    expect(imitationMessage({ ...draft, opening: 'evil.c', text: '[link] it is' }, strings)).toMatch(
      /:\n-# Its beginning was given: \*\*evil\.c\*\*\n> \[link\] it is$/,
    );
  });

  it('is never too long', () => {
    const long = { ...draft, opening: '*'.repeat(100), text: '*'.repeat(100) + '\n'.repeat(1_400) };
    expect(imitationMessage(long, strings).length).toBeLessThanOrEqual(2_000);
  });
});
