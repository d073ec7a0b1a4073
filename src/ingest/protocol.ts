import type { CorpusKeys } from '../store/cipher.js';
import type { UserError } from '../errors.js';
import type { OmissionReason } from '../store/schema.js';
import type { Flaw } from './found.js';

/** What the messages of a file are, where it does not say so, and which of them may come in. */
export interface Terms {
  guildId: string;
  /** Of messages whose file names no channel of Discord's. */
  channelId: string | undefined;
  /** Of messages whose file does not say who wrote them. */
  authorId: string | undefined;
  /** The guild's channels and open threads as they are now, without archived threads; absent where that cannot be known, as at a shell. */
  places: Places | undefined;
}

/** By id of channel or thread: the channel that it is or is in, and who can read it. */
export type Places = Readonly<Record<string, { channelId: string; audience: string; isOpen: boolean }>>;

/** Why a message was left out. */
export type LeftOut = OmissionReason | 'system' | 'private_channel' | 'unknown_channel' | 'other_guild';

/** Something in a file that is no message: which of its rows, from 1. */
export interface BadRow {
  file: string;
  at: number;
  flaw: Flaw;
}

/** What became of all that was read; `read` is the sum of the others, but for the files that were left alone. */
export interface Counts {
  read: number;
  added: number;
  edited: number;
  /** Stored already, as they are. */
  known: number;
  leftOut: Partial<Record<LeftOut, number>>;
  bad: number;
  /** The first of the bad rows. */
  badRows: BadRow[];
  /** Files of other servers. */
  elsewhere: number;
}

export interface IngestProgress {
  counts: Counts;
  /** Of all bytes. */
  fraction: number;
}

export interface IngestResult {
  counts: Counts;
  isCancelled: boolean;
}

/** What is the same for every import. */
export interface IngestSettings {
  databasePath: string;
  /** To the database's texts. */
  keys?: CorpusKeys;
}

export interface IngestJob extends IngestSettings {
  path: string;
  /** What people call the file. */
  name: string;
  terms: Terms;
  /** Only counts what would happen. */
  isRehearsal: boolean;
}

export type IngestRequest = { type: 'cancel' };

export type IngestMessage =
  | { type: 'progress'; progress: IngestProgress }
  | { type: 'result'; result: IngestResult }
  | { type: 'problem'; key: UserError['key']; params: UserError['params'] };
