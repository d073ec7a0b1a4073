import type { Task } from '../classifier/tasks.js';

/** The tables as Kysely sees them. Snowflakes are text; times are milliseconds since 1970, UTC. */
export interface Schema {
  channels: ChannelRow;
  messages: MessageRow;
  models: ModelRow;
  trainings: TrainingRow;
  generations: GenerationRow;
  moderation: ModerationRow;
  exemptions: ExemptionRow;
  backtests: BacktestRow;
  flags: FlagRow;
  labels: LabelRow;
  actions: ActionRow;
  classifiers: ClassifierRow;
  feedback: FeedbackRow;
  taken_back: TakenBackRow;
  blocked_words: BlockedWordRow;
  talk_settings: TalkSettingsRow;
  talk_places: TalkPlaceRow;
  privacy: PrivacyRow;
  training_settings: TrainingSettingsRow;
  training_times: TrainingTimeRow;
}

export interface ChannelRow {
  id: string;
  guild_id: string;
  collecting: 0 | 1;
  changed_at: number;
}

export interface MessageRow {
  id: string;
  guild_id: string;
  /** The channel that was switched on; for a message in a thread, the thread's parent. */
  channel_id: string;
  thread_id: string | null;
  author_id: string;
  content: string;
  /** Code points in `content`, so that sums need not read the text. */
  characters: number;
  reply_to_id: string | null;
  created_at: number;
}

export interface ModelRow {
  guild_id: string;
  version: number;
  /** Empty once it was pruned. */
  checkpoint: Uint8Array;
  bits_per_character: number;
  corpus_until: number;
  created_at: number;
  /** At most one of a guild is live; `rejected` ones never were. */
  state: 'live' | 'past' | 'rejected';
  /** JSON: a TrainingReport; an empty object for versions from before there were any. */
  report: string;
}

/** A training that waits or is in flight, at most one a guild: what it takes to go on after a restart. */
export interface TrainingRow {
  guild_id: string;
  /** Where it was asked for, and by whom; null for what the schedule began. */
  channel_id: string | null;
  user_id: string | null;
  budget_ms: number;
  seed: number;
  /** The newest message that it may read. */
  corpus_until: number;
  /** Whether it is to begin from nothing, even where the live model would do to go on from. */
  fresh: 0 | 1;
  requested_at: number;
  /** Null while it has never run. */
  started_at: number | null;
  /** Starts that no orderly end followed. */
  attempts: number;
  trained_ms: number;
  /** JSON: CurvePoints up to its last state. */
  curve: string;
  state: Uint8Array | null;
}

/** How a guild wants its trainings; null leaves it to the bot's own settings. Times of day are 'HH:MM' in its zone. */
export interface TrainingSettingsRow {
  guild_id: string;
  /** When it trains by itself each day. */
  at: string | null;
  quiet_from: string | null;
  quiet_until: string | null;
  /** A name of the IANA's, such as Asia/Seoul. */
  zone: string | null;
  minutes: number | null;
  minutes_per_day: number | null;
  announce_channel_id: string | null;
  changed_at: number;
}

/** One stretch of training without a pause. */
export interface TrainingTimeRow {
  guild_id: string;
  started_at: number;
  ended_at: number;
  trained_ms: number;
}

/** A text that the bot wrote, for as long as its buttons work. */
export interface GenerationRow {
  id: string;
  guild_id: string;
  /** `more` goes on with an earlier text, `message` with a message of somebody's. */
  kind: 'continue' | 'more' | 'message' | 'reply' | 'imitation';
  model_version: number;
  /** Whether that version was asked for: else the live one wrote. */
  version_given: 0 | 1;
  /** Of a reply, empty: nothing of a conversation is kept. */
  prompt: string;
  text: string;
  length: number;
  temperature: number;
  top_p: number;
  /** Null for texts from before seeds were kept. */
  seed: number | null;
  /** Who asked; null where nobody did. */
  member_id: string | null;
  /** Where it stands: the channel or thread, and the bot's message. */
  channel_id: string | null;
  message_id: string | null;
  /** Of `message`, the message that it goes on with. */
  source_id: string | null;
  created_at: number;
}

/** What one person thinks of a text. */
export interface FeedbackRow {
  generation_id: string;
  member_id: string;
  guild_id: string;
  /** Of the model that wrote it. */
  model_version: number;
  vote: -1 | 1;
  created_at: number;
}

/** A text that must not be said again. */
export interface TakenBackRow {
  guild_id: string;
  /** The digest of the normalized text, which itself is not kept. */
  content_key: string;
  /** Who took it back; null where its message was deleted, for Discord does not say by whom. */
  moderator_id: string | null;
  created_at: number;
}

/** A word or phrase that must not be said. */
export interface BlockedWordRow {
  guild_id: string;
  word: string;
  added_by: string;
  created_at: number;
}

export interface TalkSettingsRow {
  guild_id: string;
  /** Characters in a row that may be those of one message; null for any number. */
  max_verbatim: number | null;
  changed_at: number;
}

/** A channel or thread where the bot may speak unasked, or is to be quiet. */
export interface TalkPlaceRow {
  id: string;
  guild_id: string;
  /** In percent of the messages. */
  chance: number;
  quiet_until: number;
  changed_at: number;
}

/** What a member allows. */
export interface PrivacyRow {
  guild_id: string;
  member_id: string;
  imitation: 0 | 1;
  changed_at: number;
}

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
