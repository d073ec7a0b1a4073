import { describe, expect, it, onTestFinished } from 'vitest';
import type { UserError } from '../../src/errors.js';
import { describeError, stringsFor } from '../../src/i18n/index.js';
import { encodeCheckpoint } from '../../src/rnn/checkpoint.js';
import { createSampler } from '../../src/training/sampling-client.js';
import type { WriteRequest } from '../../src/training/writing.js';
import { recordedLog, silent } from '../helpers/log.js';
import { randomModel } from '../helpers/rnn-models.js';
import { temporaryDatabase, temporaryStore } from '../helpers/store.js';
import { built, worker } from '../helpers/worker.js';

const settings = { databasePath: 'x.sqlite', engine: undefined };

describe('the sampling worker', () => {
  const request = (prompt = 'hi', seed = 1): WriteRequest => ({
    guildId: '1',
    version: 1,
    wanted: { kind: 'continuation', prompt, length: 5 },
    temperature: 1,
    topP: 1,
    seed,
    guard: { blocked: [], takenBack: [], maxVerbatim: undefined },
  });
  /** Answers with a text whatever it is asked. */
  const say = `const { parentPort } = require('node:worker_threads');
    const say = (id, text) => parentPort.postMessage({ type: 'written', id, text, stopped: false, refused: 0 });`;
  const samplerOf = (
    source: string,
    load: () => Promise<Uint8Array | undefined> = async () => undefined,
    log = silent,
  ) => {
    const sampler = createSampler(load, settings, log, worker(say + source));
    onTestFinished(() => sampler.close());
    return sampler;
  };

  it('asks for a model that it lacks, once, and keeps it', async () => {
    let loads = 0;
    const sampler = samplerOf(
      `let model;
       parentPort.on('message', (message) => {
         if (message.type === 'load') model = message.checkpoint[0];
         else if (model === undefined) parentPort.postMessage({ type: 'missing', id: message.id });
         else say(message.id, message.wanted.prompt + model);
       });`,
      async () => {
        loads += 1;
        return new Uint8Array([42]);
      },
    );
    expect(await sampler.write(request())).toEqual({ text: 'hi42', stopped: false, refused: 0 });
    expect(await sampler.write(request('ho'))).toMatchObject({ text: 'ho42' });
    expect(loads).toBe(1);
  });

  it('is given a model once for all that ask for it together', async () => {
    let loads = 0;
    const sampler = samplerOf(
      `const asked = [];
       let model;
       parentPort.on('message', (message) => {
         if (message.type === 'load') return void (model = message.checkpoint[0]);
         if (model !== undefined) return say(message.id, 'text');
         asked.push(message.id);
         if (asked.length === 3) for (const id of asked) parentPort.postMessage({ type: 'missing', id });
       });`,
      async () => {
        loads += 1;
        await new Promise((resolve) => setTimeout(resolve, 50)); // a disk that the others' questions overtake
        return new Uint8Array([42]);
      },
    );
    await Promise.all([1, 2, 3].map((seed) => sampler.write(request('hi', seed))));
    expect(loads).toBe(1);
  });

  it('that dies fails the texts it was writing, and is logged; the next one gets a new worker', async () => {
    const { log, lines } = recordedLog();
    const sampler = samplerOf(
      `parentPort.on('message', ({ id, wanted }) => {
         if (wanted.prompt === 'die') process.exit(7);
         if (wanted.prompt === 'throw') throw new Error('no such table: messages');
         say(id, 'alive');
       });`,
      undefined,
      log,
    );
    for (const prompt of ['die', 'throw']) {
      const problem = await sampler.write(request(prompt)).catch((error: unknown) => error);
      expect(problem).toMatchObject({ key: 'sampling_died', params: {} });
      expect(describeError(problem as UserError, stringsFor('en'))).not.toContain('table');
      expect(await sampler.write(request())).toMatchObject({ text: 'alive' });
    }
    expect(lines).toMatchObject([
      { problem: 'sampling_died', code: 7 },
      {
        problem: 'sampling_died',
        err: { message: 'no such table: messages', stack: expect.stringContaining('at ') as string },
      },
    ]);
    await sampler.close();
    expect(lines).toHaveLength(2);
  });

  it('that cannot write a text is logged, and goes on', async () => {
    const { log, lines } = recordedLog();
    const sampler = samplerOf(
      `parentPort.on('message', ({ id, wanted }) => wanted.prompt === 'fail'
         ? parentPort.postMessage({ type: 'failed', id, reason: 'SqliteError: locked' }) : say(id, 'alive'));`,
      undefined,
      log,
    );
    const [failed, written] = await Promise.allSettled([
      sampler.write(request('fail')),
      sampler.write(request()),
    ]);
    expect(failed).toMatchObject({ reason: { key: 'sampling_died', params: {} } });
    expect(written).toMatchObject({ value: { text: 'alive' } });
    expect(lines).toMatchObject([{ problem: 'sampling_died', reason: 'SqliteError: locked' }]);
  });

  it('that is closed says to all who ask that the bot is shutting down, and logs nothing', async () => {
    const { log, lines } = recordedLog();
    const sampler = samplerOf(`parentPort.on('message', () => {});`, undefined, log);
    const text = expect(sampler.write(request())).rejects.toMatchObject({ key: 'shutting_down' });
    await sampler.close();
    await text;
    await expect(sampler.write(request())).rejects.toMatchObject({ key: 'shutting_down' });
    expect(lines).toEqual([]);
  });

  it('is told when the model is gone', async () => {
    const sampler = samplerOf(
      `parentPort.on('message', ({ id }) => parentPort.postMessage({ type: 'missing', id }));`,
    );
    await expect(sampler.write(request())).rejects.toMatchObject({ key: 'no_model' });
  });

  it('does not get a version that was dropped while it was read', async () => {
    const stored = new Map([[1, new Uint8Array([42])]]);
    let read = () => {};
    const reading = new Promise<void>((resolve) => (read = resolve));
    const heard = samplerOf(
      `let model;
       parentPort.on('message', ({ type, id, checkpoint }) => {
         if (type === 'load') model = checkpoint;
         else if (type === 'drop') model = undefined;
         else if (model === undefined) parentPort.postMessage({ type: 'missing', id });
         else say(id, 'text of a version that is gone');
       });`,
      async () => {
        const checkpoint = stored.get(1);
        read();
        await new Promise((resolve) => setTimeout(resolve, 50)); // a disk that the dropping overtakes
        return checkpoint;
      },
    );
    const text = heard.write(request()).catch((error: unknown) => error);
    await reading;
    stored.clear();
    heard.drop({ guildId: '1', versions: [1], texts: true });
    expect(await text).toMatchObject({ key: 'no_model' });
  });

  it('tells what is safe to show, each text its own, and only to whom wants it', async () => {
    const sampler = samplerOf(
      `parentPort.on('message', ({ id, wanted, streams }) => {
         for (const end of streams ? [1, 2] : []) parentPort.postMessage({ type: 'part', id, text: wanted.prompt.slice(0, end) });
         say(id, wanted.prompt);
       });`,
    );
    const heard: string[] = [];
    const texts = await Promise.all([
      sampler.write(request('abc'), (soFar) => heard.push(soFar)),
      sampler.write(request('xyz'), (soFar) => heard.push(soFar)),
      sampler.write(request('mute')),
    ]);
    expect(heard).toEqual(['a', 'ab', 'x', 'xy']);
    expect(texts.map(({ text }) => text)).toEqual(['abc', 'xyz', 'mute']);
  });

  it('is told to stop that text alone, also when that was known before it was asked', async () => {
    const sampler = samplerOf(
      `parentPort.on('message', ({ type, id }) => {
         if (type === 'stop') parentPort.postMessage({ type: 'written', id, text: 'so far', stopped: true, refused: 0 });
         else if (id === 1) say(id, 'whole');
       });`,
    );
    const stopping = new AbortController();
    const first = sampler.write(request(), undefined, stopping.signal);
    expect(await sampler.write(request(), undefined, new AbortController().signal)).toMatchObject({
      text: 'whole',
    });
    stopping.abort();
    expect(await first).toEqual({ text: 'so far', stopped: true, refused: 0 });
    expect(await sampler.write(request(), undefined, AbortSignal.abort())).toMatchObject({ stopped: true });
  });

  it('whose guard refuses says why', async () => {
    const sampler = samplerOf(
      `parentPort.on('message', ({ id }) => parentPort.postMessage({ type: 'refused', id, reason: 'verbatim' }));`,
    );
    const refusal = { key: 'guard_refused', params: { reason: 'verbatim' } };
    await expect(sampler.write(request())).rejects.toMatchObject(refusal);
    const prediction = sampler.predict({ guildId: '1', version: 1, text: 'a', blocked: [] });
    await expect(prediction).rejects.toMatchObject(refusal);
  });

  it('predicts, and names those whom the model knows', async () => {
    const prediction = { next: [], rest: 1, surprise: [], bitsPerCharacter: 0, typical: undefined };
    const sampler = samplerOf(
      `parentPort.on('message', ({ id, type, text }) => parentPort.postMessage(type === 'predict'
         ? { type: 'predicted', id, ...${JSON.stringify(prediction)} } : { type: 'speakers', id, speakers: ['7'] }));`,
    );
    expect(await sampler.predict({ guildId: '1', version: 1, text: 'a', blocked: [] })).toEqual(prediction);
    expect(await sampler.speakers('1', 1)).toEqual(['7']);
  });

  it('as built writes, streams, ends early, predicts and names speakers', async () => {
    const databasePath = temporaryDatabase();
    await temporaryStore(databasePath);
    const model = { ...randomModel('abc def.'), metadata: {} };
    const sampler = createSampler(
      async () => encodeCheckpoint(model),
      { engine: 'js', databasePath },
      silent,
      built('sampling-worker'),
    );
    onTestFinished(() => sampler.close());
    const strict = { ...request(), guard: { blocked: [], takenBack: [], maxVerbatim: 40 } };
    const long: WriteRequest = { ...strict, wanted: { kind: 'continuation', prompt: 'a', length: 1_900 } };
    const stopping = new AbortController();
    const parts: string[] = [];
    const stopped = sampler.write(
      long,
      (soFar) => {
        parts.push(soFar);
        stopping.abort();
      },
      stopping.signal,
    );
    expect(await sampler.write(strict)).toMatchObject({ stopped: false });
    expect(await stopped).toMatchObject({ stopped: true });
    expect(parts.length).toBeGreaterThan(0);
    expect(await sampler.predict({ guildId: '1', version: 1, text: 'abc', blocked: [] })).toMatchObject({
      surprise: [{ character: 'a' }, { character: 'b' }, { character: 'c' }],
      typical: undefined,
    });
    expect(await sampler.speakers('1', 1)).toEqual([]);
  });
});
