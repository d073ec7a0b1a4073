import type { ClassifierReport, Input, ModelName, Task } from '../classifier/tasks.js';
import type { ErrorKey, ErrorParams } from '../i18n/index.js';
import type { Engine } from '../rnn/kernel/choose.js';
import type { CorpusKeys } from '../store/cipher.js';
import type { CurvePoint, TrainingReport } from './report.js';
import type { GuardProblem } from '../corpus/guard.js';
import type { Prediction, PredictRequest, Written, WriteRequest } from './writing.js';

/** What is the same for every training. */
export interface TrainingSettings {
  databasePath: string;
  /** To the database's texts. */
  keys?: CorpusKeys;
  /** Undefined leaves the choice to the worker. */
  engine: Engine | undefined;
  threads: number;
  /** What one person's messages may have of what a language model learns. */
  maxSpeakerShare: number;
}

/** What a training worker is told at its start (as workerData). */
export interface TrainingJob extends TrainingSettings {
  guildId: string;
  /** Whose channels it reads besides the public ones. */
  audience: string;
  budgetMs: number;
  seed: number;
  /** The newest message the training may read, in milliseconds. */
  corpusUntil: number;
  /** Starts from nothing, even where the live model would do to go on from. */
  fresh: boolean;
  /** How far it had come before it was paused: what its last state came with. */
  trainedMs: number;
  curve: CurvePoint[];
}

/** How far a training has come, what came before its pauses included. */
export type TrainingCourse = Pick<TrainingJob, 'trainedMs' | 'curve'>;

export interface TrainingProgress {
  /** Share of the time that has gone, 0 to 1. */
  fraction: number;
  /** Bits per character on the training text, lately. */
  loss: number;
  /** On the held-out text, undefined before its first measurement. */
  bitsPerCharacter: number | undefined;
  charactersPerSecond: number;
  remainingMs: number;
  /** Times that the training went back to its best state to go on with half the step, and why the last time. */
  setbacks: number;
  setback: 'diverged' | 'no_better' | undefined;
}

export type TrainingResult =
  | {
      kind: 'finished';
      checkpoint: Uint8Array<ArrayBuffer>;
      report: TrainingReport;
      /** The newest message that it has learned, in milliseconds. */
      learnedUntil: number;
    }
  | ({ kind: 'paused' } & TrainingCourse);

/** Training worker to main thread. Byte arrays are transferred, not copied. */
export type TrainingMessage =
  | { type: 'progress'; progress: TrainingProgress }
  | ({ type: 'state'; state: Uint8Array<ArrayBuffer> } & TrainingCourse)
  | { type: 'result'; result: TrainingResult }
  | { type: 'problem'; key: ErrorKey; params: ErrorParams<ErrorKey> };

/** Main thread to training worker: save the state and end. */
export type TrainingRequest = { type: 'stop' };

/** What a worker is told at its start (as workerData) that answers with models. */
export interface AnsweringSettings {
  engine: Engine | undefined;
}

/** What the sampling worker is told at its start (as workerData). */
export interface SamplingSettings extends AnsweringSettings {
  databasePath: string;
  /** To the database's texts. */
  keys?: CorpusKeys;
}

/** What the sampling worker is asked about a model; `streams` when the text is to be told while it is written. */
export type SamplingQuestion =
  | ({ type: 'write'; streams: boolean } & WriteRequest)
  | ({ type: 'predict' } & PredictRequest)
  | { type: 'speakers'; guildId: string; version: number };

/** What the sampling worker is to forget of a guild. */
export interface Dropped {
  guildId: string;
  versions: readonly number[];
  /** Whether no version is left that knows messages which are gone, so that nothing need be compared with those. */
  texts: boolean;
}

/** Main thread to sampling worker; `stop` ends the text of that question early. */
export type SamplingRequest =
  | (SamplingQuestion & { id: number })
  | { type: 'stop'; id: number }
  | ({ type: 'drop' } & Dropped)
  | { type: 'load'; guildId: string; version: number; checkpoint: Uint8Array<ArrayBuffer> };

/** Sampling worker to main thread; `missing` asks for a `load` before the request is sent again. */
export type SamplingMessage =
  /** What is safe to show so far. */
  | { type: 'part'; id: number; text: string }
  | ({ type: 'written'; id: number } & Written)
  | { type: 'refused'; id: number; reason: GuardProblem }
  | ({ type: 'predicted'; id: number } & Prediction)
  | { type: 'speakers'; id: number; speakers: string[] }
  | { type: 'missing'; id: number }
  | { type: 'failed'; id: number; reason: string };

/** What the classifying worker is asked about a model. */
export type ClassifyingQuestion =
  | { type: 'classify'; model: ModelName; inputs: readonly Input[] }
  | { type: 'explain'; model: ModelName; input: Input; label: string };

/** Main thread to classifying worker. */
export type ClassifyingRequest =
  (ClassifyingQuestion & { id: number }) | { type: 'load'; model: ModelName; bytes: Uint8Array<ArrayBuffer> };

/** Classifying worker to main thread; `missing` asks for a `load` before the request is sent again. */
export type ClassifyingMessage =
  | { type: 'classified'; id: number; probabilities: Float32Array[] }
  | { type: 'explained'; id: number; probabilities: Float32Array; weights: Float32Array }
  | { type: 'missing'; id: number }
  | { type: 'failed'; id: number; reason: string };

/** What a classifier's training worker is told at its start (as workerData). */
export interface ClassifierJob extends TrainingSettings {
  /** Empty for the starter. */
  guildId: string;
  task: Task;
  budgetMs: number;
  seed: number;
}

export interface ClassifierTrained {
  model: Uint8Array<ArrayBuffer>;
  report: ClassifierReport;
}

/** A classifier's training worker to the main thread. */
export type ClassifierMessage =
  | ({ type: 'result' } & ClassifierTrained)
  | { type: 'problem'; key: ErrorKey; params: ErrorParams<ErrorKey> };
