import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { learnedForm } from '../../src/corpus/learned-form.js';

describe('the learned form', () => {
  test.each([
    ['**bold**, *slanted*, ***both***', 'bold, slanted, both'],
    ['__under__, _slanted_, ~~struck~~', 'under, slanted, struck'],
    ['**two\nlines** f(a, *b);\ng(*c, d)', 'two\nlines f(a, *b);\ng(*c, d)'],
    ['**_a word_ in** another', 'a word in another'],
    ['그것은 **정말** _중요_해요', '그것은 정말 중요해요'],
    ['**강조**는 여기', '강조는 여기'],
    ['# Big\n## Less\n-# small\n- one\n* two', 'Big\nLess\nsmall\none\ntwo'],
    ['> what you said\nno', 'no'],
    ['yes\n>>> all of\nthis', 'yes'],
    ['he did ||die|| there', 'he did [spoiler] there'],
    ['use `npm ci` here', 'use npm ci here'],
    ['like ``a ` b`` so', 'like ``a ` b`` so'],
    ['so:\n```js\nconst a = 1;\n**x**\n```\nok?', 'so:\n[code]\nok?'],
  ])('reads markup as plain words: %s', (text, expected) => {
    expect(learnedForm(text)).toBe(expected);
  });

  test.each([
    ['<@123> and <@!123> hi', '@someone and @someone hi'],
    ['ask <@&5>, in <#7> or <id:browse>', 'ask @role, in #channel or #channel'],
    ['@everyone and @here, look', 'everyone and here, look'],
    ['nice <:kek:123> <a:party_parrot:45>', 'nice :kek: :party_parrot:'],
    ['<:kek:123>', ':kek:'],
    ['at <t:1700000000:R> or <t:1700000000>', 'at [time] or [time]'],
    ['try </continue:123> or </model status:9>', 'try /continue or /model status'],
    ['<@123>님 안녕하세요', '@someone님 안녕하세요'],
  ])('has a word for each mention: %s', (text, expected) => {
    expect(learnedForm(text)).toBe(expected);
  });

  test.each([
    ['see https://example.com/a_b_c?d=*e.', 'see [link].'],
    ['see <https://example.com/x>', 'see [link]'],
    ['the [manual](https://example.com/x) says', 'the manual says'],
    ['read example.com/x, www.example.com or example.kr에서', 'read [link], [link] or [link]에서'],
    ['join discord.gg/abc or https://discord.com/invite/abc', 'join [invite] or [invite]'],
    ['write me@example.com or 010-1234-5678', 'write [address] or [number]'],
    ['it is https://example.com/?hm=[secret] see', 'it is [link] see'],
    [`it is https://example.com/?hm=${'0123456789abcdef'.repeat(4)} see`, 'it is [link] see'],
    ['steam://run/1 ok', '[link] ok'],
  ])('has a word for each address: %s', (text, expected) => {
    expect(learnedForm(text)).toBe(expected);
  });

  test.each([
    'snake_case_name and __dirname, 2*3*4, 5 * 3 * 2',
    '*_* >_< ^_^ -_- T_T ¯\\_(ツ)_/¯',
    ':_hidden_: :party_parrot: :smile:',
    '1. first 2.5 e.g. main.py, wait...what?',
    'a > b, 5<3, <3, >nice, #1 -5 ~5 a|b',
    '\\*not slanted\\*',
    '**half',
    '안녕하세요. 네~~ ㅋㅋㅋ',
    '**',
    '...',
    'C# and F# -- or @ home',
    '10:30:45, 1.2.3.4, #ff00aa',
  ])('leaves "%s" as it is', (text) => {
    expect(learnedForm(text)).toBe(text);
  });

  test.each([
    '',
    'https://example.com',
    '<@123>',
    '<@1> <@&2> <#3>',
    '```\ncode\n```',
    '> quoted',
    '>>> quoted\nand on',
    '||hidden||',
    'me@example.com.',
    'https://example.com, discord.gg/abc',
  ])('is nothing of "%s"', (text) => {
    expect(learnedForm(text)).toBeUndefined();
  });

  const pieces = [
    ...[
      '*',
      '**',
      '_',
      '__',
      '~~',
      '||',
      '`',
      '```',
      '> ',
      '>>> ',
      '# ',
      '- ',
      '-# ',
      '\n',
      ' ',
      '\\',
      '<',
      '>',
      '.',
    ],
    ...[
      '[',
      '](',
      ')',
      '<@1>',
      '<:a:1>',
      ':a:',
      '<t:1>',
      '@everyone',
      'https://a.com/',
      'a.com',
      'discord.gg/a',
      '@',
    ],
    ...['a', '가', '1', '!', 'me@a.com', '010-1234-5678', '[link]', '@someone'],
  ];
  const marked = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''));

  it('of a learned form is itself', () => {
    fc.assert(
      fc.property(fc.oneof(marked, fc.string({ unit: 'binary' })), (text) => {
        const once = learnedForm(text);
        if (once !== undefined) expect(learnedForm(once)).toBe(once);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ...pieces,
    '*a ',
    'a* ',
    '*.* .',
    '**a',
    '[a',
    '[a](',
    '``a',
    '> >',
    '- - ',
    '||a',
    '<@',
    '_a_ *',
  ])('is told of 4,000 characters of "%s" before a test would time out', (piece) => {
    const text = piece.repeat(4_000 / piece.length);
    expect((learnedForm(`x ${text}`) ?? '').length).toBeLessThanOrEqual(3 * text.length);
    learnedForm(`*${text}*`);
  });
});
