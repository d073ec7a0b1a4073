import type { Locale } from '../i18n/index.js';
import type { CorpusData } from './corpus.js';
import type { MoodData } from './mood.js';

/** How good a version of the spam classifier was on verdicts it had not learned from, as shares from 0 to 1. */
export interface VersionScore {
  version: number;
  createdAt: number;
  precision: number;
  recall: number;
  /** How many verdicts the shares rest on. */
  verdicts: number;
}

/** One look at a training under way. */
export interface CurvePoint {
  /** Milliseconds of training before it, pauses left out. */
  trainedMs: number;
  /** Bits per character on the training text, lately. */
  loss: number;
  /** On the held-out text; undefined where it was not measured anew. */
  bitsPerCharacter: number | undefined;
}

/** How a training went, and what it is measured against: bits per character, all on the same held-out text. */
export interface LossCurveData {
  /** In time order. */
  points: readonly CurvePoint[];
  liveBitsPerCharacter: number | undefined;
  ngramBitsPerCharacter: number | undefined;
  /** Of the model that came out of it: its best, not its last. */
  bitsPerCharacter: number;
}

/** What a model expects after a text, and how it saw the text itself. */
export interface PredictionData {
  /** Most likely first. `end`: the message ends there. */
  next: readonly { character: string; end: boolean; probability: number }[];
  /** The probability of all that `next` leaves out. */
  rest: number;
  /** By character of the text: minus log2 of the probability it had. */
  surprise: readonly { character: string; bits: number }[];
  bitsPerCharacter: number;
  /** The share of the server's messages of a similar length that surprise the model more; undefined without enough. */
  typical: number | undefined;
}

/** Which of Discord's two appearances the picture is to sit in. */
export type Theme = 'dark' | 'light';

/** For whom a picture is. */
export interface Look {
  /** Dark unless it is told otherwise. */
  theme?: Theme;
  /** English unless it is told otherwise. */
  locale?: Locale;
}

export type Picture =
  | { kind: 'corpus'; data: CorpusData }
  | { kind: 'lossCurve'; data: LossCurveData }
  | { kind: 'mood'; data: MoodData }
  | { kind: 'prediction'; data: PredictionData }
  | { kind: 'spamVersions'; data: readonly VersionScore[] };

/** Main thread to picture worker. */
export type PictureRequest = { id: number } & Required<Look> & Picture;

/** Picture worker to main thread. The bytes of the PNG are transferred, not copied. */
export type PictureMessage =
  | { type: 'drawn'; id: number; png: Uint8Array<ArrayBuffer> }
  | { type: 'failed'; id: number; reason: string };
