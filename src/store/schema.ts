import type { Generated } from 'kysely';
import type {
  ActionRow,
  BacktestRow,
  ClassifierRow,
  ExemptionRow,
  FlagRow,
  LabelRow,
  ModerationRow,
} from './schema-moderation.js';
import type {
  AudienceRow,
  BackfillPlaceRow,
  BackfillRow,
  DebtRow,
  FactRow,
  GuildRow,
  OmissionRow,
  PrivacyRow,
  ReceiptRow,
  TombstoneRow,
} from './schema-consent.js';
import type {
  BlockedWordRow,
  FeedbackRow,
  GenerationRow,
  TakenBackRow,
  TalkPlaceRow,
  TalkSettingsRow,
} from './schema-talking.js';
import type { Stored } from './sealed.js';

export type * from './schema-consent.js';
export type * from './schema-moderation.js';
export type * from './schema-talking.js';

/** The tables as Kysely sees them. Snowflakes are text; times are milliseconds since 1970, UTC. */
export interface Schema {
  channels: ChannelRow;
  messages: Stored<MessageRow, 'messages'>;
  models: ModelRow;
  trainings: TrainingRow;
  generations: Stored<GenerationRow, 'generations'>;
  moderation: ModerationRow;
  exemptions: ExemptionRow;
  backtests: BacktestRow;
  flags: Stored<FlagRow, 'flags'>;
  labels: Stored<LabelRow, 'labels'>;
  actions: Stored<ActionRow, 'actions'>;
  classifiers: ClassifierRow;
  feedback: FeedbackRow;
  taken_back: TakenBackRow;
  blocked_words: BlockedWordRow;
  talk_settings: TalkSettingsRow;
  talk_places: TalkPlaceRow;
  privacy: PrivacyRow;
  training_settings: TrainingSettingsRow;
  training_times: TrainingTimeRow;
  tombstones: TombstoneRow;
  guilds: GuildRow;
  audiences: AudienceRow;
  debts: DebtTable;
  receipts: ReceiptRow;
  backfills: BackfillRow;
  backfill_places: BackfillPlaceRow;
  omissions: OmissionRow;
  facts: FactRow;
  author_tallies: AuthorTallyRow;
  day_tallies: DayTallyRow;
}

type DebtTable = Omit<DebtRow, 'id'> & { id: Generated<number> };

export interface ChannelRow {
  id: string;
  guild_id: string;
  /** Whether new messages are stored. */
  collecting: 0 | 1;
  /** Whether what is stored is learned; imports are learned from without being collected. */
  learning: 0 | 1;
  /** The class of its readers when it was switched on: `public`, or else as the audiences have it. */
  audience: string;
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
  /** When it came into the database. */
  stored_at: number;
  /** When its author edited it last; 0 if never. An edit that leaves nothing worth learning leaves an empty content. */
  edited_at: number;
}

/** What an author has in a channel, of messages with a text. The database itself keeps it, at every change of a message. */
export interface AuthorTallyRow {
  guild_id: string;
  channel_id: string;
  author_id: string;
  messages: number;
  characters: number;
}

/** The messages with a text of a channel's day, which counts from 1970, UTC; kept in the same way. */
export interface DayTallyRow {
  guild_id: string;
  channel_id: string;
  day: number;
  messages: number;
}

export interface ModelRow {
  guild_id: string;
  version: number;
  /** Empty once it was pruned. */
  checkpoint: Uint8Array;
  bits_per_character: number;
  corpus_until: number;
  created_at: number;
  /** At most one of each audience of a guild is live; `rejected` ones never were. */
  state: 'live' | 'past' | 'rejected';
  /** JSON: a FiledReport; an empty object for versions from before there were any. */
  report: string;
  /** When it was made live the last time; null if it never was, or if people went back behind it. */
  live_since: number | null;
  /** Whose channels it has read besides the public ones, and where it may write: `public` everywhere. */
  audience: string;
  /** The newest message that it has learned, and when the corpus was read; null for versions from before that was kept. */
  learned_until: number | null;
  read_at: number | null;
}

/** A training that waits or is in flight, at most one for each audience of a guild: what it takes to go on after a restart. */
export interface TrainingRow {
  guild_id: string;
  audience: string;
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
  /** When it started the last time, and so read the corpus. */
  read_at: number | null;
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
  /** Where a training was last asked for. */
  asked_channel_id: string | null;
  /** When its hour was last attended to. */
  attended_at: number | null;
  changed_at: number;
}

/** One stretch of training without a pause. */
export interface TrainingTimeRow {
  guild_id: string;
  started_at: number;
  ended_at: number;
  trained_ms: number;
}
