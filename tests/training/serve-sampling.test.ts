import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { END, SOMEONE, speakerTag } from '../../src/corpus/transcript.js';
import { encodeCheckpoint, type Checkpoint } from '../../src/rnn/checkpoint.js';
import type { SampleRequest, SamplingMessage, SamplingRequest } from '../../src/training/protocol.js';
import { serveSampling } from '../../src/training/serve-sampling.js';
import { kernel, loopingModel, randomModel } from '../helpers/rnn-models.js';

const LONG = 2_000;
const model = randomModel('abcdefg hij.');

/** The sampling worker's service in this thread, behind a real port; it has the model of guild 1. */
function serve(checkpoint: Checkpoint = model) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  serveSampling(port2, kernel);
  const answers = new Map<number, SamplingMessage>();
  const waiting = new Map<number, (message: SamplingMessage) => void>();
  port1.on('message', (message: SamplingMessage) => {
    answers.set(message.id, message);
    waiting.get(message.id)?.(message);
  });
  const post = (request: SamplingRequest) => port1.postMessage(request);
  const load = (guildId: string, loaded: Checkpoint) =>
    post({ type: 'load', guildId, version: 1, checkpoint: encodeCheckpoint(loaded) });
  load('1', checkpoint);
  let id = 0;
  return {
    load,
    /** Ids of the requests answered, in the order of the answers. */
    order: () => [...answers.keys()],
    ask(request: Partial<SampleRequest> = {}): Promise<SamplingMessage> {
      const asked = id++;
      const answer = new Promise<SamplingMessage>((resolve) => waiting.set(asked, resolve));
      const usual = { guildId: '1', version: 1, prompt: '', length: 20, temperature: 1, seed: 1 };
      post({ type: 'sample', id: asked, ...usual, ...request });
      return answer;
    },
  };
}

function textOf(message: SamplingMessage): string {
  if (message.type !== 'text') throw new Error(`expected a text, not ${JSON.stringify(message)}`);
  return message.text;
}

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

  it('cuts off a model that writes nothing but marks, and says the end of a message as a line break', async () => {
    const silent = serve(loopingModel(SOMEONE + speakerTag(0)));
    expect(textOf(await silent.ask({ length: 10 }))).toBe('');
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
});
