import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createGuard, type GuardRules } from '../../src/corpus/guard.js';
import { createVerbatimIndex } from '../../src/corpus/verbatim.js';

const SENTENCE = 'the quick brown fox jumps over the lazy dog and then sleeps until noon';

function guardOf(rules: Partial<GuardRules> = {}, messages: readonly string[] = []) {
  const index = createVerbatimIndex();
  for (const message of messages) index.add(message);
  return createGuard({ blocked: [], takenBack: [], maxVerbatim: 40, ...rules }, index);
}

const shown = (text: string) => guardOf().check(text, '', true);

describe('pings', () => {
  test.each([
    ['@everyone look', 'everyone look'],
    ['hi @here!', 'hi here!'],
    ['@@everyone', 'everyone'],
    ['x@everyone', 'xeveryone'],
    ['＠everyone', 'everyone'],
    ['@\u200beveryone', 'everyone'],
    ['<@123456789012345678> hi', '[someone] hi'],
    ['<@!12>', '[someone]'],
    ['<@&12>', '[role]'],
    ['see <#12>', 'see [channel]'],
    ['</feeling:12>', '/feeling'],
    ['<:blob:123> <a:party_1:123>', ':blob: :party_1:'],
    ['<id:customize>', '[channel]'],
    ['<@<@12>12>', '<@[someone]12>'],
    ['hi @Sam', 'hi Sam'],
    ['5 @ 3, <3, a <b> c, #general', '5 @ 3, <3, a <b> c, #general'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual({ text: expected });
  });
});

describe('addresses', () => {
  test.each([
    ['see https://example.com/a?b=c#d.', 'see [link].'],
    ['(http://example.com)', '([link])'],
    ['<https://example.com>', '<[link]>'],
    ['[docs](https://example.com/x)', '[docs]([link])'],
    ['therehttps://discord.gg/abc', '[link]'],
    ['steam://run/1 and meshcore://abc', '[link] and [link]'],
    ['www.example.com', '[link]'],
    ['try example.com, or example.co.uk/x', 'try [link], or [link]'],
    ['example.com:4403', '[link]'],
    ['пример.рф', '[link]'],
    ['discord.gg/abc', '[link]'],
    ['join discord.gg / abc now', 'join [link] now'],
    ['join discord . gg/abc', 'join [link]'],
    ['join discord dot gg/abc', 'join [link]'],
    ['join discord。gg/abc', 'join [link]'],
    ['join discord[.]gg/abc', 'join [link]'],
    ['join d i s c o r d . g g / abc', 'join [link]'],
    ['join disc\u200bord.gg/abc', 'join [link]'],
    ['join ｄｉｓｃｏｒｄ.gg/abc', 'join [link]'],
    ['join dіscord.gg/abc', 'join [link]'],
    ['join discord.com/invite/abc', 'join [link]'],
    ['dsc.gg/abc', '[link]'],
    ['.gg/abc', '[link]'],
    ['hxxps://example.com', '[link]'],
    ['https : // example.com', '[link]'],
    ['example (dot) com', '[link]'],
    ['example.com에서 봐', '[link]에서 봐'],
    ['me@example.com!', '[address]!'],
    ['me (at) example.com', '[address]'],
    ['me @ example.com', '[address]'],
    ['host 192.168.0.1:80/x ok', 'host [address] ok'],
    ['10 . 0 . 0 . 1', '[address]'],
    ['2001:db8::8a2e:370:7334', '[address]'],
    ['call +44 7700 900123', 'call [number]'],
    ['call 010-1234-5678', 'call [number]'],
    ['call 01012345678', 'call [number]'],
    ['call (555) 234-5678', 'call [number]'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual({ text: expected });
  });

  test.each([
    'it is e.g. main.py, README.md, run.sh and i.e. ok.so what',
    'version 1.2.3, 2.5.13.295, at 12:30:45 on 2024-01-02',
    'std::vector and a::b, aa:bb:cc:dd:ee:ff',
    'the .uk site, 868.5 MHz, 1,000,000 or 1700000000 or 123456789',
    'and/or 3/4, 5.km, U.S. and a.m',
    'wait...what? yes.no',
    'my discord gg ez',
    'あれ。これ。',
    '안녕하세요. 네.',
  ])('are none in "%s"', (text) => {
    expect(shown(text)).toEqual({ text });
  });
});

describe('loops', () => {
  test.each([
    ['so so so so so so so so so', 'so so '],
    ['I said: no way, no way, no way, no way, no', 'I said: no way, no way,'],
    [`${'ab'.repeat(30)} and on`, 'abab and on'],
    ['가나다라 마바사아 '.repeat(4).trim(), '가나다라 마바사아 가나다라 마바사아'],
    ['🙂'.repeat(30), '🙂🙂'],
    ['👩‍🚀'.repeat(10), '👩‍🚀👩‍🚀'],
  ])('%s', (text, expected) => {
    const result = shown(text);
    expect('text' in result && result.text.trim()).toBe(expected.trim());
  });

  test.each([
    'hahahahaha',
    'yes!!!!!!!!!!',
    'well......',
    'no no no',
    'ㅋㅋㅋㅋㅋㅋㅋㅋ',
    '🙂🙂🙂🙂',
    'bye bye, bye bye',
  ])('are none in "%s"', (text) => {
    expect(shown(text)).toEqual({ text });
  });
});

describe('the guard', () => {
  it('cuts to 2,000 units by whole graphemes', () => {
    const digits = Array.from({ length: 700 }, (_, index) => `${index}`)
      .join(' ')
      .slice(0, 1_996);
    expect(shown(`${digits}👩‍🚀👩‍🚀`)).toEqual({ text: digits }); // five units each
    expect(shown(`${digits.slice(1)}👩‍🚀👩‍🚀`)).toEqual({ text: `${digits.slice(1)}👩‍🚀` });
  });

  test.each(['', ' \n ', '\u200b\u2060', '\u3164', '** **', '_ _', '\u0301'])(
    'finds nothing to see in "%s"',
    (text) => {
      expect(shown(text)).toEqual({ problem: 'empty' });
      expect('text' in guardOf().check(text, '', false)).toBe(true); // there is more to come
    },
  );

  it('refuses what a message has, from one character more than is allowed', () => {
    const guard = guardOf({}, [SENTENCE]);
    expect(guard.check(`#${SENTENCE.slice(0, 40)}#`, '', true)).toHaveProperty('text');
    expect(guard.check(`#${SENTENCE.slice(0, 41)}#`, '', true)).toEqual({ problem: 'verbatim' });
    expect(guardOf({ maxVerbatim: 70 }, [SENTENCE]).check(SENTENCE, '', true)).toEqual({ text: SENTENCE });
    expect(guardOf({ maxVerbatim: 69 }, [SENTENCE]).check(SENTENCE, '', true)).toEqual({
      problem: 'verbatim',
    });
    expect(guardOf({ maxVerbatim: undefined }, [SENTENCE]).check(SENTENCE, '', true)).toEqual({
      text: SENTENCE,
    });
  });

  it('looks at what was written before, and refuses only what adds to it', () => {
    const guard = guardOf({ blocked: ['bad'] }, [SENTENCE]);
    expect(guard.check(SENTENCE.slice(30), SENTENCE.slice(0, 30), true)).toEqual({ problem: 'verbatim' });
    expect(guard.check('. And then', SENTENCE, true)).toEqual({ text: '. And then' });
    expect(guard.check('d day', 'what a ba', true)).toEqual({ problem: 'blocked' });
    expect(guard.check('day', 'what a bad ', true)).toEqual({ text: 'day' });
    expect(guard.check('ple.com is it', 'see exam', true)).toEqual({ text: '[link] is it' });
    expect(guard.check('one, hi', 'so @every', true)).toEqual({ text: 'everyone, hi' });
  });

  it('sees the text as it will be shown', () => {
    expect(guardOf({ blocked: ['example'] }).check('https://example.com/', '', true)).toEqual({
      text: '[link]',
    });
    expect(
      guardOf({}, [`${SENTENCE.slice(0, 20)} https://example.com/abcdefghijklmnop`]).check(
        `${SENTENCE.slice(0, 20)} https://example.com/abcdefghijklmnop`,
        '',
        true,
      ),
    ).toHaveProperty('text');
  });

  describe('of a text that is still being written', () => {
    const soFar = (text: string) => {
      const result = guardOf().check(text, '', false);
      return 'text' in result ? result.text : result.problem;
    };

    test.each([
      ['hello wor', 'hello '],
      ['hello world ', 'hello world '],
      ['see https://exam', 'see '],
      ['see https://example.com/ ', 'see [link] '],
      ['join discord', 'join '],
      ['join discord . ', 'join '],
      ['call +44 7700 ', 'call '],
      ['mail me @ ', 'mail '],
      ['well hi @every', 'well '],
      ['so b a ', 'so '],
      ['これはペンで', 'これはペンで'],
      ['word', ''],
    ])('shows of "%s" what is settled', (text, expected) => {
      expect(soFar(text)).toBe(expected);
    });

    it('never shows a part of an address', () => {
      const whole =
        'go to discord . gg / abcdef now, or call +44 7700 900123 or see example(dot)com there, ok';
      const final = shown(whole);
      for (let length = 0; length <= whole.length; length++)
        expect('text' in final && final.text.startsWith(soFar(whole.slice(0, length)).trimEnd())).toBe(true);
    });
  });

  const pieces = fc.constantFrom(
    ...[
      '@',
      'every',
      'one',
      'here',
      '<',
      '>',
      '<@',
      '&',
      '#',
      '123',
      '4567',
      ':',
      'a:',
      '/',
      '//',
      'http',
      's',
    ],
    ...[
      '.',
      'com',
      'discord',
      'gg',
      ' ',
      '\n',
      '\u200b',
      '+44',
      '010-',
      '👩‍🚀',
      'e\u0301',
      '한글',
      'x',
      '192.168.',
      '0.1',
    ],
  );
  const anything = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 100 }),
  );

  it('lets through nothing that pings or leads elsewhere', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (text, complete) => {
        const result = guardOf({ maxVerbatim: undefined }).check(text, '', complete);
        if ('problem' in result) return;
        expect(result.text).not.toMatch(/@(?:everyone|here)|<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>/);
        // Without a letter or figure after it, a scheme leads nowhere.
        expect(result.text).not.toMatch(/https?:\/\/\.*\w|discord\.gg\/\w/i);
        expect(result.text.length).toBeLessThanOrEqual(2_000);
      }),
      { numRuns: 2_000, examples: [['+44http://gg', true]] },
    );
  });

  it.each([
    'a',
    ' ',
    '1',
    '.',
    ':',
    'a.',
    '1.',
    '@',
    '<',
    'a ',
    'ab',
    '0-',
    'e\u0301',
    '한',
    '한 ',
    '+1',
    'x:/',
    'f',
  ])('gets through 20,000 units of "%s"', (unit) => {
    const guard = guardOf({ blocked: ['bad', '시발', 'a b', 'aa'] }, [unit.repeat(50)]);
    for (const complete of [true, false]) guard.check(unit.repeat(20_000 / unit.length), '', complete);
  });
});
