/** Why something in a file is no message. */
export type Flaw =
  | 'not_json'
  | 'not_csv'
  | 'no_text'
  | 'no_time'
  | 'no_channel'
  | 'too_long'
  | 'too_deep'
  | 'cut_off'
  | 'in_future'
  | 'too_old';

/** A message as a file has it: ids and names as they stand there, its text not yet cleaned. */
export interface FoundMessage {
  id: string | undefined;
  channel: string | undefined;
  thread: string | undefined;
  author: string | undefined;
  text: string;
  /** Undefined where the file does not say it. */
  createdAt: number | undefined;
  /** 0 if never. */
  editedAt: number;
  replyTo: string | undefined;
  /** Where the file says it of each message: its server, and the class of its channel's readers. */
  guild?: string | undefined;
  audience?: string | undefined;
}

/** What stands at one place of a file; `at` counts its rows from 1. */
export type Found =
  | { at: number; message: FoundMessage }
  | { at: number; flaw: Flaw }
  | { at: number; omitted: 'bot' | 'system' };

/** The bytes of one row; the rest of one that is too long or too deep is passed over. */
export type Row = { at: number; bytes: Buffer } | { at: number; flaw: Flaw };

/** No row may be longer. Discord's longest message takes a hundredth of that. */
export const MAX_ROW_BYTES = 1_048_576;
/** No row may be nested deeper. */
export const MAX_DEPTH = 64;
