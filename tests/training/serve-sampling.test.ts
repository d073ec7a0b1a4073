import { describe, expect, it } from 'vitest';
import { takenBackKeys } from '../../src/corpus/content-key.js';
import { END, PLACE, SOMEONE, speakerTag } from '../../src/corpus/transcript.js';
import { createVerbatimIndex, type VerbatimIndex } from '../../src/corpus/verbatim.js';
import { type GuildMessages, readGuildMessages } from '../../src/training/guild-messages.js';
import { constantModel, loopingModel, randomModel } from '../helpers/rnn-models.js';
import { model, serve, textOf } from '../helpers/sampling.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { PUBLIC } from '../helpers/readers.js';

const LONG = 2_000;

describe('serveSampling', () => {
  it('gives to many at once what it gives to each alone, also to more than it writes at once', async () => {
    const { ask } = serve();
    const requests = Array.from({ length: 40 }, (_, seed) => ({
      seed,
      prompt: 'abc '.repeat(seed % 7),
      length: 1 + ((seed * 13) % 60),
      temperature: 0.5 + (seed % 3) / 4,
    }));
    const together = (await Promise.all(requests.map((request) => ask(request)))).map(textOf);
    for (const [index, request] of requests.entries()) {
      expect([...together[index]]).toHaveLength(request.length);
      expect(textOf(await ask(request))).toBe(together[index]);
    }
  });

  it('lets a text that comes later join, and finish first when it is shorter', async () => {
    const { ask, order } = serve();
    const long = ask({ length: LONG });
    await ask({ length: 5 });
    await ask({ length: 5 });
    await long;
    expect(order()).toEqual([1, 2, 0]);
  });

  it('lets models take turns', async () => {
    const { ask, order, load } = serve();
    load('2', loopingModel('xyz', ' '));
    const long = ask({ length: LONG });
    expect(textOf(await ask({ guildId: '2', length: 3 }))).toBe('xyz');
    await long;
    expect(order()).toEqual([1, 0]);
  });

  it('keeps the four models used last; a text begun is finished without being kept', async () => {
    const { ask, load } = serve();
    const long = ask({ length: LONG });
    for (const guildId of ['2', '3', '4', '5']) load(guildId, model);
    expect(await ask()).toMatchObject({ type: 'missing' });
    expect([...textOf(await long)]).toHaveLength(LONG);
    textOf(await ask({ guildId: '2' }));
    load('6', model);
    textOf(await ask({ guildId: '2' }));
    expect(await ask({ guildId: '3' })).toMatchObject({ type: 'missing' });
  });

  it('gives up on a model that writes nothing but marks, and says the end of a message as a line break', async () => {
    const silent = serve(loopingModel(SOMEONE + speakerTag(0)));
    expect(await silent.ask({ length: 10 })).toMatchObject({ type: 'refused', reason: 'empty' });
    // It goes on after the prompt's last symbol, the mark of its speaker.
    const chat = serve(loopingModel('ok' + END + SOMEONE));
    expect(textOf(await chat.ask({ length: 5 }))).toBe('ok\nok');
  });

  it('does not loop, whoever seems to speak', async () => {
    const { ask } = serve(loopingModel('Charly' + END + SOMEONE, 'xz!'));
    const text = textOf(await ask({ length: 200, temperature: 0.8 }));
    const strings = Array.from({ length: 181 }, (_, start) => text.slice(start, start + 20));
    const times = strings.map((string) => strings.filter((other) => other === string).length);
    expect(Math.max(...times)).toBe(2);
  });

  it('says what is wrong with a request or a model, and goes on', async () => {
    const { ask, load } = serve();
    const long = ask({ length: LONG });
    expect(await ask({ temperature: 0 })).toMatchObject({
      type: 'failed',
      reason: expect.stringContaining('temperature') as string,
    });
    load('2', { ...model, vocabulary: loopingModel('aa').vocabulary });
    expect(await ask({ guildId: '2' })).toMatchObject({
      type: 'failed',
      reason: expect.stringContaining('damaged') as string,
    });
    expect([...textOf(await long)]).toHaveLength(LONG);
  });

  it('tells what is safe to show to whom wants it', async () => {
    const { ask, parts } = serve(loopingModel('abcd efg', 'xyz'));
    const text = textOf(await ask({ length: 100, streams: true }));
    expect(parts(0).length).toBeGreaterThanOrEqual(2);
    expect(parts(0).every((part) => text.startsWith(part))).toBe(true);
    expect(textOf(await ask({ length: 100 }))).toBe(text);
    expect(parts(1)).toEqual([]);
  });

  it('ends a text early, also one that waits for its turn; the others go on', async () => {
    const { ask, part, stop } = serve(loopingModel('abcd efg', 'xyz'));
    const first = ask({ length: LONG, streams: true });
    const others = Array.from({ length: 15 }, (_, seed) => ask({ length: LONG, seed }));
    const waiting = ask({ length: LONG });
    await part();
    stop(0);
    stop(16);
    expect(await first).toMatchObject({ type: 'written', stopped: true });
    expect(textOf(await first).length).toBeGreaterThan(0);
    expect(textOf(await first).length).toBeLessThan(LONG);
    expect(await waiting).toMatchObject({ type: 'written', text: '', stopped: true });
    for (const other of others) expect(await other).toMatchObject({ type: 'written', stopped: false });
    stop(0); // too late: nobody minds
    expect(await ask()).toMatchObject({ stopped: false });
  });

  it('forgets a version that is dropped, and keeps back what it was writing, also where it was put aside before', async () => {
    const { ask, part, drop, load } = serve(loopingModel('abcd efg', 'xyz'));
    const writing = [ask({ length: LONG, streams: true }), ask({ length: LONG, seed: 2 })];
    await part();
    for (const guildId of ['2', '3', '4', '5']) load(guildId, model);
    const other = ask({ guildId: '2', length: 5 });
    drop('1', [1, 7]);
    for (const text of writing) expect(await text).toMatchObject({ type: 'missing' });
    expect([...textOf(await other)]).toHaveLength(5);
    drop('2', [1]);
    expect(await ask({ guildId: '2' })).toMatchObject({ type: 'missing' });
    load('2', model);
    textOf(await ask({ guildId: '2' }));
  });

  it('names the speakers whom the model knows, of those that it has a tag for', async () => {
    const chat = randomModel(`${speakerTag(0)}abc`);
    const { question } = serve({ ...chat, metadata: { speakers: JSON.stringify(['7', '8']) } });
    expect(await question({ type: 'speakers', guildId: '1', version: 1 })).toMatchObject({ speakers: ['7'] });
  });
});

