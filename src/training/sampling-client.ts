import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { unreachable } from '../unreachable.js';
import type { SampleRequest, SamplingMessage, SamplingRequest, SamplingSettings } from './protocol.js';

/** Reads a model's checkpoint from the store; the bytes are given away to the worker. */
export type LoadCheckpoint = (guildId: string, version: number) => Promise<Uint8Array | undefined>;

export interface Sampler {
  /** @throws UserError sampling_died when the worker throws or vanishes; the next request starts a new one. */
  sample(request: SampleRequest): Promise<string>;
  close(): Promise<void>;
}

interface Pending {
  request: SampleRequest;
  resolve: (text: string) => void;
  reject: (error: Error) => void;
}

/** One long-lived sampling worker, started when it is first needed and again after it died. */
export function createSampler(
  loadCheckpoint: LoadCheckpoint,
  settings: SamplingSettings,
  workerUrl = new URL('./sampling-worker.js', import.meta.url),
): Sampler {
  const pending = new Map<number, Pending>();
  /** Models on their way to the worker: requests that come together share one. */
  const loading = new Map<string, Promise<void>>();
  let worker: Worker | undefined;
  let nextId = 0;

  function start(): Worker {
    const started = new Worker(workerUrl, { workerData: settings });
    started.on('message', (message: SamplingMessage) => receive(started, message));
    started.once('error', (error: unknown) =>
      abandon(started, error instanceof Error ? error.message : String(error)),
    );
    started.once('exit', () => abandon(started, 'the sampling worker ended'));
    return started;
  }

  function receive(from: Worker, message: SamplingMessage): void {
    const entry = pending.get(message.id);
    if (entry === undefined) return;
    switch (message.type) {
      case 'text':
        pending.delete(message.id);
        return entry.resolve(message.text);
      case 'failed':
        pending.delete(message.id);
        return entry.reject(died(message.reason));
      case 'missing':
        void supply(from, message.id, entry);
        return;
      default:
        return unreachable(message);
    }
  }

  /** Gives the worker the model it lacks, then asks again. */
  async function supply(to: Worker, id: number, { request, reject }: Pending): Promise<void> {
    const { guildId, version } = request;
    const name = `${guildId}/${version}`;
    try {
      const loaded = loading.get(name) ?? load(to, guildId, version);
      loading.set(name, loaded);
      await loaded.finally(() => loading.delete(name));
      send(to, { type: 'sample', id, ...request });
    } catch (error) {
      pending.delete(id);
      reject(error instanceof Error ? error : died(String(error)));
    }
  }

  async function load(to: Worker, guildId: string, version: number): Promise<void> {
    const stored = await loadCheckpoint(guildId, version);
    if (stored === undefined) throw new UserError('no_model', {});
    const checkpoint = new Uint8Array(stored);
    send(to, { type: 'load', guildId, version, checkpoint }, [checkpoint.buffer]);
  }

  function abandon(dead: Worker, reason: string): void {
    if (worker !== dead) return;
    worker = undefined;
    loading.clear();
    for (const { reject } of pending.values()) reject(died(reason));
    pending.clear();
  }

  return {
    sample: (request) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { request, resolve, reject });
        worker ??= start();
        send(worker, { type: 'sample', id, ...request });
      }),

    async close() {
      const closing = worker;
      if (closing !== undefined) abandon(closing, 'the bot is shutting down');
      await closing?.terminate();
    },
  };
}

function send(worker: Worker, message: SamplingRequest, transfer: ArrayBuffer[] = []): void {
  worker.postMessage(message, transfer);
}

function died(reason: string): UserError {
  return new UserError('sampling_died', { reason });
}
