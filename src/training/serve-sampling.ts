import { setImmediate as breathe } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { beginning, END, isMark, PLACE, readable } from '../corpus/transcript.js';
import { decodeCheckpoint } from '../rnn/checkpoint.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { createWriter, MAX_PIECES_PER_CHARACTER, type Reader, type Writer } from '../rnn/sampling.js';
import { unreachable } from '../unreachable.js';
import { createModelShelf } from './model-shelf.js';
import type { SampleRequest, SamplingMessage, SamplingRequest } from './protocol.js';

/** Models kept in memory, the last used ones. */
const MAX_MODELS = 4;
/** Texts of one model written at once; the others wait in order. */
const MAX_ROWS = 16;
/** Symbols of each text between two looks at the port and at the other models: a few milliseconds at most. */
const STEPS_PER_TURN = 8;

const isPlace = (codePoint: number) => codePoint === PLACE.codePointAt(0);
const isUnseen = (codePoint: number) => isMark(codePoint) && codePoint !== END.codePointAt(0);

/**
 * Answers sampling requests over the port for as long as it is open. Texts of one model are written together, whenever
 * they came; models take turns.
 */
export function serveSampling(port: MessagePort, kernel: Kernel): void {
  const models = createModelShelf<Writer>(MAX_MODELS);
  const busy = new Set<Writer>();
  const send = (message: SamplingMessage) => port.postMessage(message);

  port.on('message', (request: SamplingRequest) => {
    const name = `${request.guildId}/${request.version}`;
    switch (request.type) {
      case 'load':
        return models.put(name, () => createWriter(kernel, decodeCheckpoint(request.checkpoint), MAX_ROWS));
      case 'sample':
        try {
          const writer = models.take(name);
          if (writer === undefined) return send({ type: 'missing', id: request.id });
          begin(writer, request, (text) => send({ type: 'text', id: request.id, text }));
          return work(writer);
        } catch (error) {
          return send({ type: 'failed', id: request.id, reason: String(error) });
        }
      default:
        return unreachable(request);
    }
  });

  function work(writer: Writer): void {
    const resting = busy.size === 0;
    busy.add(writer);
    if (resting) void write();
  }

  async function write(): Promise<void> {
    for (;;) {
      for (const writer of busy) {
        // Whatever has arrived meanwhile joins in here.
        await breathe();
        for (let step = 0; step < STEPS_PER_TURN && writer.texts > 0; step++) writer.step();
        if (writer.texts === 0) busy.delete(writer);
      }
      if (busy.size === 0) return;
    }
  }
}

/** The continuation has exactly `length` readable characters, unless the model falls silent. */
function begin(writer: Writer, request: SampleRequest, finish: (text: string) => void): void {
  const { prompt, length, temperature, seed } = request;
  const characters: string[] = [];
  let pieces = 0;
  const reader: Reader = (piece) => {
    characters.push(...readable(piece));
    pieces += 1;
    if (characters.length < length && pieces < length * MAX_PIECES_PER_CHARACTER) return true;
    finish(characters.slice(0, length).join(''));
    return false;
  };
  const options = {
    prompt: beginning(prompt),
    temperature,
    seed,
    never: isPlace,
    unseen: isUnseen,
  };
  writer.begin(options, reader);
}
