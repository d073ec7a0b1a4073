import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cleanMessage, whyLeftOut } from '../../src/corpus/clean.js';

// Keys are put together here, so that nobody's scanner takes them for real ones.
const hex = (length: number) => '0123456789abcdef9a3e5c7b'.repeat(6).slice(0, length);
const drawn = (length: number) => 'aZ3kQ9xBv7Rm2TnL5pWc8YdH4sJf6GuE1'.repeat(6).slice(0, length);

describe('mailboxes', () => {
  test.each([
    ['write to me@example.com!', 'write to [address]!'],
    ['First.Last+tag@mail.example.co.uk', '[address]'],
    ['müller@exämple.de', '[address]'],
    ['me (at) example.com', '[address]'],
    ['me[at]example[dot]com, me [@] example.com', '[address], [address]'],
    ['메일은 me@example.com으로 보내줘', '메일은 [address]으로 보내줘'],
    ['이메일me@naver.com', '이메일[address]'],
    ['https://example.com/?mail=me@example.com&x=1', 'https://example.com/?mail=[address]&x=1'],
  ])('%s', (text, expected) => {
    expect(cleanMessage(text)).toBe(expected);
  });

  test.each([
    'hi @someone, 5 @ 3 and foo@bar',
    '<@123456789012345678> <@&12> @everyone',
    'npm i react@18.2.0',
    'https://example.com/@name and https://www.google.com/maps/@51.5,-0.1,15z',
    'look (at) this',
  ])('are none in "%s"', (text) => {
    expect(cleanMessage(text)).toBe(text);
  });
});

describe('telephone and card numbers', () => {
  test.each([
    ['010-1234-5678', '[number]'],
    ['제 번호는 010-1234-5678입니다', '제 번호는 [number]입니다'],
    ['전화번호:010 1234 5678', '전화번호:[number]'],
    ['번호01012345678로 연락', '번호[number]로 연락'],
    ['010.1234.5678', '[number]'],
    ['02-123-4567, 031-123-4567', '[number], [number]'],
    ['+82 10-1234-5678', '[number]'],
    ['call +44 7700 900123 now', 'call [number] now'],
    ['+1 (555) 234-5678', '[number]'],
    ['(555) 234-5678 or 555-234-5678', '[number] or [number]'],
    ['1-800-555-0199 or 1 (415) 555-2671', '[number] or [number]'],
    ['(02) 1234-5678, (031) 234-5678', '[number], [number]'],
    ['(010)1234-5678 또는 02)1234-5678', '[number] 또는 [number]'],
    ['번호는 ０１０-１２３４-５６７８, ０２－１２３４－５６７８', '번호는 [number], [number]'],
    ['주민번호 900101-1234567입니다', '주민번호 [number]입니다'],
    ['tel: 0171 2345678 or 5552345678', 'tel: [number] or [number]'],
    ['card 4111 1111 1111 1111 ok', 'card [number] ok'],
    ['4111-1111-1111-1111', '[number]'],
    ['5500005555555559', '[number]'],
    ['3782 822463 10005', '[number]'],
    ['카드는 9490 2200 0000 1234이에요', '카드는 9490 2200 0000 1234이에요'], // its last digit is wrong
    ['카드는 9490 2200 0000 1232이에요', '카드는 [number]이에요'],
  ])('%s', (text, expected) => {
    expect(cleanMessage(text)).toBe(expected);
  });

  test.each([
    'on 2024-01-02 and 02.01.2024, 20240102, 01/02/2024 at 12:30:45',
    '2024-01-02 09:30:00, 2024-01-02T09:30:00Z',
    'it was 3:2, 21-19, 100-98',
    '$1,000,000.00 or 1.234.567,89 € or 1,250,000원',
    'version 1.2.3.4, 2.5.13.295 and 192.168.0.1',
    'id 123456789012345678, <@123456789012345678>, <:kek:123456789012345678>, <t:1700000000:R>',
    'https://discord.com/channels/123456789012345678/123456789012345678',
    '1700000000, 1700000000000, 4294967277 and ?id=5552345678',
    '4111 1111 1111 1112 has the wrong last digit',
    '+100000000 aura',
    '868.525 MHz, 915.250, 62.5 kHz, SF 8',
    '1588-1234',
    '991301-1234567 is of no day, 900101-9234567 of no century',
    '（笑）１２３４５',
    '#a1b2c3 #123456 0x1f4e9',
    '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15',
    '0.012345678',
  ])('are none in "%s"', (text) => {
    expect(cleanMessage(text)).toBe(text);
  });
});

