import { describe, expect, it } from 'vitest';
import { END, PLACE, REPLY, SOMEONE, speakerTag } from '../../src/corpus/transcript.js';
import type { Checkpoint } from '../../src/rnn/checkpoint.js';
import { createRows, type Reading } from '../../src/rnn/rows.js';
import { type Desk, writeText } from '../../src/training/write-text.js';
import type { Wanted, WriteRequest } from '../../src/training/writing.js';
import { kernel, loopingModel, randomModel } from '../helpers/rnn-models.js';

const MARKS = PLACE + END + REPLY + SOMEONE + speakerTag(0) + speakerTag(1);
const chat = randomModel(`${MARKS}abcdefg hij.`);
const TAGS = new Map([
  ['7', speakerTag(0)],
  ['8', speakerTag(1)],
]);
const passing: Desk['guard'] = { check: (text) => ({ text }) };

/** Writes with one row; what the network read and wrote comes back with the text. */
async function write(
  checkpoint: Checkpoint,
  wanted: Wanted,
  { guard = passing, seed = 1, stopAfter = Infinity, topP = 1, knowsReplies = true } = {},
) {
  const rows = createRows(kernel, checkpoint, 1);
  const stopping = new AbortController();
  const told: string[] = [];
  const drafts: number[][] = [];
  function* logged(reading: Reading): Reading {
    const symbols: number[] = [];
    drafts.push(symbols);
    let turn = reading.next();
    while (turn.done !== true) {
      symbols.push(turn.value);
      turn = reading.next(yield turn.value);
    }
  }
  const request: WriteRequest = {
    guildId: '1',
    version: 1,
    wanted,
    temperature: 1,
    topP,
    seed,
    guard: { blocked: [], takenBack: [], maxVerbatim: undefined },
  };
  let ended = false;
  const written = writeText(request, {
    vocabulary: checkpoint.vocabulary,
    tags: TAGS,
    knowsReplies,
    guard,
    begin: (reading) => rows.begin(() => logged(reading)),
    tell: (soFar) => told.push(soFar),
    signal: stopping.signal,
  }).finally(() => (ended = true));
  for (let steps = 0; !ended; steps++) {
    if (steps === stopAfter) stopping.abort();
    rows.step();
    await Promise.resolve();
  }
  return { written: await written, told, read: drafts.map((each) => checkpoint.vocabulary.decode(each)) };
}

const message = (more: Partial<Extract<Wanted, { kind: 'message' }>> = {}): Wanted => ({
  kind: 'message',
  context: [],
  authorId: undefined,
  isReply: false,
  opening: '',
  maxLength: 100,
  ...more,
});
const continuation = (prompt: string, length: number): Wanted => ({ kind: 'continuation', prompt, length });

function textOf({ written }: Awaited<ReturnType<typeof write>>): string {
  if ('problem' in written) throw new Error(`expected a text, not the problem ${written.problem}`);
  return written.text;
}

describe('a message', () => {
  it('ends where the model ends it, or at so many characters', async () => {
    expect(textOf(await write(loopingModel('maybe' + END), message()))).toBe('maybe');
    expect(textOf(await write(loopingModel('abcdefgh' + END), message({ maxLength: 5 })))).toBe('abcde');
  });

  it('is never empty, and may be a single syllable', async () => {
    for (const seed of [1, 2, 3]) {
      expect(textOf(await write(loopingModel(END + ' a', 'xyz'), message(), { seed })).trim()).not.toBe('');
    }
    expect(textOf(await write(loopingModel('네'.normalize('NFD') + END), message()))).toBe('네');
  });

  it('is asked for by its speaker, after what was said by whom', async () => {
    const context = [
      { authorId: '8', content: 'abc', isReply: false },
      { authorId: '9', content: `a${PLACE}b`, isReply: true },
    ];
    const { read } = await write(chat, message({ context, authorId: '7', isReply: true, opening: 'hi' }));
    expect(read[0]).toMatch(
      `${END}${speakerTag(1)}abc${END}${REPLY}${SOMEONE}ab${END}${REPLY}${speakerTag(0)}hi`,
    );
  });

  it('bears no mark of a reply where nobody ever replied: it would mean nothing to the model', async () => {
    const context = [{ authorId: '9', content: 'ab', isReply: true }];
    const wanted = message({ context, authorId: '7', isReply: true, opening: 'hi' });
    const { read } = await write(chat, wanted, { knowsReplies: false });
    expect(read[0]).toMatch(`${END}${SOMEONE}ab${END}${speakerTag(0)}hi`);
  });

  it('has no blanks around it', async () => {
    expect(textOf(await write(loopingModel(' maybe\n' + END), message()))).toBe('maybe');
  });

  it('begins with its opening, which counts', async () => {
    const text = textOf(await write(loopingModel('abcdefgh'), message({ opening: 'ab', maxLength: 5 })));
    expect(text).toBe('abcde');
  });

  it('has no marks in it, whatever the model thinks', async () => {
    for (let seed = 0; seed < 50; seed++) {
      const { read } = await write(chat, message({ authorId: '7' }), { seed });
      expect(read[0]).toMatch(new RegExp(`^${END}${speakerTag(0)}[^\\u{100000}-\\u{10ffff}]+$`, 'u'));
    }
  });
});

