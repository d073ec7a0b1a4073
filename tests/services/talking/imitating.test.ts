import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../../src/i18n/index.js';
import { imitationMessage } from '../../../src/services/talking/imitation-message.js';
import { talkingSet } from '../../helpers/talking.js';

const ASKED = { guildId: '1', channelId: '10', memberId: '300', opening: '' };
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
    expect(await store.generations.find(imitation.id, '1')).toMatchObject({ kind: 'imitation' });
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
      'An imitation of \\*\\*\\<\\@1\\>\\*\\*',
    );
  });

  it('shows which part somebody else gave', () => {
    expect(imitationMessage({ ...draft, opening: 'on', text: 'one' }, strings)).toMatch(/\n> \*\*on\*\*e$/);
    // The guard may have changed it.
    expect(imitationMessage({ ...draft, opening: '@x', text: 'x is' }, strings)).toMatch(/\n> x is$/);
  });

  it('is never too long', () => {
    const long = { ...draft, opening: '*'.repeat(100), text: '*'.repeat(100) + '\n'.repeat(1_400) };
    expect(imitationMessage(long, strings).length).toBeLessThanOrEqual(2_000);
  });
});
