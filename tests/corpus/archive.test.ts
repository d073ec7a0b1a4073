import { describe, expect, it } from 'vitest';
import { ArchiveError, inTranscriptOrder, readArchiveLine, splitByTime } from '../../src/corpus/archive.js';
import { PLACE, REPLY, SOMEONE, speakerTag } from '../../src/corpus/transcript.js';
import { chooseSpeakers, createTranscriptWriter } from '../../src/corpus/transcript-writer.js';

const line = (fields: object) => readArchiveLine(JSON.stringify(fields));

describe('a line of an archive', () => {
  it.each([
    { text: ' hi ', author: 'ann', channel: 'tea', time: '1970-01-01T00:01:00Z', reply: 7 },
    { content: 'hi', author: 'ann', channel: 'tea', timestamp: 60_000, reply_to: '7' },
    { x: 'hi', u: 'ann', ch: 'tea', t: '1970-01-01T00:01', re: 0 }, // without a zone it is UTC
    { x: 'hi', u: 'ann', ch: 'tea', t: '1970-01-01T02:01+02:00', re: 0 },
  ])('%j is a message', (fields) => {
    expect(line(fields)).toEqual({
      place: 'tea',
      authorId: 'ann',
      content: 'hi',
      isReply: true,
      timeMs: 60_000,
    });
  });

  it('may lack an author, a channel and a reply, and numbers are names', () => {
    const nobody = { place: '', authorId: '', isReply: false };
    expect(line({ text: 'hi', time: 1, reply: null })).toEqual({ ...nobody, content: 'hi', timeMs: 1 });
    expect(line({ text: 'hi', time: 1, author: 5 })).toMatchObject({ authorId: '5' });
  });

  it('is no message when cleaning leaves nothing', () => {
    expect(line({ text: '', time: 1 })).toBeUndefined();
    expect(line({ text: '!play song', time: 1 })).toBeUndefined();
  });

  it.each([
    '',
    '{',
    '7',
    'null',
    '[]',
    '{"time": 1}',
    '{"text": 5, "time": 1}',
    '{"text": "x"}',
    '{"text": "x", "t": ""}',
  ])('%j is refused', (text) => {
    expect(() => readArchiveLine(text)).toThrow(ArchiveError);
  });
});

describe('the messages of an archive', () => {
  const at = (timeMs: number, place = 'a') => ({ timeMs, place });

  it('are split by time, those of one moment together', () => {
    expect(
      splitByTime(
        [3, 1, 2, 4].map((time) => at(time)),
        0.5,
      ),
    ).toEqual([
      [at(1), at(2)],
      [at(3), at(4)],
    ]);
    expect(
      splitByTime(
        [1, 2, 2, 3].map((time) => at(time)),
        0.5,
      ),
    ).toEqual([[at(1)], [at(2), at(2), at(3)]]);
    expect(splitByTime([at(1), at(1)], 0.9)).toEqual([[at(1), at(1)], []]);
    expect(splitByTime([], 0.9)).toEqual([[], []]);
  });

  it('are transcribed place by place, each in time order', () => {
    expect(inTranscriptOrder([at(3, 'b'), at(2, 'a'), at(1, 'b')])).toEqual([
      at(2, 'a'),
      at(1, 'b'),
      at(3, 'b'),
    ]);
  });
});

describe('a transcript', () => {
  it('tags the 64 who wrote most, with 50 messages at least, equals by their ids', () => {
    expect(chooseSpeakers(new Map(Object.entries({ a: 49, c: 50, b: 50, d: 51 })))).toEqual(['d', 'b', 'c']);
    expect(
      chooseSpeakers(new Map(Array.from({ length: 99 }, (_, id) => [`${id}`, 100 - (id % 50)]))),
    ).toHaveLength(64);
  });

  it('leaves out a tag once in eight messages, and counts a line break a message', () => {
    const writer = createTranscriptWriter(['ann']);
    const pieces = Array.from({ length: 9 }, (_, index) =>
      writer.write({ place: 'a', authorId: 'ann', content: '🦉!', isReply: index === 1 }),
    );
    expect(pieces.flatMap(({ text }, index) => (text.includes(SOMEONE) ? [index] : []))).toEqual([0, 8]);
    expect(pieces[0].text.startsWith(PLACE + SOMEONE)).toBe(true);
    expect(pieces[1].text.startsWith(REPLY + speakerTag(0))).toBe(true);
    expect(pieces[0].characters).toBe(2 + 1);
  });
});
