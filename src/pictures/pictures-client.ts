import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { unreachable } from '../unreachable.js';
import type { MoodData } from './mood.js';
import type { Picture, PictureMessage, PictureRequest, Theme, VersionScore } from './protocol.js';

/** Charts as PNG files. Each throws UserError drawing_died when the worker throws or vanishes; the next gets a new one. */
export interface Pictures {
  mood(data: MoodData, theme?: Theme): Promise<Uint8Array>;
  spamVersions(versions: readonly VersionScore[], theme?: Theme): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Pending {
  resolve: (png: Uint8Array) => void;
  reject: (error: Error) => void;
}

/** One long-lived picture worker, started when it is first needed and again after it died. */
export function createPictures(workerUrl = new URL('./pictures-worker.js', import.meta.url)): Pictures {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let nextId = 0;

  function start(): Worker {
    const started = new Worker(workerUrl);
    started.on('message', receive);
    started.once('error', (error: unknown) =>
      abandon(started, error instanceof Error ? error.message : String(error)),
    );
    started.once('exit', () => abandon(started, 'the picture worker ended'));
    return started;
  }

  function receive(message: PictureMessage): void {
    const entry = pending.get(message.id);
    pending.delete(message.id);
    switch (message.type) {
      case 'drawn':
        return entry?.resolve(message.png);
      case 'failed':
        return entry?.reject(died(message.reason));
      default:
        return unreachable(message);
    }
  }

  function abandon(dead: Worker, reason: string): void {
    if (worker !== dead) return;
    worker = undefined;
    for (const { reject } of pending.values()) reject(died(reason));
    pending.clear();
  }

  function ask(picture: Picture, theme: Theme): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const id = nextId++;
      pending.set(id, { resolve, reject });
      worker ??= start();
      worker.postMessage({ id, theme, ...picture } satisfies PictureRequest);
    });
  }

  return {
    mood: (data, theme = 'dark') => ask({ kind: 'mood', data }, theme),
    spamVersions: (data, theme = 'dark') => ask({ kind: 'spamVersions', data }, theme),

    async close() {
      const closing = worker;
      if (closing !== undefined) abandon(closing, 'the bot is shutting down');
      await closing?.terminate();
    },
  };
}

function died(reason: string): UserError {
  return new UserError('drawing_died', { reason });
}
