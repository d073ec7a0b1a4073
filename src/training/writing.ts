import type { GuardRules } from '../corpus/guard.js';

/** A message of the conversation in which the network is to speak. */
export interface ContextMessage {
  authorId: string;
  content: string;
  isReply: boolean;
}

/** What is to be written. */
export type Wanted =
  /** Goes on with a text, to exactly so many characters unless the model falls silent. */
  | { kind: 'continuation'; prompt: string; length: number }
  /** The next message of a conversation, oldest message first: it ends where the model ends it. */
  | {
      kind: 'message';
      context: readonly ContextMessage[];
      /** Whose message; undefined for anybody's. */
      authorId: string | undefined;
      isReply: boolean;
      /** How the message begins: part of what is written. */
      opening: string;
      maxLength: number;
    };

export interface WriteRequest {
  guildId: string;
  version: number;
  wanted: Wanted;
  temperature: number;
  /** The smallest set of symbols that has this share of the probability is drawn from; 1 is all of them. */
  topP: number;
  seed: number;
  guard: GuardRules;
}

export interface Written {
  /** Of a continuation, what follows the prompt. */
  text: string;
  /** Whether it was ended early because it was asked to. */
  stopped: boolean;
  /** How many drafts the guard refused before this one. */
  refused: number;
}

export interface PredictRequest {
  guildId: string;
  version: number;
  text: string;
  /** What must not be in the text: as in the guard's rules. */
  blocked: GuardRules['blocked'];
}

export interface Prediction {
  /** The likeliest next characters, most likely first, and what is left for all others. `end`: the message ends there. */
  next: { character: string; end: boolean; probability: number }[];
  rest: number;
  /** By character of the text: minus log2 of the probability it had. */
  surprise: { character: string; bits: number }[];
  bitsPerCharacter: number;
  /** The share of the server's own messages of a similar length that surprise the model more: 1 is most typical; undefined without enough. */
  typical: number | undefined;
}
