import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { UserError } from '../errors.js';
import { openLine } from '../threads/line.js';
import { modelLine } from './model-line.js';
import type {
  Dropped,
  SamplingMessage,
  SamplingQuestion,
  SamplingRequest,
  SamplingSettings,
} from './protocol.js';
import type { Prediction, PredictRequest, WriteRequest, Written } from './writing.js';

type Answer = Exclude<SamplingMessage, { type: 'part' | 'missing' | 'failed' }>;

/** Reads a model's checkpoint from the store; the bytes are given away to the worker. */
export type LoadCheckpoint = (guildId: string, version: number) => Promise<Uint8Array | undefined>;

/**
 * Writes with models. What it does fails with UserError no_model when the model is gone, and with sampling_died when
 * the worker throws or vanishes: the next request starts a new one.
 */
export interface Sampler {
  /**
   * The same request gives the same text, whatever else is written at the same time.
   * @param onText is told what is safe to show so far, every time there is more; it may also be less, when a draft was
   *   refused and another is begun
   * @param signal ends the text early
   * @throws UserError guard_refused when what is given has a blocked word in it, or no draft passed the guard
   */
  write(request: WriteRequest, onText?: (soFar: string) => void, signal?: AbortSignal): Promise<Written>;
  /** @throws UserError guard_refused when the text has a blocked word in it */
  predict(request: PredictRequest): Promise<Prediction>;
  /** The authors whom this model knows by a tag. */
  speakers(guildId: string, version: number): Promise<string[]>;
  /** Forgets versions whose weights were erased; what is being written with them fails as if they had never been. */
  drop(dropped: Dropped): void;
  close(): Promise<void>;
}

/** The sampling worker, as its callers see it. */
export function createSampler(
  loadCheckpoint: LoadCheckpoint,
  settings: SamplingSettings,
  log: Logger,
  workerUrl = new URL('./sampling-worker.js', import.meta.url),
): Sampler {
  type Part = Extract<SamplingMessage, { type: 'part' }>;
  const line = openLine<SamplingQuestion, Answer | Extract<SamplingMessage, { type: 'missing' }>, Part>(
    () => new Worker(workerUrl, { workerData: settings }),
    () => new UserError('sampling_died', {}),
    log,
  );
  let drops = 0;
  const ask = modelLine<SamplingQuestion, Answer, Part>(line, {
    name: ({ guildId, version }) => `${guildId}/${version}`,
    async give({ guildId, version }) {
      const before = drops;
      const stored = await loadCheckpoint(guildId, version);
      // What was read may be gone by now: whoever asked for it asks again.
      if (drops !== before) return;
      if (stored === undefined) throw new UserError('no_model', {});
      const checkpoint = new Uint8Array(stored);
      line.tell({ type: 'load', guildId, version, checkpoint }, [checkpoint.buffer]);
    },
  });

  return {
    async write(request, onText, signal) {
      const answer = await ask(
        { type: 'write', streams: onText !== undefined, ...request },
        { onPart: ({ text }) => onText?.(text), signal },
      );
      if (answer.type !== 'written') throw unexpected(answer);
      const { text, stopped, refused } = answer;
      return { text, stopped, refused };
    },
    async predict(request) {
      const answer = await ask({ type: 'predict', ...request });
      if (answer.type !== 'predicted') throw unexpected(answer);
      const { next, rest, surprise, bitsPerCharacter, typical } = answer;
      return { next, rest, surprise, bitsPerCharacter, typical };
    },
    async speakers(guildId, version) {
      const answer = await ask({ type: 'speakers', guildId, version });
      if (answer.type !== 'speakers') throw unexpected(answer);
      return answer.speakers;
    },
    drop(dropped) {
      drops += 1;
      line.tell({ type: 'drop', ...dropped } satisfies SamplingRequest);
    },
    close: () => line.close(),
  };
}

function unexpected(answer: Answer): Error {
  return answer.type === 'refused'
    ? new UserError('guard_refused', { reason: answer.reason })
    : new Error(`the answer "${answer.type}" belongs to another question`);
}
