// Rows of what the bot says, and of what it may say.

/** A text that the bot wrote, for as long as its buttons work. */
export interface GenerationRow {
  id: string;
  guild_id: string;
  /** `more` goes on with an earlier text, `message` with a message of somebody's. */
  kind: 'continue' | 'more' | 'message' | 'reply' | 'imitation';
  model_version: number;
  /** Whether that version was asked for: else the live one wrote. */
  version_given: 0 | 1;
  /** Of a reply or an imitation, empty: nothing of a conversation is kept, and the text has its opening in it. */
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
  /** Whose words it goes on with, or whom it imitates; null where that is nobody in particular. */
  author_id: string | null;
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
  /** In percent of the messages; null where nothing is set: as in the thread's channel, or 0. */
  chance: number | null;
  quiet_until: number;
  changed_at: number;
}