describe('a text that the guard refuses', () => {
  /** Refuses texts that begin with one of these. */
  const refusing = (...refused: string[]): Desk['guard'] => ({
    check: (text) => (refused.some((each) => text.startsWith(each)) ? { problem: 'blocked' } : { text }),
  });

  it('is written anew with other dice, the same for the same seed', async () => {
    const first = await write(chat, continuation('a', 60));
    const guard = refusing(textOf(first).slice(0, 5));
    const second = await write(chat, continuation('a', 60), { guard });
    expect(second.written).toMatchObject({ refused: 1, stopped: false });
    expect(textOf(second)).not.toBe(textOf(first));
    expect(await write(chat, continuation('a', 60), { guard })).toEqual(second);
  });

  it('is not written to its end', async () => {
    const { read, told } = await write(chat, continuation('', 1_000), { guard: refusing('') });
    expect(Math.max(...read.map((each) => [...each].length))).toBeLessThan(100);
    expect(told).toEqual([]);
  });

  it('is given up after three drafts', async () => {
    const { written, read } = await write(chat, continuation('', 20), { guard: refusing('') });
    expect(written).toEqual({ problem: 'blocked' });
    expect(read).toHaveLength(3);
  });

  it('was told only as far as it passed; then the next draft is told', async () => {
    const [tooLong] = (await write(chat, continuation('', 200))).told;
    const guard: Desk['guard'] = {
      check: (text) => (text.startsWith(tooLong) && text.length > 100 ? { problem: 'verbatim' } : { text }),
    };
    const { told, written } = await write(chat, continuation('', 200), { guard });
    expect(told.slice(0, 3).map((each) => each.startsWith(tooLong))).toEqual([true, true, true]); // 32, 64, 96
    expect(told[3].startsWith(tooLong)).toBe(false);
    expect(written).toMatchObject({ refused: 1 });
  });
});

describe('a text', () => {
  it('is told while it is written, and the same whether it passes at once or in parts', async () => {
    const { told, written } = await write(loopingModel('abcdefghij', '!'), continuation('', 100));
    expect(told.map((each) => each.length)).toEqual([32, 64, 96]);
    expect(told.every((each) => textOf({ written, told, read: [] }).startsWith(each))).toBe(true);
  });

  it('ends early when it is asked to, with what there is', async () => {
    const { written } = await write(chat, continuation('', 1_000), { stopAfter: 300 });
    expect(written).toMatchObject({ stopped: true });
    const { length } = [...('text' in written ? written.text : '')];
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(300);
  });

  it('that was stopped before it began is empty', async () => {
    expect((await write(chat, continuation('', 10), { stopAfter: 0 })).written).toEqual({
      text: '',
      stopped: true,
      refused: 0,
    });
  });

  it('that would not pass as a whole when it is stopped is what was told', async () => {
    const guard: Desk['guard'] = {
      check: (text, _before, complete) => (complete ? { problem: 'blocked' } : { text }),
    };
    const { written, told } = await write(chat, continuation('', 1_000), { guard, stopAfter: 300 });
    expect(written).toEqual({ text: told.at(-1), stopped: true, refused: 0 });
  });

  it('shows the guard what stands before it', async () => {
    const seen: string[] = [];
    const guard: Desk['guard'] = {
      check: (text, before) => {
        seen.push(before);
        return { text };
      },
    };
    await write(chat, continuation('abc', 5), { guard });
    await write(chat, message({ opening: 'abc', maxLength: 5 }), { guard });
    expect(seen).toEqual(['abc', '']);
  });

  it('draws from the nucleus when it is asked to: the likeliest alone is what the lowest temperature gives', async () => {
    const text = async (seed: number) =>
      textOf(await write(chat, continuation('', 30), { seed, topP: 1e-6 }));
    expect(await text(1)).toBe(await text(2));
  });

  it('refuses a temperature or topP that is none', async () => {
    await expect(write(chat, continuation('', 5), { topP: 0 })).rejects.toThrow(RangeError);
    await expect(write(chat, continuation('', 5), { topP: 1.5 })).rejects.toThrow(RangeError);
  });
});
