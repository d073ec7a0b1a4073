import { describe, expect, test } from 'vitest';
import { wordsOfNames } from '../../src/corpus/attachment-names.js';
import { signalsOf } from '../../src/corpus/signals.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const ordinary = {
  content: 'hello there',
  attachments: [],
  mentions: 0,
  accountAgeMs: 400 * DAY_MS,
  copies: 0,
};
const said = (content: string) => signalsOf({ ...ordinary, content });

describe('signals', () => {
  test('has nothing to say of an ordinary message', () => {
    expect(signalsOf(ordinary)).toEqual([]);
    expect(said('I paid with my card at 4pm, see RFC 2119')).toEqual([]);
  });

  test.each([
    ['one link', 'see https://example.com', ['links:1']],
    ['three links count as two and more', 'a.com b.com c.com', ['links:2']],
    ['four links', 'a.com b.com c.com d.com', ['links:4']],
    ['an invite', 'join discord.gg/abc', ['links:1', 'link:invite']],
    ['an invite of another kind', 'https://discord.com/invite/abc', ['links:1', 'link:invite']],
    ['an imitation by one letter', 'https://dlscord.com/gift', ['links:1', 'link:imitation']],
    ['an imitation by two swapped letters', 'https://steamcommuntiy.com/gift', ['links:1', 'link:imitation']],
    ['an imitation by a hyphen', 'https://discord-nitro.shop', ['links:1', 'link:imitation']],
    ['an imitation by a subdomain', 'https://steamcommunity.com.gifts.shop', ['links:1', 'link:imitation']],
    ['the genuine hosts', 'https://steamcommunity.com/x https://cdn.discordapp.com/y', ['links:2']],
    ['hosts that only sound alike', 'https://discourse.org https://stream.com', ['links:2']],
    ['a shortener', 'https://bit.ly/3abc', ['links:1', 'link:shortener']],
    ['a raw address', 'http://185.12.3.4/login', ['links:1', 'link:address']],
    ['a masked link', '[steamcommunity.com/gift/50](https://prizes.shop/x)', ['links:2', 'link:masked']],
    ['a link with a plain name', '[the docs](https://example.com)', ['links:1']],
    ['@everyone', '@everyone look', ['everyone']],
    ['capitals', 'BUY THIS NOW please', ['capitals']],
    ['short shouts are no capitals', 'LOL OK', []],
    ['five emoji', '🎁🎁🎁🎁🎁', ['emoji:many']],
    ['money', 'only $50', ['money']],
    ['a phone number', 'call +44 7700 900123', ['phone']],
    ['no phone number in a mention', '<@123456789012345678>', []],
    ['a disguise', 'fr\u200bee', ['disguise']],
  ])('%s', (_, content, signals) => {
    expect(said(content)).toEqual(signals);
  });

  test.each([
    [0, ['account:day']],
    [DAY_MS, ['account:week']],
    [7 * DAY_MS, ['account:month']],
    [30 * DAY_MS, []],
  ])('an account of %d ms', (accountAgeMs, signals) => {
    expect(signalsOf({ ...ordinary, accountAgeMs })).toEqual(signals);
  });

  test('counts mentions, copies and files by steps', () => {
    expect(signalsOf({ ...ordinary, mentions: 6, copies: 3, attachments: ['image.png'] })).toEqual([
      'mentions:5',
      'copies:2',
      'files:1',
    ]);
  });

  test.each([
    ['setup.exe', ['files:1', 'file:risky', 'file:words']],
    ['photo.jpg.scr', ['files:1', 'file:risky', 'file:words']],
    ['IMG_20240102_0304.jpg', ['files:1']],
    ['Screenshot 2024-01-02 at 3.04.05.png', ['files:1']],
  ])('the file %s', (name, signals) => {
    expect(signalsOf({ ...ordinary, attachments: [name] })).toEqual(signals);
  });

  test('reads what file names say', () => {
    expect(wordsOfNames(['claim_free-nitro.png', 'image0.jpg', '무료_니트로.png'])).toBe(
      'claim free nitro\n무료 니트로',
    );
  });
});