/** Messages of guild 1 in a database, newest first, and the version that may learn them. */
async function database(contents: string[] = []): Promise<GuildMessages> {
  const path = temporaryDatabase();
  const store = await temporaryStore(path);
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.intake.take(
    contents.map((content, index) => message(String(index), -index, { content })),
    0,
  );
  await store.models.promote({
    guild_id: '1',
    audience: PUBLIC,
    checkpoint: new Uint8Array([1]),
    bits_per_character: 1,
    corpus_until: 0,
    created_at: 0,
  });
  return readGuildMessages(path, () => 0);
}

describe('a copy of a message', () => {
  const guard = { blocked: [], takenBack: [], maxVerbatim: 40 };

  it('is not said, not even in part', async () => {
    // A model that knows nothing else.
    const learned = 'abcdefghijklm nopqrstuvwxyzäöüñçéèàùîôïêâûõã';
    const { ask, parts } = serve(loopingModel(learned), await database([learned]));
    expect(textOf(await ask({ length: 40, guard }))).toBe(learned.slice(0, 40));
    expect(await ask({ length: 44, guard, streams: true })).toMatchObject({
      type: 'refused',
      reason: 'verbatim',
    });
    expect(parts(1).every((part) => part.length <= 40)).toBe(true);
    expect(textOf(await ask({ length: 44, guard: { ...guard, maxVerbatim: undefined } }))).toBe(learned);
  });

  it('is looked for in the messages of its own server; texts of others do not wait until they are read', async () => {
    const index = createVerbatimIndex();
    let read = () => {};
    const reading = new Promise<VerbatimIndex>((resolve) => (read = () => resolve(index)));
    const messages: GuildMessages = {
      recent: async () => [],
      verbatim: (guildId) => (guildId === '1' ? reading : Promise.resolve(createVerbatimIndex())),
      drop: () => {},
    };
    const { ask, load, order, stop } = serve(model, messages);
    load('2', model);
    const first = ask({ guard });
    const stopped = ask({ guard });
    textOf(await ask({ guildId: '2', guard }));
    textOf(await ask()); // where all may be copied, there is nothing to wait for
    stop(1);
    expect(await stopped).toMatchObject({ text: '', stopped: true });
    expect(order()).toEqual([2, 3, 1]);
    read();
    textOf(await first);
  });
});

