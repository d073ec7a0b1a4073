import type { MessagePort } from 'node:worker_threads';
import { beginning, PLACE, readable } from '../corpus/transcript.js';
import { type Checkpoint, decodeCheckpoint } from '../rnn/checkpoint.js';
import { createJsKernel } from '../rnn/kernel/js.js';
import { sample } from '../rnn/sampling.js';
import { unreachable } from '../unreachable.js';
import type { SampleRequest, SamplingMessage, SamplingRequest } from './protocol.js';

/** Models kept in memory, the last used ones. */
const MAX_MODELS = 4;
/** A model may write marks without end, which nobody sees; past this many symbols per wanted character it is cut off. */
const MAX_PIECES_PER_CHARACTER = 4;

/** Answers sampling requests over the port, one after the other, for as long as it is open. */
export function serveSampling(port: MessagePort): void {
  const kernel = createJsKernel();
  const models = new Map<string, Checkpoint>();
  const send = (message: SamplingMessage) => port.postMessage(message);

  port.on('message', (request: SamplingRequest) => {
    const name = `${request.guildId}/${request.version}`;
    switch (request.type) {
      case 'load':
        models.set(name, decodeCheckpoint(request.checkpoint));
        for (const oldest of [...models.keys()].slice(0, -MAX_MODELS)) models.delete(oldest);
        return;
      case 'sample': {
        const model = models.get(name);
        if (model === undefined) return send({ type: 'missing', id: request.id });
        models.delete(name);
        models.set(name, model);
        try {
          return send({ type: 'text', id: request.id, text: write(request, model) });
        } catch (error) {
          return send({ type: 'failed', id: request.id, reason: String(error) });
        }
      }
      default:
        return unreachable(request);
    }
  });

  /** The continuation has exactly `length` readable characters, unless the model falls silent. */
  function write(request: SampleRequest, checkpoint: Checkpoint): string {
    const { prompt, length, temperature, seed } = request;
    const pieces = sample({
      kernel,
      checkpoint,
      prompt: beginning(prompt),
      temperature,
      seed,
      never: (codePoint) => codePoint === PLACE.codePointAt(0),
    });
    const text: string[] = [];
    for (let drawn = 0; text.length < length && drawn < length * MAX_PIECES_PER_CHARACTER; drawn++) {
      text.push(...readable(pieces.next().value));
    }
    return text.slice(0, length).join('');
  }
}
