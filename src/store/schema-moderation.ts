import type { Task } from '../classifier/tasks.js';

// Rows of what moderators and classifiers keep.

/** A guild's settings of moderation. */
export interface ModerationRow {
  guild_id: string;
  /** Where flags go; null while nothing is watched. */
  review_channel_id: string | null;
  flag_threshold: number;
  auto_action: 'none' | 'delete' | 'timeout';
  auto_threshold: number;
  /** The version of the classifier that was rehearsed: no other acts by itself. */
  auto_version: number | null;
  timeout_minutes: number;
  changed_at: number;
}

export interface ExemptionRow {
  guild_id: string;
  kind: 'role' | 'channel';
  target_id: string;
}

/** A rehearsal of an automatic action on past messages. */
export interface BacktestRow {
  guild_id: string;
  ran_at: number;
  days: number;
  threshold: number;
  /** Of the classifier. */
  version: number;
  messages: number;
  flagged: number;
  acted: number;
}

/** A message that the classifier, or a moderator, took for spam. */
export interface FlagRow {
  /** The message's id. */
  id: string;
  guild_id: string;
  /** Where the message stands: the thread, if it is in one. */
  channel_id: string;
  author_id: string;
  origin: 'model' | 'moderator';
  /** Null once it was erased. */
  content: string | null;
  /** The digest of the normalized text: equal for copies. */
  content_key: string;
  /** JSON: words. */
  signals: string;
  /** JSON: each UTF-16 unit's share in the score, in hundredths of the strongest one's. */
  weights: string;
  /** Probability of spam; null when a moderator flagged it. */
  score: number | null;
  /** The classifier that was live; 0 is the starter. */
  version: number;
  /** How often its author wrote it while the flag was open. */
  times: number;
  /** JSON: where its copies stand, [channel id, message id] each. */
  copies: string;
  state: 'open' | 'confirmed' | 'false_alarm';
  /** What was done about it. */
  action: 'none' | 'delete' | 'timeout';
  gone: 0 | 1;
  disputed: 0 | 1;
  resolved_by: string | null;
  resolved_at: number | null;
  notice_channel_id: string | null;
  notice_id: string | null;
  created_at: number;
}

/** A moderator's verdict on a message, from which the classifier learns. */
export interface LabelRow {
  guild_id: string;
  task: Task;
  message_id: string;
  /** Who wrote the message; null where that was not kept. */
  member_id: string | null;
  content: string;
  content_key: string;
  /** JSON: words. */
  signals: string;
  label: string;
  /** Whose verdict it is. */
  author_id: string;
  /** 1 for verdicts that are never learned, so that classifiers can be scored on them. */
  held_out: 0 | 1;
  created_at: number;
}

/** One line of the log of what was done to messages and members. */
export interface ActionRow {
  id: string;
  guild_id: string;
  flag_id: string;
  /** `lift` ends a time-out early. */
  kind: 'delete' | 'timeout' | 'lift';
  channel_id: string;
  message_id: string;
  member_id: string;
  /** The moderator; null for the bot by itself. */
  actor_id: string | null;
  score: number | null;
  content: string | null;
  /** When a time-out ends. */
  until: number | null;
  undone_by: string | null;
  created_at: number;
}

export interface ClassifierRow {
  /** Empty for the starter, whose version is 0. */
  guild_id: string;
  task: Task;
  version: number;
  model: Uint8Array;
  /** JSON: a ClassifierReport. */
  report: string;
  created_at: number;
}
