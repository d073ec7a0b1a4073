import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { encodeCheckpoint, type Checkpoint } from '../../src/rnn/checkpoint.js';
import { type GuildMessages, readGuildMessages } from '../../src/training/guild-messages.js';
import type { SamplingMessage, SamplingQuestion, SamplingRequest } from '../../src/training/protocol.js';
import { serveSampling } from '../../src/training/serve-sampling.js';
import type { WriteRequest } from '../../src/training/writing.js';
import { kernel, randomModel } from './rnn-models.js';
import { temporaryDatabase } from './store.js';

export const model = randomModel('abcdefg hij.');

/** The sampling worker's service in this thread, behind a real port; it has the model of guild 1. */
export function serve(
  checkpoint: Checkpoint = model,
  messages: GuildMessages = readGuildMessages(temporaryDatabase(), () => 0),
) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  serveSampling(port2, kernel, messages);
  const answers = new Map<number, SamplingMessage>();
  const parts = new Map<number, string[]>();
  const waiting = new Map<number, (message: SamplingMessage) => void>();
  let heardPart = () => {};
  port1.on('message', (message: SamplingMessage) => {
    if (message.type === 'part') {
      parts.set(message.id, [...(parts.get(message.id) ?? []), message.text]);
      return heardPart();
    }
    answers.set(message.id, message);
    waiting.get(message.id)?.(message);
  });
  const post = (request: SamplingRequest) => port1.postMessage(request);
  const load = (guildId: string, loaded: Checkpoint) =>
    post({ type: 'load', guildId, version: 1, checkpoint: encodeCheckpoint(loaded) });
  load('1', checkpoint);
  let id = 0;
  const question = (asked: SamplingQuestion) => {
    const answer = new Promise<SamplingMessage>((resolve) => waiting.set(id, resolve));
    post({ id: id++, ...asked });
    return answer;
  };
  return {
    load,
    /** Ids of the requests answered, in the order of the answers. */
    order: () => [...answers.keys()],
    /** What was told of a text while it was written. */
    parts: (id: number) => parts.get(id) ?? [],
    part: () => new Promise<void>((resolve) => (heardPart = resolve)),
    stop: (id: number) => post({ type: 'stop', id }),
    drop: (guildId: string, versions: number[]) => post({ type: 'drop', guildId, versions, texts: true }),
    question,
    predict: async (text: string, blocked: string[] = []) => {
      const answer = await question({ type: 'predict', guildId: '1', version: 1, text, blocked });
      if (answer.type !== 'predicted')
        throw new Error(`expected a prediction, not ${JSON.stringify(answer)}`);
      return answer;
    },
    ask: ({
      prompt = '',
      length = 20,
      streams = false,
      ...more
    }: Partial<WriteRequest> & { prompt?: string; length?: number; streams?: boolean } = {}) =>
      question({
        type: 'write',
        guildId: '1',
        version: 1,
        wanted: { kind: 'continuation', prompt, length },
        temperature: 1,
        topP: 1,
        seed: 1,
        guard: { blocked: [], takenBack: [], maxVerbatim: undefined },
        streams,
        ...more,
      }),
  };
}

export function textOf(message: SamplingMessage): string {
  if (message.type !== 'written') throw new Error(`expected a text, not ${JSON.stringify(message)}`);
  return message.text;
}
