import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openClassifier } from '../../src/classifier/classifier.js';
import { explain } from '../../src/classifier/explanation.js';
import { encodeClassifier } from '../../src/classifier/model.js';
import type { Input, ModelName } from '../../src/classifier/tasks.js';
import type {
  ClassifyingMessage,
  ClassifyingQuestion,
  ClassifyingRequest,
} from '../../src/training/protocol.js';
import { serveClassifying } from '../../src/training/serve-classifying.js';
import { kernel, smallClassifier } from '../helpers/classifiers.js';

const model = smallClassifier({ withReader: true });
const alone = openClassifier(kernel, model);
const bytes = encodeClassifier(model);
const inputs = ['free money', 'see you', ''].map((text): Input => ({ text, signals: [] }));

function named(version: number, guildId = '1'): ModelName {
  return { guildId, task: 'spam', version };
}

/** The classifying worker's service in this thread, behind a real port. */
function serve() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  serveClassifying(port2, kernel);
  const order: number[] = [];
  const waiting = new Map<number, (message: ClassifyingMessage) => void>();
  port1.on('message', (message: ClassifyingMessage) => {
    order.push(message.id);
    waiting.get(message.id)?.(message);
  });
  const post = (request: ClassifyingRequest) => port1.postMessage(request);
  let id = 0;
  function ask(question: ClassifyingQuestion): Promise<ClassifyingMessage> {
    const asked = id++;
    const answer = new Promise<ClassifyingMessage>((resolve) => waiting.set(asked, resolve));
    post({ ...question, id: asked });
    return answer;
  }
  return {
    /** Ids of the questions answered, in the order of the answers. */
    order,
    load: (name: ModelName, loaded: Uint8Array = bytes) =>
      post({ type: 'load', model: name, bytes: new Uint8Array(loaded) }),
    classify: (name: ModelName, asked: readonly Input[] = inputs) =>
      ask({ type: 'classify', model: name, inputs: asked }),
    explain: (name: ModelName, input: Input, label: string) =>
      ask({ type: 'explain', model: name, input, label }),
  };
}

describe('serveClassifying', () => {
  it('lacks a model until it is given one; then answers as the model does', async () => {
    const { classify, explain: ask, load } = serve();
    expect(await classify(named(1))).toEqual({ type: 'missing', id: 0 });
    load(named(1));
    expect(await classify(named(1))).toEqual({
      type: 'classified',
      id: 1,
      probabilities: alone.classify(inputs),
    });
    expect(await ask(named(1), inputs[0], 'spam')).toEqual({
      type: 'explained',
      id: 2,
      ...explain(alone, inputs[0], 'spam'),
    });
    expect(await classify(named(1), [])).toMatchObject({ type: 'classified', probabilities: [] });
  });

  it('tells guilds, tasks and versions apart', async () => {
    const { classify, load } = serve();
    load(named(1));
    for (const other of [named(2), named(1, '2'), { ...named(1), task: 'sentiment' as const }]) {
      expect(await classify(other)).toMatchObject({ type: 'missing' });
    }
  });

  it('fails with a damaged model only those who ask for it', async () => {
    const { classify, load } = serve();
    load(named(1), bytes.subarray(0, -1));
    load(named(2));
    const [damaged, whole] = await Promise.all([classify(named(1)), classify(named(2))]);
    expect(damaged).toMatchObject({
      type: 'failed',
      reason: expect.stringContaining('cut short') as string,
    });
    expect(whole).toMatchObject({ type: 'classified' });
    expect(await classify(named(1))).toMatchObject({ type: 'failed' });
  });

  it('does not let a long question hold up a short one', async () => {
    const { classify, load, order } = serve();
    load(named(1));
    const many = Array.from({ length: 1_000 }, () => inputs).flat();
    const long = classify(named(1), many);
    await classify(named(1));
    const answer = await long;
    expect(order).toEqual([1, 0]);
    if (answer.type !== 'classified') throw new Error('expected probabilities');
    expect(answer.probabilities).toHaveLength(many.length);
    // Whoever is beside a message, its probabilities are the same.
    expect(answer.probabilities.slice(0, 3)).toEqual(alone.classify(inputs));
    expect(answer.probabilities.slice(-3)).toEqual(alone.classify(inputs));
  });

  it('keeps the six models used last', async () => {
    const { classify, load } = serve();
    for (let version = 1; version <= 6; version++) load(named(version));
    expect(await classify(named(1))).toMatchObject({ type: 'classified' });
    load(named(7));
    expect(await classify(named(2))).toMatchObject({ type: 'missing' });
    for (const version of [1, 3, 7]) {
      expect(await classify(named(version))).toMatchObject({ type: 'classified' });
    }
  });
});
