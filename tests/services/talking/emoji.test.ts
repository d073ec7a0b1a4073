import { describe, expect, it, test } from 'vitest';
import { withEmoji } from '../../../src/services/talking/emoji.js';
import { talkingSet } from '../../helpers/talking.js';

const KEK = '<:kek:1234567890123456789>';
const emoji = new Map([
  ['kek', KEK],
  ['party', '<a:party:2>'],
  ['30', '<:30:3>'],
]);

describe("a guild's emoji", () => {
  test.each([
    ['so :kek: and:party::kek:', `so ${KEK} and<a:party:2>${KEK}`],
    ['그래서 :kek:요', `그래서 ${KEK}요`],
    [':other: :smile: kek', ':other: :smile: kek'],
    ['at 10:30:45', 'at 10:30:45'],
    ['\\:kek:', '\\:kek:'],
    ['`a :kek:` ``b ` :kek:`` :kek:', '`a :kek:` ``b ` :kek:`` ' + KEK],
    ['```\n:kek:\n``` :kek:', '```\n:kek:\n``` ' + KEK],
    ['` :kek:', `\` ${KEK}`],
  ])('stand for their names: %s', (text, expected) => {
    expect(withEmoji(text, emoji, 2_000)).toBe(expected);
  });

  it('stay names where there is no room, and in what somebody gave', () => {
    const room = 11 + KEK.length - 5; // ":kek: :kek:", one of them shown
    expect(withEmoji(':kek: :kek:', emoji, room)).toBe(`${KEK} :kek:`);
    expect(withEmoji(':kek: :kek:', emoji, room - 1)).toBe(':kek: :kek:');
    expect(withEmoji(':kek: :kek:', emoji, 2_000, 5)).toBe(`:kek: ${KEK}`);
  });

  it('are shown in what the network writes, and kept as names, so that it goes on with what it wrote', async () => {
    const { continuing, store, asked, promote } = await talkingSet(() => ' well :kek:');
    await promote();
    const who = { guildId: '1', audience: 'public', channelId: '10', memberId: '5' };
    const { id, text } = await continuing.continueText({ ...who, prompt: 'say :kek:' });
    expect(text).toBe(` well ${KEK}`);
    expect((await store.generations.find(id, '1'))?.text).toBe(' well :kek:');
    await continuing.more(id, who);
    expect(asked.at(-1)?.wanted).toMatchObject({ prompt: 'say :kek: well :kek:' });
  });
});
