import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { openLine } from '../threads/line.js';
import type { MoodData } from './mood.js';
import type { Picture, PictureMessage, PictureRequest, Theme, VersionScore } from './protocol.js';

/** Charts as PNG files. Each throws UserError drawing_died when the worker throws or vanishes; the next gets a new one. */
export interface Pictures {
  mood(data: MoodData, theme?: Theme): Promise<Uint8Array>;
  spamVersions(versions: readonly VersionScore[], theme?: Theme): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The picture worker, as its callers see it. */
export function createPictures(workerUrl = new URL('./pictures-worker.js', import.meta.url)): Pictures {
  const line = openLine<Omit<PictureRequest, 'id'>, PictureMessage>(() => new Worker(workerUrl), died);

  async function draw(picture: Picture, theme: Theme): Promise<Uint8Array> {
    const answer = await line.ask({ theme, ...picture });
    if (answer.type === 'failed') throw died(answer.reason);
    return answer.png;
  }

  return {
    mood: (data, theme = 'dark') => draw({ kind: 'mood', data }, theme),
    spamVersions: (data, theme = 'dark') => draw({ kind: 'spamVersions', data }, theme),
    close: () => line.close(),
  };
}

function died(reason: string): UserError {
  return new UserError('drawing_died', { reason });
}
