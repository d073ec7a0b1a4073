import { inspect } from 'node:util';
import type { MessagePort } from 'node:worker_threads';
import { createGuard } from '../corpus/guard.js';
import { speakerTag } from '../corpus/transcript.js';
import { createVerbatimIndex, type VerbatimIndex } from '../corpus/verbatim.js';
import { type Checkpoint, decodeCheckpoint, speakersOf } from '../rnn/checkpoint.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { createRows, type Rows } from '../rnn/rows.js';
import { unreachable } from '../unreachable.js';
import { createBlockLists } from './block-lists.js';
import type { GuildMessages } from './guild-messages.js';
import { createModelShelf } from './model-shelf.js';
import type { Dropped, SamplingMessage, SamplingQuestion, SamplingRequest } from './protocol.js';
import { predict, scoreMessage, typicalOf } from './predict.js';
import { createRowTurns } from './row-turns.js';
import type { Scored } from './typicality.js';
import { type Desk, writeText } from './write-text.js';
import type { Wanted } from './writing.js';

type Question<Type> = Extract<SamplingQuestion, { type: Type }> & { id: number };

interface OpenModel {
  checkpoint: Checkpoint;
  /** The tags of those whom it knows by one. */
  tags: ReadonlyMap<string, string>;
  texts: Rows;
  /** How much its guild's recent messages surprise it, once that was asked. */
  scores: Promise<Scored[]> | undefined;
}

/** Models kept in memory, the last used ones. */
const MAX_MODELS = 4;
/** Texts of one model written at once; the others wait in order. */
const MAX_ROWS = 16;
/** Messages of a guild by which it is judged how typical a text is. */
const RECENT_MESSAGES = 300;

const EMPTY = createVerbatimIndex();
/** Why a text ends whose model is gone: as if that had never been there. */
const DROPPED = Symbol('dropped');

/**
 * Answers sampling requests over the port for as long as it is open. Texts of one model are written together, whenever
 * they came; models take turns.
 */
export function serveSampling(port: MessagePort, kernel: Kernel, messages: GuildMessages): void {
  const models = createModelShelf<OpenModel>(MAX_MODELS);
  const turns = createRowTurns();
  const blockLists = createBlockLists();
  /** By question, while its text is written. */
  const stops = new Map<number, { model: string; stopping: AbortController }>();
  const send = (message: SamplingMessage) => port.postMessage(message);

  port.on('message', (request: SamplingRequest) => {
    switch (request.type) {
      case 'load':
        return models.put(nameOf(request), () => open(kernel, decodeCheckpoint(request.checkpoint)));
      case 'drop':
        return drop(request);
      case 'stop':
        return stops.get(request.id)?.stopping.abort();
      case 'write':
      case 'predict':
      case 'speakers':
        return void answer(request).then(send, (error: unknown) =>
          send({ type: 'failed', id: request.id, reason: inspect(error) }),
        );
      default:
        return unreachable(request);
    }
  });

  function drop({ guildId, versions, texts }: Dropped): void {
    const names = versions.map((version) => nameOf({ guildId, version }));
    names.forEach(models.drop);
    for (const { model, stopping } of stops.values()) if (names.includes(model)) stopping.abort(DROPPED);
    if (texts) messages.drop(guildId);
  }

  async function answer(request: SamplingQuestion & { id: number }): Promise<SamplingMessage> {
    const { id, type } = request;
    const model = models.take(nameOf(request));
    if (model === undefined) return { type: 'missing', id };
    switch (type) {
      case 'write':
        return write(model, request);
      case 'predict':
        return predictFor(model, request);
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
    const { id, guildId, streams, guard, wanted } = request;
    const blockList = blockLists.of(guildId, guard.blocked);
    if (blockList.matches(givenOf(wanted))) return { type: 'refused', id, reason: 'blocked' };
    const stopping = new AbortController();
    const { signal } = stopping;
    stops.set(id, { model: nameOf(request), stopping });
    try {
      const index = await indexFor(request, signal);
      const desk: Desk = {
        vocabulary: checkpoint.vocabulary,
        tags,
        // Models from before this was noted have learned at least how it looks.
        knowsReplies: checkpoint.metadata.learnedReplies !== '0',
        guard: createGuard(guard, index, blockList),
        begin: (reading) => turns.begin(texts, () => reading),
        tell: (text) => streams && send({ type: 'part', id, text }),
        signal,
      };
      const written = await writeText(request, desk);
      if (signal.reason === DROPPED) return { type: 'missing', id };
      return 'problem' in written
        ? { type: 'refused', id, reason: written.problem }
        : { type: 'written', id, ...written };
    } finally {
      stops.delete(id);
    }
  }

  /** Nothing can be copied from where any copy is allowed, nor by a text that is stopped before it begins. */
  async function indexFor(
    { guildId, version, guard }: Question<'write'>,
    signal: AbortSignal,
  ): Promise<VerbatimIndex> {
    if (guard.maxVerbatim === undefined) return EMPTY;
    const stopped = new Promise<VerbatimIndex>((resolve) =>
      signal.addEventListener('abort', () => resolve(EMPTY)),
    );
    return Promise.race([messages.verbatim(guildId, version), stopped]);
  }

  async function predictFor(
    model: OpenModel,
    { id, guildId, version, text, blocked }: Question<'predict'>,
  ): Promise<SamplingMessage> {
    if (blockLists.of(guildId, blocked).matches(text)) return { type: 'refused', id, reason: 'blocked' };
    const { vocabulary } = model.checkpoint;
    const prediction = await turns.ask(model.texts, (row) => predict(row, vocabulary, text));
    const scores = prediction.surprise.length === 0 ? [] : await scoresOf(model, guildId, version);
    return { type: 'predicted', id, ...prediction, typical: typicalOf(prediction, scores) };
  }

  /** In rows of their own, so that a text which comes meanwhile does not wait behind hundreds of messages. */
  function scoresOf(model: OpenModel, guildId: string, version: number): Promise<Scored[]> {
    const score = async () => {
      const recent = await messages.recent(guildId, version, RECENT_MESSAGES);
      const rows = createRows(kernel, model.checkpoint, MAX_ROWS);
      const { vocabulary } = model.checkpoint;
      return Promise.all(recent.map((message) => turns.ask(rows, () => scoreMessage(vocabulary, message))));
    };
    model.scores ??= score().catch((error: unknown) => {
      model.scores = undefined;
      throw error;
    });
    return model.scores;
  }
}

/** What is shown of what somebody else wrote. */
function givenOf(wanted: Wanted): string {
  return wanted.kind === 'continuation' ? wanted.prompt : wanted.opening;
}

function open(kernel: Kernel, checkpoint: Checkpoint): OpenModel {
  const tags = speakersOf(checkpoint)
    .map((authorId, index): [string, string] => [authorId, speakerTag(index)])
    .filter(([, tag]) => checkpoint.vocabulary.idOf(tag.codePointAt(0) ?? 0) >= 0);
  return {
    checkpoint,
    tags: new Map(tags),
    texts: createRows(kernel, checkpoint, MAX_ROWS),
    scores: undefined,
  };
}

function nameOf({ guildId, version }: { guildId: string; version: number }): string {
  return `${guildId}/${version}`;
}
