import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { openLine } from '../threads/line.js';
import type { MoodData } from './mood.js';
import type {
  LossCurveData,
  Look,
  Picture,
  PictureMessage,
  PictureRequest,
  PredictionData,
  VersionScore,
} from './protocol.js';

/** Charts as PNG files. Each throws UserError drawing_died when the worker throws or vanishes; the next gets a new one. */
export interface Pictures {
  lossCurve(data: LossCurveData, look?: Look): Promise<Uint8Array>;
  mood(data: MoodData, look?: Look): Promise<Uint8Array>;
  prediction(data: PredictionData, look?: Look): Promise<Uint8Array>;
  spamVersions(versions: readonly VersionScore[], look?: Look): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The picture worker, as its callers see it. */
export function createPictures(workerUrl = new URL('./pictures-worker.js', import.meta.url)): Pictures {
  const line = openLine<Omit<PictureRequest, 'id'>, PictureMessage>(() => new Worker(workerUrl), died);

  async function draw(picture: Picture, { theme = 'dark', locale = 'en' }: Look = {}): Promise<Uint8Array> {
    const answer = await line.ask({ theme, locale, ...picture });
    if (answer.type === 'failed') throw died(answer.reason);
    return answer.png;
  }

  return {
    lossCurve: (data, look) => draw({ kind: 'lossCurve', data }, look),
    mood: (data, look) => draw({ kind: 'mood', data }, look),
    prediction: (data, look) => draw({ kind: 'prediction', data }, look),
    spamVersions: (data, look) => draw({ kind: 'spamVersions', data }, look),
    close: () => line.close(),
  };
}

function died(reason: string): UserError {
  return new UserError('drawing_died', { reason });
}
