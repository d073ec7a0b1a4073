import { describe, expect, it } from 'vitest';
import { cleanMessage, countCharacters } from '../../src/corpus/clean.js';
import { fit } from '../../src/corpus/fit.js';
import { END, PLACE, readable, REPLY, SOMEONE, speakerTag, transcribe } from '../../src/corpus/transcript.js';

describe('cleanMessage', () => {
  it('keeps what people write, composed and trimmed', () => {
    expect(cleanMessage('  cafe\u0301 ☕\r\nnew line ')).toBe('café ☕\nnew line');
  });

  it('drops commands to bots and what is empty', () => {
    expect(cleanMessage('!play song')).toBeUndefined();
    expect(cleanMessage('/continue hello')).toBeUndefined();
    expect(cleanMessage(' \u0000 ')).toBeUndefined();
    expect(cleanMessage('!!! wow')).toBe('!!! wow');
    expect(cleanMessage('$5 is cheap')).toBe('$5 is cheap');
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

describe('fit', () => {
  it('cuts between graphemes, never inside one', () => {
    expect(fit('hello', 5)).toBe('hello');
    expect(fit('hello', 4)).toBe('hell');
    const family = '👨‍👩‍👧'; // 8 UTF-16 units, one grapheme
    expect(fit(`ab${family}`, 9)).toBe('ab');
    expect(fit(`ab${family}`, 10)).toBe(`ab${family}`);
  });
});
