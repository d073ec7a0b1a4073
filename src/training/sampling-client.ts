import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { openLine } from '../threads/line.js';
import { modelLine } from './model-line.js';
import type { SampleRequest, SamplingMessage, SamplingSettings } from './protocol.js';

/** Reads a model's checkpoint from the store; the bytes are given away to the worker. */
export type LoadCheckpoint = (guildId: string, version: number) => Promise<Uint8Array | undefined>;

export interface Sampler {
  /** @throws UserError sampling_died when the worker throws or vanishes; the next request starts a new one. */
  sample(request: SampleRequest): Promise<string>;
  close(): Promise<void>;
}

/** The sampling worker, as its callers see it. */
export function createSampler(
  loadCheckpoint: LoadCheckpoint,
  settings: SamplingSettings,
  workerUrl = new URL('./sampling-worker.js', import.meta.url),
): Sampler {
  type Question = { type: 'sample' } & SampleRequest;
  const line = openLine<Question, SamplingMessage>(
    () => new Worker(workerUrl, { workerData: settings }),
    died,
  );
  const ask = modelLine<Question, Exclude<SamplingMessage, { type: 'missing' }>>(line, {
    name: ({ guildId, version }) => `${guildId}/${version}`,
    async give({ guildId, version }) {
      const stored = await loadCheckpoint(guildId, version);
      if (stored === undefined) throw new UserError('no_model', {});
      const checkpoint = new Uint8Array(stored);
      line.tell({ type: 'load', guildId, version, checkpoint }, [checkpoint.buffer]);
    },
  });

  return {
    async sample(request) {
      const answer = await ask({ type: 'sample', ...request });
      if (answer.type === 'failed') throw died(answer.reason);
      return answer.text;
    },
    close: () => line.close(),
  };
}

function died(reason: string): UserError {
  return new UserError('sampling_died', { reason });
}
