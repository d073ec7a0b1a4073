/** What the bot judges a message by, and the answers to choose from, in the order of every list of probabilities. */
export const LABELS = {
  spam: ['ham', 'spam'],
  sentiment: ['negative', 'neutral', 'positive'],
} as const;

export type Task = keyof typeof LABELS;

/** A message to classify. */
export interface Input {
  readonly text: string;
  /** What the text alone does not say, as words: `links:2`, `account:new`, `copies:3`. */
  readonly signals: readonly string[];
}

/** A message whose answer is known. */
export interface LabelledExample extends Input {
  readonly label: string;
  /** Made up, to teach what spam and feelings look like anywhere: the table learns it, but neither reader nor score. */
  readonly invented?: true;
}

/** Names a classifier; version 0 with guildId '' is the starter. */
export interface ModelName {
  guildId: string;
  task: Task;
  version: number;
}

/** How good the answers of one label are: shares from 0 to 1. */
export interface LabelScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Examples that have this label. */
  readonly support: number;
}

/** How good a guild's classifier is. */
export interface ClassifierReport {
  /** Different texts that it learned from, of all sources. */
  readonly examples: number;
  /** Moderators' verdicts among them. */
  readonly verdicts: number;
  /** Verdicts that the scores were taken on; 0 when there were none, and other examples stood in for them. */
  readonly heldOut: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly labels: Readonly<Record<string, LabelScores>>;
  readonly calibrationError: number;
}
