import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import type { TrainingJob, TrainingMessage } from '../../src/training/protocol.js';
import { runTraining } from '../../src/training/run-training.js';
import { message } from './store.js';

/** A real training of this thread, spoken to over a real message channel (cloning and transfer included). */
export function trainInProcess(job: TrainingJob, now: () => number = () => performance.now()) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const messages: TrainingMessage[] = [];
  const heard = (type: TrainingMessage['type']) =>
    new Promise<TrainingMessage>((resolve) => {
      const look = () => {
        const found = messages.find((each) => each.type === type);
        if (found === undefined) port1.once('message', () => setImmediate(look));
        else resolve(found);
      };
      look();
    });
  port1.on('message', (each: TrainingMessage) => messages.push(each));
  const ended = runTraining(port2, job, now);
  return { port: port1, messages, heard, ended };
}

const WORDS = 'the people of the union have peace and the work of the year is good'.split(' ');

/** Messages of plain words in no order, the same each time; short ones are learned within a second. */
export function plainMessages(count: number, words = 6) {
  let state = 1;
  const anyWord = () => {
    state = (state * 48_271) % 2_147_483_647; // the minimal standard generator of Park and Miller
    return WORDS[state % WORDS.length];
  };
  return Array.from({ length: count }, (_, index) => {
    const content = Array.from({ length: words }, anyWord).join(' ');
    return message(String(index), index, { content, author_id: String(index % 3) });
  });
}
