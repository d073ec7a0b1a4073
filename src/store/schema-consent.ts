// Rows of what members and admins allow, and of what must go.

/** What a member allows. */
export interface PrivacyRow {
  /** EVERYWHERE for what a member says of all guilds, which holds where nothing was said of the single one. */
  guild_id: string;
  member_id: string;
  imitation: 0 | 1;
  /** Null where nothing was said: then the guild's `consent` decides. */
  collecting: 'in' | 'out' | null;
  /** When all messages of the member were deleted: older ones never come back. */
  forgotten_at: number | null;
  changed_at: number;
}

export interface GuildRow {
  id: string;
  /** Whether members who said nothing are collected (`opt-out`) or not (`opt-in`). */
  consent: 'opt-out' | 'opt-in';
  /** When the bot left, or was removed; null while it is there. */
  left_at: number | null;
  changed_at: number;
}

/** A class of readers other than everyone, of which an admin wants a model of its own. */
export interface AudienceRow {
  guild_id: string;
  /** The class: equal for channels that the same people can read. */
  id: string;
  /** The channel by which it was asked for, and is named. */
  channel_id: string;
  created_at: number;
}

/** A message, thread or channel that was erased, and must not come back by history, import, or late news. */
export interface TombstoneRow {
  id: string;
  guild_id: string;
  erased_at: number;
}

/** Why learned messages must go. */
export type DebtReason =
  | 'deleted'
  | 'edited'
  | 'forgotten'
  | 'opted_out'
  | 'not_opted_in'
  | 'banned'
  | 'never_learn'
  | 'channel_deleted'
  | 'audience_changed'
  | 'ignored';

/** Messages that left the corpus at once, for one reason, and that models may have learned. */
export interface DebtRow {
  id: number;
  guild_id: string;
  /** Of the channel that they were in. */
  audience: string;
  reason: DebtReason;
  messages: number;
  /** When the oldest was written, and when the first came into the database. */
  created_from: number;
  stored_from: number;
  erased_at: number;
}

/** What was settled: from then on no model of the audience knows the messages. */
export interface ReceiptRow {
  guild_id: string;
  audience: string;
  written_at: number;
  /** The version that was learned without them; null where the model was withdrawn instead. */
  version: number | null;
  /** JSON: messages by reason. */
  reasons: string;
  messages: number;
  /** When the first of them left the corpus, and when the last. */
  asked_at: number;
  asked_until: number;
  /** JSON: the versions whose weights were erased. */
  erased_versions: string;
}

/** Reading the past of a channel, as long as it is not through: `history` that was asked for, `missed` while the bot was away. */
export interface BackfillRow {
  channel_id: string;
  kind: 'history' | 'missed';
  guild_id: string;
  /** Older messages are not read. */
  since: number;
  max_messages: number | null;
  /** Where and by whom it was asked for. */
  asked_in: string | null;
  asked_by: string | null;
  read: number;
  stored: number;
  started_at: number;
}

/** How far a backfill is in a channel or one of its threads. */
export interface BackfillPlaceRow {
  channel_id: string;
  kind: BackfillRow['kind'];
  place_id: string;
  /** The oldest message that was read; null before the first. */
  before_id: string | null;
  done: 0 | 1;
}

/** Why messages that arrived were not stored. */
export type OmissionReason = 'bot' | 'command' | 'empty' | 'opted_out' | 'not_opted_in' | 'erased';

export interface OmissionRow {
  guild_id: string;
  reason: OmissionReason;
  messages: number;
}

/** Something about the database itself. */
export interface FactRow {
  name: string;
  value: string;
}