describe('a text that was taken back', () => {
  it('is not written again with the same dice, a character shorter or while it streams', async () => {
    const { ask, parts } = serve();
    const text = textOf(await ask({ length: 100 }));
    const guard = { blocked: [], takenBack: takenBackKeys(text), maxVerbatim: undefined };
    const again = await ask({ length: 99, guard, streams: true });
    expect(again).toMatchObject({ type: 'written', refused: 1 });
    expect(textOf(again).slice(0, 40)).not.toBe(text.slice(0, 40));
    expect(parts(1).some((part) => part.startsWith(text.slice(0, 41)))).toBe(false);
  });
});

describe('a blocked word', () => {
  const guard = { blocked: ['fool', '바보'], takenBack: [], maxVerbatim: undefined };
  const blocked = { type: 'refused', reason: 'blocked' };
  const reply = {
    kind: 'message',
    context: [],
    authorId: undefined,
    isReply: true,
    opening: '',
    maxLength: 20,
  } as const;

  it.each(['you fool', 'you F00L!', '바보야', 'f o o l'])(
    'is not repeated after somebody: "%s"',
    async (text) => {
      const { ask, question, parts } = serve();
      expect(await ask({ prompt: text, guard, streams: true })).toMatchObject(blocked);
      expect(await ask({ wanted: { ...reply, opening: text }, guard, streams: true })).toMatchObject(blocked);
      expect([parts(0), parts(1)]).toEqual([[], []]);
      const asked = { type: 'predict', guildId: '1', version: 1, text, blocked: guard.blocked } as const;
      expect(await question(asked)).toMatchObject(blocked);
    },
  );

  it("of one server is no other one's, and none any more once it is allowed", async () => {
    const { ask, load } = serve();
    load('2', model);
    expect(await ask({ prompt: 'fool', guard })).toMatchObject(blocked);
    textOf(await ask({ prompt: 'fool', guildId: '2' }));
    textOf(await ask({ prompt: 'fool', guard: { ...guard, blocked: ['바보'] } }));
    textOf(await ask({ prompt: 'foolish', guard }));
  });

  it('may be in what others said before', async () => {
    const { ask } = serve();
    const context = [{ authorId: '1', content: 'you fool', isReply: false }];
    textOf(await ask({ wanted: { ...reply, context }, guard }));
  });
});

describe('a prediction', () => {
  it('says how much each character surprised, and what comes next', async () => {
    const { predict } = serve(constantModel(), await database());
    const { surprise, bitsPerCharacter, next, rest, typical } = await predict('ab');
    expect(surprise).toEqual([
      { character: 'a', bits: expect.closeTo(1, 3) as number },
      { character: 'b', bits: expect.closeTo(2, 3) as number },
    ]);
    expect(bitsPerCharacter).toBeCloseTo(1.5, 3);
    expect(next.map(({ character }) => character)).toEqual(['a', 'b']);
    expect(next.reduce((sum, { probability }) => sum + probability, rest)).toBeCloseTo(1, 6);
    expect(typical).toBeUndefined();
  });

  it('knows the end of a message, but no other mark', async () => {
    const { predict } = serve(loopingModel('ok' + END + SOMEONE + PLACE, 'a'), await database());
    const { next } = await predict('ok');
    expect(next[0]).toEqual({ character: '', end: true, probability: expect.closeTo(1, 3) as number });
    expect(next.map(({ character }) => character).sort()).toEqual(['', 'a', 'k', 'o']);
  });

  it('takes any text, as the network sees it', async () => {
    const { predict } = serve(model, await database());
    const { surprise } = await predict(`e\u0301\ud800${END}한`);
    expect(surprise.map(({ character }) => character)).toEqual(['é', '\ufffd', '\n', '한']);
    expect(await predict('')).toMatchObject({ surprise: [], bitsPerCharacter: 0, typical: undefined });
  });

  it('says how typical the text is among recent messages that a training may read', async () => {
    const contents = Array.from({ length: 40 }, (_, index) => 'ab'.repeat(2) + (index % 2 === 0 ? 'a' : 'b'));
    const { predict } = serve(constantModel(), await database(contents));
    // Messages have 7 or 8 bits in 5 characters, half of them each; a costs 1 and b 2.
    expect((await predict('aaaaa')).typical).toBe(1);
    expect((await predict('bbbbb')).typical).toBe(0);
    expect((await predict('abbaa')).typical).toBeCloseTo(0.75); // as 7: half of those that are equal
  });

  it('does not hold up the texts that are written meanwhile', async () => {
    const messages = await database(Array.from({ length: 100 }, () => 'abc'.repeat(20)));
    const { predict, ask, order } = serve(model, messages);
    const prediction = predict('abc');
    textOf(await ask({ length: 50 }));
    expect(order()).toEqual([1]);
    expect((await prediction).typical).toBeDefined();
  });
});
