import type { Checkpoint } from './checkpoint.js';
import type { Hyperparameters } from './hyperparameters.js';
import type { Kernel } from './kernel/kernel.js';
import type { Symbols } from './symbols.js';
import type { Vocabulary } from './vocabulary.js';

export interface TrainingOptions {
  readonly kernel: Kernel;
  readonly vocabulary: Vocabulary;
  /** The text to learn, as `vocabulary.encode` gives it. */
  readonly train: Symbols;
  /** Later text that is only predicted, never learned. Where there is none, `train` stands in for it. */
  readonly valid: Symbols;
  /** Code points of the texts, marks left out: what speeds and bits are counted by. Default: one per symbol. */
  readonly trainCharacters?: number;
  readonly validCharacters?: number;
  /** Those left out are chosen by the size of the text, the budget and the kernel's speed. */
  readonly hyperparameters?: Partial<Hyperparameters>;
  /** A model to start from instead of from nothing; `vocabulary` must have grown from its own. Decides the shape. */
  readonly from?: Checkpoint;
  /** Time for everything, held-out scores included, in milliseconds by `now`. Infinity leaves it to `maxSteps`. */
  readonly budgetMs: number;
  /** Most updates. */
  readonly maxSteps?: number;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  readonly seed: number;
  /** Bytes of `Progress.save`: goes on with that run, with its hyper-parameters and seed. */
  readonly resume?: Uint8Array;
  /** The generator hands control back after at most this long, one step or so more. Default 100. */
  readonly progressMs?: number;
  /** Kept in the checkpoint: what text this is, when it was taken. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A loss that is no number or has exploded, or held-out text that no longer gets cheaper. */
export type Setback = 'diverged' | 'no_better';

export interface Progress {
  readonly step: number;
  /** Learned from so far, passing over the text again counted again. */
  readonly characters: number;
  readonly elapsedMs: number;
  /** Share of the budget used, 0 to 1. */
  readonly fraction: number;
  /** Running mean of the training loss, bits per character; before the first step, that of knowing nothing. */
  readonly trainBits: number;
  /** Latest held-out score; undefined before the first. While training it may be of a part of the held-out text. */
  readonly bitsPerCharacter: number | undefined;
  readonly charactersPerSecond: number;
  /** How often the run went back to its best state to go on with half the step, and why the last time. */
  readonly setbacks: number;
  readonly setback: Setback | undefined;
  /** The whole run as bytes, for `resume`. Only until the generator goes on. */
  save(): Uint8Array<ArrayBuffer>;
  /** The best model so far. Only until the generator goes on. */
  best(): Checkpoint;
}

export interface TrainingResult {
  /** Of the best held-out score, not of the last step. */
  readonly checkpoint: Checkpoint;
  /** Held-out, of as much of the text as the budget's last part could score. */
  readonly bitsPerCharacter: number;
  /** False when there was no held-out text, and the learned text was scored in its place. */
  readonly isHeldOut: boolean;
  readonly steps: number;
  readonly characters: number;
  readonly seconds: number;
  readonly charactersPerSecond: number;
  readonly stopped: 'budget' | 'converged' | 'steps';
}

/** Training that cannot begin or cannot go on; the message says why, for people. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';

  constructor(
    readonly reason: 'empty_text' | 'diverged',
    message: string,
  ) {
    super(message);
  }
}
