import type { ClassifierReport } from '../../classifier/tasks.js';
import type { VersionScore } from '../../pictures/protocol.js';

/** A classified text of the past; never who wrote it. */
export interface BacktestExample {
  content: string;
  channelId: string;
  score: number;
}

export interface BacktestReport {
  days: number;
  threshold: number;
  messages: number;
  /** At the guild's threshold of flags. */
  flagged: number;
  /** At the rehearsed threshold. */
  acted: number;
  /** The channels with anything to act on, the most first. */
  channels: { id: string; messages: number; acted: number }[];
  /** The surest ones at or above the threshold, and the nearest below it. */
  above: BacktestExample[];
  below: BacktestExample[];
}

export type LearningOutcome =
  | { kind: 'promoted'; version: number; report: ClassifierReport; liveMacroF1: number | undefined }
  | { kind: 'rejected'; report: ClassifierReport; liveMacroF1: number };

/** What became of messages since the start of the bot. */
export interface WatchCounts {
  classified: number;
  /** Neither sure enough to flag nor sure to be fine. */
  unsure: number;
  /** Came too fast to be looked at. */
  dropped: number;
  /** Could not be classified, twice. */
  failed: number;
}

/** What moderators said of a version's flags, beside its scores. */
export interface VersionStats extends VersionScore {
  confirmed: number;
  falseAlarms: number;
  /** Spam that only a moderator found. */
  missed: number;
}
