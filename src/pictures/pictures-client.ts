import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { UserError } from '../errors.js';
import { openLine } from '../threads/line.js';
import type { CorpusData } from './corpus.js';
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
  corpus(data: CorpusData, look?: Look): Promise<Uint8Array>;
  lossCurve(data: LossCurveData, look?: Look): Promise<Uint8Array>;
  mood(data: MoodData, look?: Look): Promise<Uint8Array>;
  prediction(data: PredictionData, look?: Look): Promise<Uint8Array>;
  spamVersions(versions: readonly VersionScore[], look?: Look): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The picture worker, as its callers see it. */
export function createPictures(
  log: Logger,
  workerUrl = new URL('./pictures-worker.js', import.meta.url),
): Pictures {
  const line = openLine<Omit<PictureRequest, 'id'>, Extract<PictureMessage, { type: 'drawn' }>>(
    () => new Worker(workerUrl),
    () => new UserError('drawing_died', {}),
    log,
  );

  async function draw(picture: Picture, { theme = 'dark', locale = 'en' }: Look = {}): Promise<Uint8Array> {
    const { png } = await line.ask({ theme, locale, ...picture });
    return png;
  }

  return {
    corpus: (data, look) => draw({ kind: 'corpus', data }, look),
    lossCurve: (data, look) => draw({ kind: 'lossCurve', data }, look),
    mood: (data, look) => draw({ kind: 'mood', data }, look),
    prediction: (data, look) => draw({ kind: 'prediction', data }, look),
    spamVersions: (data, look) => draw({ kind: 'spamVersions', data }, look),
    close: () => line.close(),
  };
}
