import { setImmediate as breathe } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { speakerTag } from '../corpus/transcript.js';
import { type Checkpoint, decodeCheckpoint, speakersOf } from '../rnn/checkpoint.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { createRows, type Rows } from '../rnn/rows.js';
import { unreachable } from '../unreachable.js';
import { createModelShelf } from './model-shelf.js';
import type { SamplingMessage, SamplingQuestion, SamplingRequest } from './protocol.js';
import { type Desk, writeText } from './write-text.js';

type Question<Type> = Extract<SamplingQuestion, { type: Type }> & { id: number };

interface OpenModel {
  checkpoint: Checkpoint;
  /** The tags of those whom it knows by one. */
  tags: ReadonlyMap<string, string>;
  texts: Rows;
}

/** Models kept in memory, the last used ones. */
const MAX_MODELS = 4;
/** Texts of one model written at once; the others wait in order. */
const MAX_ROWS = 16;
/** Symbols of each text between two looks at the port and at the other models: a few milliseconds at most. */
const STEPS_PER_TURN = 8;

/**
 * Answers sampling requests over the port for as long as it is open. Texts of one model are written together, whenever
 * they came; models take turns.
 */
export function serveSampling(port: MessagePort, kernel: Kernel): void {
  const models = createModelShelf<OpenModel>(MAX_MODELS);
  const turns = createTurns();
  /** By question, while its text is written. */
  const stops = new Map<number, AbortController>();
  const send = (message: SamplingMessage) => port.postMessage(message);

  port.on('message', (request: SamplingRequest) => {
    switch (request.type) {
      case 'load':
        return models.put(nameOf(request), () => open(kernel, decodeCheckpoint(request.checkpoint)));
      case 'stop':
        return stops.get(request.id)?.abort();
      case 'write':
      case 'predict':
      case 'speakers':
        return void answer(request).then(send, (error: unknown) =>
          send({ type: 'failed', id: request.id, reason: String(error) }),
        );
      default:
        return unreachable(request);
    }
  });

  async function answer(request: SamplingQuestion & { id: number }): Promise<SamplingMessage> {
    const { id, type } = request;
    const model = models.take(nameOf(request));
    if (model === undefined) return { type: 'missing', id };
    switch (type) {
      case 'write':
        return write(model, request);
      case 'predict':
        throw new Error('not yet');
      case 'speakers':
        return { type: 'speakers', id, speakers: [...model.tags.keys()] };
      default:
        return unreachable(type);
    }
  }

  async function write(
    { checkpoint, tags, texts }: OpenModel,
    request: Question<'write'>,
  ): Promise<SamplingMessage> {
    const { id, streams } = request;
    const stopping = new AbortController();
    const desk: Desk = {
      vocabulary: checkpoint.vocabulary,
      tags,
      guard: { check: (text) => ({ text }) },
      begin: (reading) => turns.begin(texts, () => reading),
      tell: (text) => streams && send({ type: 'part', id, text }),
      signal: stopping.signal,
    };
    stops.set(id, stopping);
    try {
      const written = await writeText(request, desk);
      return 'problem' in written
        ? { type: 'refused', id, reason: written.problem }
        : { type: 'written', id, ...written };
    } finally {
      stops.delete(id);
    }
  }
}

function open(kernel: Kernel, checkpoint: Checkpoint): OpenModel {
  const tags = speakersOf(checkpoint)
    .map((authorId, index): [string, string] => [authorId, speakerTag(index)])
    .filter(([, tag]) => checkpoint.vocabulary.idOf(tag.codePointAt(0) ?? 0) >= 0);
  return { checkpoint, tags: new Map(tags), texts: createRows(kernel, checkpoint, MAX_ROWS) };
}

/** Lets rows with texts in them take turns. */
function createTurns() {
  const busy = new Set<Rows>();

  async function takeTurns(): Promise<void> {
    while (busy.size > 0) {
      for (const rows of busy) {
        // Whatever has arrived meanwhile joins in here.
        await breathe();
        for (let step = 0; step < STEPS_PER_TURN && rows.texts > 0; step++) rows.step();
        if (rows.texts === 0) busy.delete(rows);
      }
    }
  }

  return {
    begin(rows: Rows, read: Parameters<Rows['begin']>[0]): () => void {
      const end = rows.begin(read);
      const resting = busy.size === 0;
      busy.add(rows);
      if (resting) void takeTurns();
      return end;
    },
  };
}

function nameOf({ guildId, version }: { guildId: string; version: number }): string {
  return `${guildId}/${version}`;
}
