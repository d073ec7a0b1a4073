import { setImmediate as breathe } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { MessagePort } from 'node:worker_threads';
import { type OpenClassifier, openClassifier } from '../classifier/classifier.js';
import { explain, type Explanation } from '../classifier/explanation.js';
import { decodeClassifier } from '../classifier/model.js';
import type { Input, ModelName } from '../classifier/tasks.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { textSignals } from '../starter/text-signals.js';
import { unreachable } from '../unreachable.js';
import { createModelShelf } from './model-shelf.js';
import type { ClassifyingMessage, ClassifyingQuestion, ClassifyingRequest } from './protocol.js';

type Question<Type> = Extract<ClassifyingQuestion, { type: Type }>;

/** Models kept in memory, the last used ones: some 20 MB each. */
const MAX_MODELS = 6;
/** Messages classified between two looks at the port. */
const BATCH = 64;

/** Answers questions about classifiers over the port for as long as it is open. A long question does not hold up a short one. */
export function serveClassifying(port: MessagePort, kernel: Kernel): void {
  const models = createModelShelf<OpenClassifier>(MAX_MODELS);
  const send = (message: ClassifyingMessage) => port.postMessage(message);

  port.on('message', (request: ClassifyingRequest) => {
    if (request.type === 'load') {
      models.put(nameOf(request.model), () => openClassifier(kernel, decodeClassifier(request.bytes)));
      return;
    }
    answer(request).then(send, (error: unknown) =>
      send({ type: 'failed', id: request.id, reason: inspect(error) }),
    );
  });

  async function answer(request: Exclude<ClassifyingRequest, { type: 'load' }>): Promise<ClassifyingMessage> {
    const { id, type } = request;
    const classifier = models.take(nameOf(request.model));
    if (classifier === undefined) return { type: 'missing', id };
    switch (type) {
      case 'classify':
        return { type: 'classified', id, probabilities: await classifyAll(classifier, request.inputs) };
      case 'explain':
        return { type: 'explained', id, ...explainWith(classifier, request) };
      default:
        return unreachable(type);
    }
  }
}

function explainWith(classifier: OpenClassifier, { model, input, label }: Question<'explain'>): Explanation {
  return explain(classifier, input, label, (text) => textSignals(model.task, text));
}

async function classifyAll(classifier: OpenClassifier, inputs: readonly Input[]): Promise<Float32Array[]> {
  const probabilities: Float32Array[] = [];
  for (let start = 0; start < inputs.length; start += BATCH) {
    await breathe();
    probabilities.push(...classifier.classify(inputs.slice(start, start + BATCH)));
  }
  return probabilities;
}

export function nameOf({ guildId, task, version }: ModelName): string {
  return `${guildId}/${task}/${version}`;
}
