import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Input, ModelName } from '../classifier/tasks.js';
import { UserError } from '../errors.js';
import { openLine } from '../threads/line.js';
import { modelLine } from './model-line.js';
import type { AnsweringSettings, ClassifyingMessage, ClassifyingQuestion } from './protocol.js';
import { nameOf } from './serve-classifying.js';

type Answer = Exclude<ClassifyingMessage, { type: 'missing' | 'failed' }>;

export interface Classifying {
  /** Calibrated probabilities (inputs), each in the order of the task's labels. Hand in as many inputs as there are. */
  classify(model: ModelName, inputs: readonly Input[]): Promise<Float32Array[]>;
  /** The same for one, with each UTF-16 unit's share in the label's score: positive speaks for it. */
  explain(
    model: ModelName,
    input: Input,
    label: string,
  ): Promise<{ probabilities: Float32Array; weights: Float32Array }>;
  close(): Promise<void>;
}

/**
 * The classifying worker, as its callers see it. Its questions fail with UserError classifying_died when it throws or
 * vanishes; the next one starts a new worker.
 */
export function createClassifying(
  loadModel: (model: ModelName) => Promise<Uint8Array | undefined>,
  settings: AnsweringSettings,
  log: Logger,
  workerUrl = new URL('./classifying-worker.js', import.meta.url),
): Classifying {
  const line = openLine<ClassifyingQuestion, Answer | Extract<ClassifyingMessage, { type: 'missing' }>>(
    () => new Worker(workerUrl, { workerData: settings }),
    () => new UserError('classifying_died', {}),
    log,
  );
  const ask = modelLine<ClassifyingQuestion, Answer>(line, {
    name: ({ model }) => nameOf(model),
    async give({ model }) {
      const stored = await loadModel(model);
      if (stored === undefined) throw new UserError('no_classifier', {});
      const bytes = new Uint8Array(stored);
      line.tell({ type: 'load', model, bytes }, [bytes.buffer]);
    },
  });

  return {
    async classify(model, inputs) {
      const answer = await ask({ type: 'classify', model, inputs });
      if (answer.type !== 'classified') throw unexpected(answer);
      return answer.probabilities;
    },
    async explain(model, input, label) {
      const answer = await ask({ type: 'explain', model, input, label });
      if (answer.type !== 'explained') throw unexpected(answer);
      return { probabilities: answer.probabilities, weights: answer.weights };
    },
    close: () => line.close(),
  };
}

function unexpected({ type }: Answer): Error {
  return new Error(`the answer "${type}" belongs to another question`);
}
