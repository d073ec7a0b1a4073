import { describe, expect, it } from 'vitest';
import { cleanMessage, countCharacters, whyLeftOut } from '../../src/corpus/clean.js';
import { fit } from '../../src/corpus/fit.js';
import {
  conversation,
  END,
  PLACE,
  readable,
  REPLY,
  SOMEONE,
  speakerTag,
  transcribe,
} from '../../src/corpus/transcript.js';

describe('cleanMessage', () => {
  it('keeps what people write, composed and trimmed', () => {
    expect(cleanMessage('  cafe\u0301 ☕\r\nnew line ')).toBe('café ☕\nnew line');
  });

  it('drops commands to bots and what is empty', () => {
    expect(cleanMessage('!play song')).toBeUndefined();
    expect(cleanMessage('/continue hello')).toBeUndefined();
    expect(cleanMessage(' \u0000 ')).toBeUndefined();
    expect(cleanMessage('?ban <@100000000000000001> spam')).toBeUndefined();
    expect(cleanMessage('$roll --twice')).toBeUndefined();
    expect([whyLeftOut('!play song'), whyLeftOut(' \u0000 '), whyLeftOut('hi')]).toEqual([
      'command',
      'empty',
      undefined,
    ]);
  });

  it.each([
    '!!! wow',
    '$5 is cheap',
    '!no way',
    '?wut',
    '?maybe so',
    '$ash is my favourite',
    '/s',
    '/j of course',
    '/etc/passwd',
    '!important!',
  ])('takes %j for no command', (text) => {
    expect(cleanMessage(text)).toBe(text);
    expect(whyLeftOut(text)).toBeUndefined();
  });

  it('lets nobody type a mark of the transcript, nor half a surrogate pair', () => {
    expect(cleanMessage(`a${END}b${speakerTag(0)}c`)).toBe('abc');
    expect(cleanMessage('a\uD800b')).toBe('a\uFFFDb');
  });

  it('counts code points', () => {
    expect(countCharacters('a🙂한')).toBe(3);
  });
});

describe('transcribe', () => {
  const tags = new Map([['7', speakerTag(0)]]);

  it('marks places, replies, speakers and ends', () => {
    const first = { place: 'general', authorId: '7', content: 'hi', isReply: false };
    const second = { place: 'general', authorId: '8', content: 'hello', isReply: true };
    expect(transcribe(first, undefined, tags)).toBe(`${PLACE}${speakerTag(0)}hi${END}`);
    expect(transcribe(second, 'general', tags)).toBe(`${REPLY}${SOMEONE}hello${END}`);
  });

  it('reads as lines of text', () => {
    expect(readable(`${PLACE}${SOMEONE}hi${END}${REPLY}${speakerTag(3)}hello${END}`)).toBe('hi\nhello\n');
  });
});

describe('a conversation', () => {
  const tags = new Map([['7', speakerTag(0)]]);
  const said = (content: string, authorId = '8') => ({ authorId, content, isReply: false });

  it('goes on with the message that is to come, by whom it is to come', () => {
    const last = { authorId: '7', content: 'so', isReply: true };
    expect(conversation([said('hi', '7'), said('hello')], last, tags, 100)).toBe(
      `${END}${speakerTag(0)}hi${END}${SOMEONE}hello${END}${REPLY}${speakerTag(0)}so`,
    );
    expect(conversation([], { ...last, authorId: undefined, isReply: false }, tags, 100)).toBe(
      `${END}${SOMEONE}so`,
    );
  });

  it('keeps the newest messages whole, and at least the newest', () => {
    const before = [said('old'), said('four'), said('three')];
    const cut = (max: number) =>
      readable(conversation(before, said(''), tags, max))
        .trim()
        .split('\n');
    expect(cut(12)).toEqual(['old', 'four', 'three']); // 3 + 4 + 5
    expect(cut(11)).toEqual(['four', 'three']);
    expect(cut(1)).toEqual(['three']);
  });
});

describe('fit', () => {
  it('cuts between graphemes, never inside one', () => {
    expect(fit('hello', 5)).toBe('hello');
    expect(fit('hello', 4)).toBe('hell');
    const family = '👨‍👩‍👧'; // 8 UTF-16 units, one grapheme
    expect(fit(`ab${family}`, 9)).toBe('ab');
    expect(fit(`ab${family}`, 10)).toBe(`ab${family}`);
  });
});
