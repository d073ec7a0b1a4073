/** What a server's corpus is made of, by day. */
export interface CorpusData {
  /** Beginnings of the first and the last day, milliseconds UTC. */
  first: number;
  last: number;
  /** Those with the most messages first, each with its messages on every day from the first to the last. */
  channels: readonly CorpusChannel[];
  /** The live model, and when it was trained; undefined where there is none. */
  model: { version: number; trainedAt: number } | undefined;
}

export interface CorpusChannel {
  /** Undefined for all the others together. */
  name: string | undefined;
  messages: readonly number[];
}
