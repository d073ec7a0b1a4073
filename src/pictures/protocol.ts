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

/** Which of Discord's two appearances the picture is to sit in. */
export type Theme = 'dark' | 'light';

export type Picture =
  { kind: 'mood'; data: MoodData } | { kind: 'spamVersions'; data: readonly VersionScore[] };

/** Main thread to picture worker. */
export type PictureRequest = { id: number; theme: Theme } & Picture;

/** Picture worker to main thread. The bytes of the PNG are transferred, not copied. */
export type PictureMessage =
  | { type: 'drawn'; id: number; png: Uint8Array<ArrayBuffer> }
  | { type: 'failed'; id: number; reason: string };
