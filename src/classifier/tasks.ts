export type Task = 'spam' | 'sentiment';

/** The answers of each task, in the order of a classifier's probabilities. */
export const LABELS = { spam: ['ham', 'spam'], sentiment: ['negative', 'neutral', 'positive'] } as const;

/** What a classifier reads. */
export interface Input {
  text: string;
  /** What the text alone lacks, as words such as `links:2` or `account:new`. */
  signals: readonly string[];
}

export interface LabelledExample extends Input {
  label: string;
}

/** Names a classifier; version 0 with guildId '' is the starter. */
export interface ModelName {
  guildId: string;
  task: Task;
  version: number;
}

/** How good a classifier is, on verdicts that it has not learned. */
export interface ClassifierReport {
  /** Learned, verdicts among them. */
  examples: number;
  verdicts: number;
  heldOut: number;
  accuracy: number;
  macroF1: number;
  labels: Record<string, { precision: number; recall: number; f1: number; support: number }>;
  calibrationError: number;
}
