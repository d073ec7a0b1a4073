/** The tables as Kysely sees them. Snowflakes are text; times are milliseconds since 1970, UTC. */
export interface Schema {
  channels: ChannelRow;
  messages: MessageRow;
  models: ModelRow;
  trainings: TrainingRow;
  generations: GenerationRow;
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
  checkpoint: Uint8Array;
  bits_per_character: number;
  corpus_until: number;
  created_at: number;
}

/** A training in flight, at most one a guild: what it takes to go on after a restart. */
export interface TrainingRow {
  guild_id: string;
  channel_id: string | null;
  budget_ms: number;
  seed: number;
  corpus_until: number;
  attempts: number;
  state: Uint8Array | null;
}

export interface GenerationRow {
  id: string;
  guild_id: string;
  model_version: number;
  prompt: string;
  text: string;
  length: number;
  temperature: number;
  created_at: number;
}