describe('secrets', () => {
  test.each([
    ["a bot's", `MTIzNDU2Nzg5MDEyMzQ1Njc4.${'GaBcDe'}.${drawn(38)}`],
    ['a web token', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${drawn(43)}`],
    ['GitHub', `ghp_${drawn(36)}`],
    ['GitHub, fine', `github_pat_${drawn(22)}_${drawn(59)}`],
    ['Amazon', `AKIA${'IOSFODNN7EXAMPLE'}`],
    ['Slack', `xoxb-${'123456789012'}-${drawn(24)}`],
    ['OpenAI', `sk-proj-${drawn(40)}`],
    ['a webhook', `https://discord.com/api/webhooks/123456789012345678/${drawn(68)}`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${drawn(64)}\n-----END RSA PRIVATE KEY-----`],
    ['half a private key', `-----BEGIN PRIVATE KEY-----\n${drawn(64)}`],
    ['32 figures of 16', hex(32)],
    ['64 figures of 16, large', hex(64).toUpperCase()],
    ['base64', 'q83vASNFZ4mrze/+ASNFZ4mrze8BI0VniavN7w=='],
    // A commit's checksum is no secret, but nothing tells it from one.
    ['a commit', hex(40)],
    ['a long id', '550e8400-e29b-41d4-a716-446655440000'],
  ])('%s', (_, secret) => {
    expect(cleanMessage(`it is ${secret}`)).toBe('it is [secret]');
    expect(cleanMessage(`키:${secret}`)).toBe('키:[secret]');
  });

  it('are masked inside of links, whose host stays', () => {
    expect(cleanMessage(`https://github.com/some/thing/commit/${hex(40)}`)).toBe(
      'https://github.com/some/thing/commit/[secret]',
    );
    expect(cleanMessage(`https://cdn.example.com/a.png?hm=${hex(64)}&x`)).toBe(
      'https://cdn.example.com/a.png?hm=[secret]&x',
    );
  });

  test.each([
    'the commit f35ca81 and ffeecc00',
    'https://example.com/how-to-set-up-your-Heltec-V3-and-T114-as-a-repeater-in-2024',
    'https://github.com/meshcore-dev/MeshCore/blob/main/examples/companion_radio/ui-new/UITask.cpp',
    'firmware_heltec_v4_expansionkit_tft_2_7_1_companion_usb.bin',
    'HeltecV3RepeaterRoomServerCompanionRadioUsb2',
    'a'.repeat(60),
    'ㅋ'.repeat(60),
    '-'.repeat(60),
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1',
    'sk-etch and xoxo-hugs',
    'supercalifragilisticexpialidocious2supercalifragilistic',
  ])('are none in "%s"', (text) => {
    expect(cleanMessage(text)).toBe(text);
  });
});

describe('what is masked', () => {
  const pieces = [
    ...['me@example.com', '010-1234-5678', '4111 1111 1111 1111', '+44 7700 900123', hex(40), drawn(40)],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      'eyJhbGciOi.eyJzdWIi.',
      'sk-',
      '[address]',
      '[number]',
      '(at)',
      '한글',
      'e',
    ],
    ...[
      '0',
      '5',
      '12',
      ' ',
      '.',
      '-',
      '@',
      '+',
      '/',
      ':',
      '!',
      '$',
      '\n',
      '\r',
      '\0',
      '\u0301',
      '<',
      '>',
      '[',
      ']',
    ],
  ];
  const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

  it('stays as it is when it is cleaned again, and hardly grows', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const once = cleanMessage(text) ?? '';
        expect(cleanMessage(once) ?? '').toBe(once);
        expect(once.length).toBeLessThanOrEqual(2 * text.length + 10);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    'a',
    '0',
    '5',
    '@',
    'a@',
    '@a.',
    'a.',
    '0-',
    '5 ',
    '+1',
    '-----BEGIN ',
    'eyJ',
    'a1',
    'aB',
    '/a',
    '[at]',
    '(at) ',
    '123 ',
  ])('is found in 4,000 characters of "%s" before a test would time out', (piece) => {
    const text = piece.repeat(4_000 / piece.length);
    expect(cleanMessage(`x ${text}`)?.length).toBeLessThanOrEqual(2 * text.length);
    expect(cleanMessage(`x ${text}.com`)).toBeDefined();
  });
});

describe('what is left out', () => {
  test.each([
    ['!play a song', 'command'],
    [' !play a song', 'command'],
    ['', 'empty'],
    [' \u{100000}\u0007\n', 'empty'],
    ['hello', undefined],
  ])('%j is: %s', (text, why) => {
    expect(whyLeftOut(text)).toBe(why);
    expect(cleanMessage(text) === undefined).toBe(why !== undefined);
  });
});
